import { sayUnreachable } from '../forecast/words.ts';
import type { PodFailurePolicyRule } from '../kubernetes/generated/types.ts';
import type { Fix } from '../manifest/edit.ts';
import { RULES } from './failure-policy-reversed.ts';
import { plainData } from './plain-data.ts';
import type { Advice, AdviceRule, JobSubject } from './rule.ts';

export const UNREACHABLE_RULE: AdviceRule = {
  id: 'advice/unreachable-rule',
  title: 'podFailurePolicy rule that never decides',
  why: 'Rules are tried in order, and the first that matches decides. A rule whose exit codes or conditions all belong to rules before it is never reached: the special has to stand before the general.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob(subject) {
    return subject.forecast.failureRules.flatMap((reading): Advice[] => {
      if (reading.unreachable?.why !== 'shadowed') return [];
      return [
        {
          path: [...RULES, reading.rule],
          message: sayUnreachable(reading) ?? '',
          fixes: fixesOf(subject, reading.rule, reading.unreachable.by[0] ?? 0),
        },
      ];
    });
  },
};

/** Moves the rule before the first that shadows it, where that makes it decide and leaves the other something to do. */
function fixesOf({ job, forecast }: JobSubject, at: number, before: number): readonly Fix[] {
  const remove: Fix = { title: `Remove rule ${at}`, edits: [{ kind: 'remove', path: [...RULES, at] }] };
  const rule = job.spec?.podFailurePolicy?.rules?.[at];
  const first = job.spec?.podFailurePolicy?.rules?.[before];
  const single = forecast.failureRules.find((reading) => reading.rule === at)?.unreachable;
  if (rule === undefined || first === undefined || single?.why !== 'shadowed' || single.by.length > 1) return [remove];
  if (!isWider(first, rule)) return [remove];
  const move: Fix = {
    title: `Move rule ${at} before rule ${before}`,
    preferred: true,
    edits: [
      { kind: 'remove', path: [...RULES, at] },
      { kind: 'insert', path: RULES, index: before, value: plainData(rule) },
    ],
  };
  return [move, remove];
}

/** True when the first rule takes something that the second does not, so that both decide in the other order. */
function isWider(first: PodFailurePolicyRule, second: PodFailurePolicyRule): boolean {
  const [wide, narrow] = [first.onExitCodes, second.onExitCodes];
  if (wide !== undefined && narrow !== undefined) {
    if (wide.containerName === undefined && narrow.containerName !== undefined) return true;
    if (wide.operator === 'NotIn') return narrow.operator === 'In';
    return narrow.operator === 'In' && (wide.values ?? []).some((code) => !(narrow.values ?? []).includes(code));
  }
  return (first.onPodConditions?.length ?? 0) > (second.onPodConditions?.length ?? 0);
}
