import type { PodFailurePolicy, PodFailurePolicyOnExitCodesRequirement } from './generated/types.ts';

/** The rule of a podFailurePolicy that leaves the retries to errors of the program. */
export const IGNORE_DISRUPTIONS = { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] };

/** What became of a pod of phase Failed, as far as a podFailurePolicy looks at it. */
export interface PodFailure {
  /**
   * Exit codes of the containers that have terminated: app containers in the order of their statuses, then init
   * containers (native sidecars among them). Containers that still run or never ran are left out.
   */
  readonly exitCodes: readonly { readonly container: string; readonly exitCode: number }[];
  /** The pod's conditions in order; `status` is `True`, `False` or `Unknown`. */
  readonly conditions: readonly { readonly type: string; readonly status: string }[];
}

/** The four things that a rule can do. */
export type FailureAction = 'Count' | 'FailIndex' | 'FailJob' | 'Ignore';

/** The rule that took a failure, and by what. */
export interface FailureMatch {
  /** 0-based place in `spec.podFailurePolicy.rules`. */
  readonly rule: number;
  readonly action: FailureAction;
  readonly by:
    | { readonly kind: 'exitCode'; readonly container: string; readonly exitCode: number }
    | { readonly kind: 'condition'; readonly type: string };
}

/**
 * The rule of a podFailurePolicy that decides about a failed pod, or null where none does (the failure then counts, as
 * with action Count). As the Job controller does it: rules in order, the first that matches wins; a rule with
 * `onExitCodes` looks at nothing else, and never at exit code 0; a pod condition matches by type and status alone.
 */
export function matchFailurePolicy(policy: PodFailurePolicy | undefined, failure: PodFailure): FailureMatch | null {
  for (const [at, rule] of (policy?.rules ?? []).entries()) {
    const action = failureAction(rule.action);
    if (action === null) continue;
    if (rule.onExitCodes !== undefined) {
      const requirement = rule.onExitCodes;
      const hit = failure.exitCodes.find((ended) => requirementTakes(requirement, ended.container, ended.exitCode));
      if (hit !== undefined) return { rule: at, action, by: { kind: 'exitCode', ...hit } };
    } else {
      const patterns = rule.onPodConditions ?? [];
      const hit = failure.conditions.find((condition) =>
        patterns.some((pattern) => pattern.type === condition.type && (pattern.status ?? 'True') === condition.status),
      );
      if (hit !== undefined) return { rule: at, action, by: { kind: 'condition', type: hit.type } };
    }
  }
  return null;
}

/** True when an `onExitCodes` requirement takes a container that ended with this exit code; never for 0. */
export function requirementTakes(
  requirement: PodFailurePolicyOnExitCodesRequirement,
  container: string,
  exitCode: number,
): boolean {
  if (exitCode === 0) return false;
  if (requirement.containerName !== undefined && requirement.containerName !== container) return false;
  const listed = requirement.values?.includes(exitCode) ?? false;
  if (requirement.operator === 'In') return listed;
  return requirement.operator === 'NotIn' && !listed;
}

/** The action by its name, or null for one that the API does not know. */
export function failureAction(name: string | undefined): FailureAction | null {
  return name === 'Count' || name === 'FailIndex' || name === 'FailJob' || name === 'Ignore' ? name : null;
}
