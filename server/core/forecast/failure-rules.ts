import { failureAction, requirementTakes, type FailureAction } from '../kubernetes/failure-policy.ts';
import type { JobSpec, PodFailurePolicyRule, PodSpec } from '../kubernetes/generated/types.ts';

/** The largest exit code of a Linux process; an `In` value above it is never seen. */
const LAST_EXIT_CODE = 255;

/** What one rule of a podFailurePolicy comes to, given the rules before it. */
export interface FailureRuleReading {
  /** 0-based place in `spec.podFailurePolicy.rules`. */
  readonly rule: number;
  readonly action: FailureAction;
  /** Why the rule can never decide: earlier rules take all that it names, or no process ends with these codes. */
  readonly unreachable:
    null | { readonly why: 'shadowed'; readonly by: readonly number[] } | { readonly why: 'exit codes' };
  /** Of the exit codes that it names with `In`, those that an earlier rule takes first: code -> that rule. */
  readonly takenEarlier: ReadonlyMap<number, number>;
  /** Of the exit codes that it names with `In`, those that no Linux process can end with (0 is never looked at). */
  readonly impossible: readonly number[];
}

/** Reads the rules of `spec.podFailurePolicy` in order; rules with an unknown action are left out. */
export function readFailureRules(spec: JobSpec): FailureRuleReading[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const pod = spec.template?.spec;
  const readings: FailureRuleReading[] = [];
  for (const [at, rule] of rules.entries()) {
    const action = failureAction(rule.action);
    if (action === null) continue;
    const earlier = rules.slice(0, at).map((before, index) => ({ before, index }));
    if (rule.onExitCodes !== undefined) readings.push(readExitCodeRule(rule, at, action, earlier, pod));
    else readings.push(readConditionRule(rule, at, action, earlier));
  }
  return readings;
}

/** Those that a failed container of Linux can have. */
const EVERY_EXIT_CODE: readonly number[] = Array.from({ length: LAST_EXIT_CODE }, (_, code) => code + 1);

type Earlier = readonly { readonly before: PodFailurePolicyRule; readonly index: number }[];

function readExitCodeRule(
  rule: PodFailurePolicyRule,
  at: number,
  action: FailureAction,
  earlier: Earlier,
  pod: PodSpec | undefined,
): FailureRuleReading {
  const requirement = rule.onExitCodes ?? {};
  const windows = runsOnWindows(pod);
  const containers = requirement.containerName === undefined ? containerNames(pod) : [requirement.containerName];
  const listed = requirement.operator === 'In' ? (requirement.values ?? []) : [];
  const impossible = windows ? [] : listed.filter((code) => code < 0 || code > LAST_EXIT_CODE);
  // On Windows exit codes have 32 bits: those listed are looked at, but "all others" cannot be enumerated.
  const codes = new Set(
    windows
      ? listed
      : requirement.operator === 'In'
        ? listed.filter((code) => code > 0 && code <= LAST_EXIT_CODE)
        : EVERY_EXIT_CODE,
  );
  const takenEarlier = new Map<number, number>();
  const by = new Set<number>();
  let wanted = 0;
  let free = windows && requirement.operator === 'NotIn' ? 1 : 0;
  for (const code of codes) {
    if (!requirementTakes(requirement, requirement.containerName ?? '', code)) continue;
    wanted++;
    const takers = containers.map((container) =>
      earlier.find(({ before }) => before.onExitCodes !== undefined && takes(before, container, code)),
    );
    if (takers.some((taker) => taker === undefined)) free++;
    else {
      for (const taker of takers) if (taker !== undefined) by.add(taker.index);
      const first = takers[0];
      if (first !== undefined && requirement.operator === 'In') takenEarlier.set(code, first.index);
    }
  }
  const unreachable =
    wanted === 0 && free === 0 && listed.length > 0
      ? ({ why: 'exit codes' } as const)
      : wanted > 0 && free === 0
        ? ({ why: 'shadowed', by: [...by].sort((a, b) => a - b) } as const)
        : null;
  return { rule: at, action, unreachable, takenEarlier, impossible };
}

function takes(rule: PodFailurePolicyRule, container: string, code: number): boolean {
  return (
    failureAction(rule.action) !== null &&
    rule.onExitCodes !== undefined &&
    requirementTakes(rule.onExitCodes, container, code)
  );
}

function readConditionRule(
  rule: PodFailurePolicyRule,
  at: number,
  action: FailureAction,
  earlier: Earlier,
): FailureRuleReading {
  const patterns = rule.onPodConditions ?? [];
  const takers = patterns.map((pattern) =>
    earlier.find(
      ({ before }) =>
        before.onExitCodes === undefined &&
        failureAction(before.action) !== null &&
        (before.onPodConditions ?? []).some(
          (known) => known.type === pattern.type && (known.status ?? 'True') === (pattern.status ?? 'True'),
        ),
    ),
  );
  const by = takers.flatMap((taker) => (taker === undefined ? [] : [taker.index]));
  const shadowed = patterns.length > 0 && by.length === patterns.length;
  return {
    rule: at,
    action,
    unreachable: shadowed ? { why: 'shadowed', by: [...new Set(by)].sort((a, b) => a - b) } : null,
    takenEarlier: new Map(),
    impossible: [],
  };
}

/** Names of all containers whose exit codes a policy sees; one nameless container where the template has none. */
function containerNames(pod: PodSpec | undefined): string[] {
  const names = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].map((container) => container.name ?? '');
  return names.length === 0 ? [''] : names;
}

/** True when the template asks for Windows nodes (`spec.os.name` or the `kubernetes.io/os` node selector). */
export function runsOnWindows(pod: PodSpec | undefined): boolean {
  return pod?.os?.name === 'windows' || pod?.nodeSelector?.['kubernetes.io/os'] === 'windows';
}
