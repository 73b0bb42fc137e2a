import { podBackoffSeconds } from '../kubernetes/backoff.ts';
import { wholeSecond } from './clock.ts';
import type { SimulatedPod } from './simulated-pod.ts';

/** What the controller remembers of a Job's failures, in memory only: a restart of the controller forgets it. */
export interface BackoffRecord {
  readonly failuresSinceSuccess: number;
  /** Milliseconds, whole seconds; null without a failure. */
  readonly lastFailure: number | null;
}

export const NO_FAILURES: BackoffRecord = { failuresSinceSuccess: 0, lastFailure: null };

/**
 * When a pod ended, for backoff: as the API tells it, so in whole seconds. The end of its containers; without such, the
 * moment since which it is not ready, or at which deletion was asked for; else its creation.
 */
export function endOfPod(pod: SimulatedPod): number {
  return wholeSecond(exactEndOfPod(pod));
}

function exactEndOfPod(pod: SimulatedPod): number {
  return pod.containersEnded ?? pod.unready ?? pod.deleting ?? pod.created;
}

/**
 * The controller compares ends in whole seconds of the wall clock, and nobody knows where in such a second a Job begins:
 * moments at most so far apart (milliseconds) rather share a second than not.
 */
const LIKELY_SAME_SECOND = 500;

/**
 * The record after a sync that sees these newly ended pods. A success resets it to the failures that ended after the
 * last success; without one every new failure adds, also one that a podFailurePolicy ignores.
 */
export function recordFailures(
  record: BackoffRecord,
  succeeded: readonly SimulatedPod[],
  failed: readonly SimulatedPod[],
): BackoffRecord {
  if (succeeded.length === 0 && failed.length === 0) return record;
  let lastSuccess = -Infinity;
  for (const pod of succeeded) lastSuccess = Math.max(lastSuccess, exactEndOfPod(pod));
  let failures = succeeded.length === 0 ? record.failuresSinceSuccess : 0;
  let lastFailure: number | null = null;
  for (const pod of failed) {
    if (exactEndOfPod(pod) - lastSuccess <= LIKELY_SAME_SECOND) continue;
    const ended = endOfPod(pod);
    failures++;
    lastFailure = Math.max(lastFailure ?? ended, ended);
  }
  if (succeeded.length === 0) lastFailure ??= record.lastFailure;
  return { failuresSinceSuccess: failures, lastFailure };
}

/** Milliseconds from `now` until pods may be made again; 0 when they may. */
export function remainingBackoff(failures: number, lastFailure: number | null, now: number): number {
  if (failures === 0 || lastFailure === null) return 0;
  return Math.max(0, lastFailure + podBackoffSeconds(failures) * 1000 - now);
}
