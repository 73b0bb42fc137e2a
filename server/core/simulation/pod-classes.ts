import { matchFailurePolicy, type FailureMatch } from '../kubernetes/failure-policy.ts';
import { endOfPod } from './backoff.ts';
import {
  countIndexes,
  hasIndex,
  indexesBelow,
  NO_INDEXES,
  withIndexes,
  type IndexIntervals,
} from './index-intervals.ts';
import type { JobRun } from './job-run.ts';
import type { SimulatedPod } from './simulated-pod.ts';

/** A pod that the Job has not accounted for yet, as one sync sees it. */
export interface UnaccountedPod {
  readonly pod: SimulatedPod;
  /** It succeeded. */
  readonly succeeded: boolean;
  /** It failed; without podReplacementPolicy Failed also as soon as it is being deleted. */
  readonly failed: boolean;
  /** Its index is one that the Job (still) has; true in a NonIndexed Job. */
  readonly inRange: boolean;
  /** The podFailurePolicy's rule for a failed pod; null where none matches. */
  readonly match: FailureMatch | null;
}

/** The Job's pods as one sync sees them, before it changes anything. */
export interface PodClasses {
  readonly unaccounted: readonly UnaccountedPod[];
  readonly newlySucceeded: readonly SimulatedPod[];
  readonly newlyFailed: readonly SimulatedPod[];
  /** Succeeded pods, or indexes: those of the status and the new ones. */
  readonly succeeded: number;
  /** Failed pods: those of the status and the new ones that no rule ignores. */
  readonly failed: number;
  /** Completed indexes with the new ones. */
  readonly succeededIndexes: IndexIntervals;
  /** Failed indexes with the new ones; null without backoffLimitPerIndex. */
  readonly failedIndexes: IndexIntervals | null;
  /**
   * With backoffLimitPerIndex: the last failed pod of each index that waits for its replacement. It keeps its finalizer
   * until then, since its annotations carry the index's failure count.
   */
  readonly delayed: ReadonlyMap<number, SimulatedPod>;
}

/** True when a failed pod's rule, if any, lets it count against backoffLimit. */
export function countsAsFailure(match: FailureMatch | null): boolean {
  return match?.action !== 'Ignore';
}

/** Sorts the Job's pods into classes. Costs only what has ended since the last sync. */
export function classifyPods(run: JobRun): PodClasses {
  const { spec, status, indexed } = run;
  const completions = spec.completions ?? 0;
  const unaccounted: UnaccountedPod[] = [];
  const newlySucceeded: SimulatedPod[] = [];
  const newlyFailed: SimulatedPod[] = [];
  const newIndexes: number[] = [];
  const newFailedIndexes: number[] = [];
  let failed = status.failed;
  for (const pod of run.pods.unaccounted) {
    const view = viewOfPod(run, pod, completions);
    unaccounted.push(view);
    if (!view.inRange) continue;
    if (view.succeeded) {
      newlySucceeded.push(pod);
      if (pod.index !== null) newIndexes.push(pod.index);
    } else if (view.failed) {
      newlyFailed.push(pod);
      if (countsAsFailure(view.match)) failed++;
      if (failsIndex(run, view)) newFailedIndexes.push(pod.index!);
    }
  }
  // A shrink forgets the indexes that it takes away.
  const succeededIndexes = withIndexes(indexesBelow(status.completedIndexes, completions), newIndexes);
  const failedIndexes =
    spec.backoffLimitPerIndex === null
      ? null
      : withIndexes(indexesBelow(status.failedIndexes ?? NO_INDEXES, completions), newFailedIndexes);
  return {
    unaccounted,
    newlySucceeded,
    newlyFailed,
    succeeded: indexed ? countIndexes(succeededIndexes) : status.succeeded + newlySucceeded.length,
    failed,
    succeededIndexes,
    failedIndexes,
    delayed: failedIndexes === null ? NONE_DELAYED : delayedPods(run, newlyFailed, succeededIndexes, failedIndexes),
  };
}

const NONE_DELAYED: ReadonlyMap<number, SimulatedPod> = new Map();

function viewOfPod(run: JobRun, pod: SimulatedPod, completions: number): UnaccountedPod {
  const succeeded = pod.phase === 'Succeeded';
  const failed = pod.phase === 'Failed' || (!run.spec.replacesOnlyFailed && pod.deleting !== null && !succeeded);
  return {
    pod,
    succeeded,
    failed,
    inRange: !run.indexed || (pod.index !== null && pod.index < completions),
    match: failed ? matchPod(run, pod) : null,
  };
}

/** The podFailurePolicy's rule for a pod. One that has not ended shows no exit codes yet. */
export function matchPod(run: JobRun, pod: SimulatedPod): FailureMatch | null {
  if (run.spec.podFailurePolicy === null) return null;
  const conditions = pod.conditions.map((type) => ({ type, status: 'True' }));
  return matchFailurePolicy(run.spec.podFailurePolicy, { exitCodes: pod.exitCodes, conditions });
}

/** True when this failure is the end of its index: a FailIndex rule, or one failure more than backoffLimitPerIndex. */
function failsIndex(run: JobRun, { pod, match }: UnaccountedPod): boolean {
  if (run.spec.backoffLimitPerIndex === null) return false;
  if (match?.action === 'FailIndex') return true;
  return countsAsFailure(match) && pod.indexFailures >= run.spec.backoffLimitPerIndex;
}

function delayedPods(
  run: JobRun,
  failed: readonly SimulatedPod[],
  succeededIndexes: IndexIntervals,
  failedIndexes: IndexIntervals,
): ReadonlyMap<number, SimulatedPod> {
  const delayed = new Map<number, SimulatedPod>();
  for (const pod of failed) {
    const index = pod.index!;
    if (run.pods.activeByIndex.has(index) || hasIndex(succeededIndexes, index) || hasIndex(failedIndexes, index))
      continue;
    const other = delayed.get(index);
    const later =
      other === undefined || (failuresOfIndex(other) <= failuresOfIndex(pod) && endOfPod(pod) >= endOfPod(other));
    if (later) delayed.set(index, pod);
  }
  return delayed;
}

/** All failures of a pod's index before it, ignored ones included. */
export function failuresOfIndex(pod: SimulatedPod): number {
  return pod.indexFailures + pod.indexIgnoredFailures;
}
