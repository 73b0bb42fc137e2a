import type { PodFailure } from '../kubernetes/failure-policy.ts';
import type { PodPhase } from '../timeline/timeline.ts';

/** A pod while it is simulated. Moments are milliseconds since the Job's creation, null while they have not come. */
export interface SimulatedPod {
  readonly ordinal: number;
  /** Completion index; null in a NonIndexed Job. */
  readonly index: number | null;
  readonly attempt: number;
  readonly name: string;
  /** Annotation `batch.kubernetes.io/job-index-failure-count`: failures of the index before this pod. */
  readonly indexFailures: number;
  /** Annotation `batch.kubernetes.io/job-index-ignored-failure-count`. */
  readonly indexIgnoredFailures: number;
  readonly created: number;
  scheduled: number | null;
  started: number | null;
  /** When it last became ready; null while it is not. */
  ready: number | null;
  /** When a kubelet first said, or said again, that it is not ready; null while it is, or before it has a node. */
  unready: number | null;
  /** When it first became ready. */
  firstReady: number | null;
  deleting: number | null;
  finished: number | null;
  removed: number | null;
  phase: PodPhase;
  /** When its containers ended; differs from `finished`, which is when the API heard of it. */
  containersEnded: number | null;
  exitCode: number | null;
  /** In-place restarts of all containers that count against backoffLimit. */
  restarts: number;
  reason: string | null;
  message: string | null;
  node: string | null;
  /** It carries the finalizer `batch.kubernetes.io/job-tracking`: the Job controller has not accounted for it. */
  tracked: boolean;
  countedFailed: boolean;
  /** Types of its conditions of status True beyond the usual ones. */
  conditions: readonly string[];
  /** Exit codes of its containers that have ended, in the order that a podFailurePolicy looks at them. */
  exitCodes: PodFailure['exitCodes'];
}

/** A pod that was just made, and carries the Job controller's finalizer. */
export function newPod(
  { ordinal, index, attempt }: Pick<SimulatedPod, 'ordinal' | 'index' | 'attempt'>,
  name: string,
  created: number,
  indexFailures: number,
  indexIgnoredFailures: number,
): SimulatedPod {
  return {
    ordinal,
    index,
    attempt,
    name,
    indexFailures,
    indexIgnoredFailures,
    created,
    scheduled: null,
    started: null,
    ready: null,
    unready: null,
    firstReady: null,
    deleting: null,
    finished: null,
    removed: null,
    phase: 'Pending',
    containersEnded: null,
    exitCode: null,
    restarts: 0,
    reason: null,
    message: null,
    node: null,
    tracked: true,
    countedFailed: false,
    conditions: NO_CONDITIONS,
    exitCodes: NO_EXIT_CODES,
  };
}

const NO_CONDITIONS: readonly string[] = [];
const NO_EXIT_CODES: SimulatedPod['exitCodes'] = [];

/** True when a pod has reached its last phase. */
export function isTerminal(pod: SimulatedPod): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed';
}

/** True when a pod counts as active: it has not ended and nobody has asked for its deletion. */
export function isActive(pod: SimulatedPod): boolean {
  return pod.deleting === null && pod.removed === null && !isTerminal(pod);
}
