import { FEATURES } from '../kubernetes/feature-history.ts';
import type { Job, JobSpec } from '../kubernetes/generated/types.ts';

/** A field of a JobSpec that an API server drops, since the feature gate behind it is off there. */
export interface DroppedField {
  readonly field: keyof JobSpec;
  readonly gate: string;
}

/** How the Job controller of one Kubernetes version differs from that of another. */
export interface ControllerBehaviour {
  /**
   * An interim condition (FailureTarget, SuccessCriteriaMet) comes first, and the final one waits for terminating pods;
   * Complete has the reason CompletionsReached.
   */
  readonly interimConditions: boolean;
  /** A suspended Job loses its startTime. */
  readonly clearsStartTime: boolean;
  /** How long a node may be silent before it counts as unreachable (node-monitor-grace-period), in seconds. */
  readonly nodeGraceSeconds: number;
  /** What the API server drops of a Job, unless somebody has switched its feature on. */
  readonly dropped: readonly DroppedField[];
}

/** The newest Kubernetes that the simulator knows, and the one it takes where none is chosen. */
export const NEWEST_MINOR = 37;

/** The oldest whose differences are known here. */
export const OLDEST_MINOR = 29;

/** The behaviour of Kubernetes 1.`minor`. docs/simulation.md lists what differs, and what is not followed. */
export function controllerBehaviour(minor: number = NEWEST_MINOR): ControllerBehaviour {
  return {
    interimConditions: minor >= 31,
    clearsStartTime: minor >= 36,
    nodeGraceSeconds: minor >= 32 ? 50 : 40,
    dropped: FEATURES.flatMap(({ gate, on, fields }) =>
      gate === null || (on !== null && on <= minor)
        ? []
        : fields
            .filter((field) => field.startsWith('JobSpec.'))
            .map((field) => ({ field: field.slice('JobSpec.'.length) as keyof JobSpec, gate })),
    ),
  };
}

/** A Job as the API server stores it, and what it dropped. */
export function storedJob(
  job: Job,
  { dropped }: ControllerBehaviour,
): { readonly job: Job; readonly dropped: readonly DroppedField[] } {
  const found = dropped.filter(({ field }) => job.spec?.[field] !== undefined);
  if (found.length === 0) return { job, dropped: found };
  const kept = Object.entries(job.spec ?? {}).filter(([name]) => !found.some(({ field }) => field === name));
  return { job: { ...job, spec: Object.fromEntries(kept) }, dropped: found };
}
