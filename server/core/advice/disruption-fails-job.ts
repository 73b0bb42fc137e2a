import { IGNORE_DISRUPTIONS, matchFailurePolicy } from '../kubernetes/failure-policy.ts';
import type { Fix } from '../manifest/edit.ts';
import { RULES, isAboutDisruption, reversedRules } from './failure-policy-reversed.ts';
import type { Advice, AdviceRule, JobSubject } from './rule.ts';

/** What a container ends with when its pod is evicted: after SIGTERM, and after SIGKILL when it did not go. */
const CODES_OF_EVICTED = [143, 137];

export const DISRUPTION_FAILS_JOB: AdviceRule = {
  id: 'advice/disruption-fails-job',
  title: 'A disruption fails the whole Job',
  why: 'Evictions, preemptions and node drains happen to any pod. Its containers then end with 143 or 137, so a FailJob rule that takes those codes ends the Job for what a retry would heal, unless a rule before it ignores the condition DisruptionTarget.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  inJobSets: false,
  judgeJob(subject) {
    const rules = subject.job.spec?.podFailurePolicy?.rules ?? [];
    const reversed = reversedRules(rules).failing;
    return rules.flatMap((rule, at): Advice[] => {
      if (rule.action !== 'FailJob' || reversed.includes(at)) return [];
      if (isAboutDisruption(rule))
        return [
          {
            path: [...RULES, at, 'action'],
            message: 'One eviction, preemption or lost node fails the whole Job; with Ignore the pod is made again.',
            fixes: [
              {
                title: 'Change action to Ignore',
                edits: [{ kind: 'set', path: [...RULES, at, 'action'], value: 'Ignore' }],
              },
            ],
          },
        ];
      const codes = CODES_OF_EVICTED.filter((code) => takesWhenEvicted(subject, at, code));
      if (codes.length === 0) return [];
      return [
        {
          path: [...RULES, at, 'action'],
          severity: rule.onExitCodes?.operator === 'NotIn' ? 'warning' : 'information',
          message: `This rule takes exit code ${codes.join(' and ')}, with which evicted pods end, too: one disruption fails the whole Job. A rule before it should ignore DisruptionTarget.`,
          fixes: [ignoreDisruptions(at)],
        },
      ];
    });
  },
};

/** Whether rule `at` decides about an evicted pod whose containers end with this code. */
function takesWhenEvicted({ job }: JobSubject, at: number, exitCode: number): boolean {
  const containers = job.spec?.template?.spec?.containers ?? [];
  return containers.some(({ name: container = '' }) => {
    const match = matchFailurePolicy(job.spec?.podFailurePolicy, {
      exitCodes: [{ container, exitCode }],
      conditions: [{ type: 'DisruptionTarget', status: 'True' }],
    });
    return match?.rule === at;
  });
}

function ignoreDisruptions(before: number): Fix {
  return {
    title: 'Ignore disruptions before this rule',
    preferred: true,
    edits: [
      {
        kind: 'insert',
        path: RULES,
        index: before,
        value: IGNORE_DISRUPTIONS,
      },
    ],
  };
}
