import type { PodFailurePolicyRule } from '../kubernetes/generated/types.ts';
import type { ManifestEdit } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Advice, AdviceRule } from './rule.ts';

export const RULES: FieldPath = ['spec', 'podFailurePolicy', 'rules'];

/** True for a rule about pods that were evicted, preempted or lost with their node. */
export function isAboutDisruption(rule: PodFailurePolicyRule): boolean {
  return (
    rule.onExitCodes === undefined &&
    (rule.onPodConditions ?? []).some(
      ({ type, status }) => type === 'DisruptionTarget' && (status ?? 'True') === 'True',
    )
  );
}

/** Places of rules that ignore exit codes, and of those that fail the Job for a disruption. */
export function reversedRules(rules: readonly PodFailurePolicyRule[]): {
  readonly ignoring: readonly number[];
  readonly failing: readonly number[];
} {
  const places = rules.map((rule, at) => ({ rule, at }));
  const ignoring = places.filter(({ rule }) => rule.action === 'Ignore' && rule.onExitCodes?.operator === 'In');
  const failing = places.filter(({ rule }) => rule.action === 'FailJob' && isAboutDisruption(rule));
  if (ignoring.length === 0 || failing.length === 0) return { ignoring: [], failing: [] };
  return { ignoring: ignoring.map(({ at }) => at), failing: failing.map(({ at }) => at) };
}

export const FAILURE_POLICY_REVERSED: AdviceRule = {
  id: 'advice/failure-policy-reversed',
  title: 'podFailurePolicy with its actions the wrong way round',
  why: 'Ignore means “do not count this, try again”, so a pod that ends with an ignored exit code is made again without end. FailJob means “give up at once”, so one eviction, preemption or lost node ends the whole Job. For an error that no retry can heal it is FailJob, and for a disruption Ignore.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    const rules = job.spec?.podFailurePolicy?.rules ?? [];
    const { ignoring, failing } = reversedRules(rules);
    const set = (at: number, value: string): ManifestEdit => ({ kind: 'set', path: [...RULES, at, 'action'], value });
    const fixes = [
      {
        title: 'Swap the actions: FailJob on the exit code, Ignore on the disruption',
        edits: [...ignoring.map((at) => set(at, 'FailJob')), ...failing.map((at) => set(at, 'Ignore'))],
        preferred: true,
      },
    ];
    return [
      ...ignoring.map((at): Advice => {
        const codes = (rules[at]?.onExitCodes?.values ?? []).join(', ');
        return {
          path: [...RULES, at, 'action'],
          message: `Actions the wrong way round: a pod that ends with ${codes} is not counted and is made again without end. To give up on it, the action is FailJob.`,
          fixes,
        };
      }),
      ...failing.map((at): Advice => ({
        path: [...RULES, at, 'action'],
        message:
          'Actions the wrong way round: one eviction, preemption or lost node fails the whole Job, though a retry would help. For disruptions the action is Ignore.',
        fixes,
      })),
    ];
  },
};
