import { countOf } from '../forecast/words.ts';
import { sayDuration } from '../kubernetes/duration-words.ts';
import { jobCondition } from '../timeline/observed-status.ts';
import { stampMilliseconds } from '../timeline/observed-time.ts';
import type { Diagnosis } from './diagnosis.ts';
import { conditionEvidence, type Facts } from './facts.ts';

/** Why a Job failed, by its Failed or FailureTarget condition: in words, and the field that decided. */
const FAILURES: Readonly<
  Record<string, { readonly field: string; readonly say: (facts: Facts) => string; readonly suggestion: string }>
> = {
  BackoffLimitExceeded: {
    field: 'spec.backoffLimit',
    say: ({ status, spec }) =>
      spec.template?.spec?.restartPolicy === 'OnFailure'
        ? `its containers were restarted as often as backoffLimit${spec.backoffLimit === undefined ? '' : ` (${spec.backoffLimit})`} allows`
        : `${countOf(status.failed ?? 0, 'pod has', 'pods have')} failed and backoffLimit allows ${spec.backoffLimit ?? 'no more'}`,
    suggestion: 'Look at why the pods failed first; raise backoffLimit only for failures that pass by themselves.',
  },
  DeadlineExceeded: {
    field: 'spec.activeDeadlineSeconds',
    say: ({ spec: { activeDeadlineSeconds: deadline } }) =>
      `it was active longer than activeDeadlineSeconds${deadline === undefined ? '' : ` (${sayDuration(deadline)})`}`,
    suggestion:
      'If the work was going well, raise activeDeadlineSeconds or parallelism; else see what held the pods up.',
  },
  PodFailurePolicy: {
    field: 'spec.podFailurePolicy',
    say: () => 'a pod failed in a way for which podFailurePolicy says FailJob',
    suggestion: 'Mend what the exit code or condition stands for; a retry was ruled out by the policy.',
  },
  FailedIndexes: {
    field: 'spec.backoffLimitPerIndex',
    say: ({ status }) => `the indexes ${status.failedIndexes ?? ''} used up their retries`,
    suggestion: 'The other indexes are done; retry only the failed ones.',
  },
  MaxFailedIndexesExceeded: {
    field: 'spec.maxFailedIndexes',
    say: ({ status, spec }) => `more than ${spec.maxFailedIndexes ?? 0} indexes failed (${status.failedIndexes ?? ''})`,
    suggestion: 'See why these indexes failed; raise maxFailedIndexes if so many may.',
  },
};

/** How the Job ended, or is about to: the condition says why. */
export function explainOutcome(facts: Facts): Diagnosis[] {
  const { job, status } = facts;
  const failed = jobCondition(job, 'Failed');
  const target = failed ?? jobCondition(job, 'FailureTarget');
  if (target !== undefined) {
    const known = FAILURES[target.reason ?? ''];
    const because = known?.say(facts) ?? target.message ?? target.reason ?? 'for an unknown reason';
    const verb =
      failed !== undefined
        ? 'failed'
        : `is failing, and waits for ${countOf(status.terminating ?? 0, 'pod', 'pods')} to end`;
    return [
      {
        rule: failed !== undefined ? 'why/failed' : 'why/failing',
        severity: 'error',
        summary: `The Job ${verb}: ${because}.`,
        evidence: [...conditionEvidence(job, 'FailureTarget'), ...conditionEvidence(job, 'Failed')],
        ...(known === undefined ? {} : { suggestion: known.suggestion, field: known.field }),
      },
    ];
  }
  const complete = jobCondition(job, 'Complete');
  const met = complete ?? jobCondition(job, 'SuccessCriteriaMet');
  if (met === undefined) return [];
  const start = stampMilliseconds(status.startTime);
  const end = stampMilliseconds(status.completionTime);
  const took = start === null || end === null ? '' : ` after ${sayDuration((end - start) / 1000)}`;
  const why =
    met.reason === 'SuccessPolicy'
      ? 'its successPolicy was met'
      : `${countOf(status.succeeded ?? 0, 'pod has', 'pods have')} succeeded`;
  return [
    {
      rule: complete !== undefined ? 'why/complete' : 'why/completing',
      severity: 'information',
      summary:
        complete !== undefined
          ? `The Job is Complete${took}: ${why}.`
          : `The Job has met its goal (${why}) and waits for ${countOf(status.terminating ?? 0, 'pod', 'pods')} to end.`,
      evidence: conditionEvidence(job, complete !== undefined ? 'Complete' : 'SuccessCriteriaMet'),
      ...(met.reason === 'SuccessPolicy' ? { field: 'spec.successPolicy' } : {}),
    },
  ];
}
