import { wholeSecond } from './clock.ts';
import { PODS_PER_SYNC } from './latencies.ts';
import type { JobRun } from './job-run.ts';
import type { SimulatedPod } from './simulated-pod.ts';

/**
 * Sorts pods by how dispensable they are, first deleted first: without a node; pending; not ready; ready most recently;
 * restarted most; newest. Times are compared as the API tells them, in whole seconds. At a tie the lower index goes, since
 * the controller walks over indexes in order; without indexes it walks over pods in no order, and here the newer goes.
 */
export function byDispensability(a: SimulatedPod, b: SimulatedPod): number {
  return (
    Number(a.scheduled !== null) - Number(b.scheduled !== null) ||
    Number(a.phase !== 'Pending') - Number(b.phase !== 'Pending') ||
    Number(a.ready !== null) - Number(b.ready !== null) ||
    wholeSecond(b.ready ?? 0) - wholeSecond(a.ready ?? 0) ||
    b.restarts - a.restarts ||
    wholeSecond(b.created) - wholeSecond(a.created) ||
    (a.index ?? 0) - (b.index ?? 0) ||
    b.ordinal - a.ordinal
  );
}

/**
 * The active pods that a Job with room for `surplus` fewer gives up: in an Indexed Job always those whose index it no
 * longer has, then the most dispensable.
 */
export function podsToGiveUp(run: JobRun, surplus: number): SimulatedPod[] {
  if (surplus <= 0 && !run.shrunk) return [];
  const { completions } = run.spec;
  const outside: SimulatedPod[] = [];
  let inside = [...run.pods.active];
  if (run.indexed && completions !== null) {
    const end = completions;
    outside.push(...inside.filter(({ index }) => index === null || index >= end));
    if (outside.length > 0) inside = inside.filter(({ index }) => index !== null && index < end);
  }
  if (outside.length >= surplus) return outside;
  return [...outside, ...inside.sort(byDispensability).slice(0, surplus - outside.length)];
}

/**
 * Deletes active pods that the Job no longer wants. Their finalizer goes first, so that they are never counted as
 * failed. Returns how many were deleted, and how many of these were ready.
 */
export function giveUpPods(run: JobRun, pods: readonly SimulatedPod[], why: string, field: string): DeletedPods {
  let ready = 0;
  for (const pod of pods) {
    if (pod.ready !== null) ready++;
    run.api.removeFinalizer(pod);
    announceDeletion(run, pod, why, field);
    run.api.delete(pod);
  }
  return { deleted: pods.length, ready };
}

/** Deletes every active pod after a verdict, finalizers kept: the accounting that follows counts them. */
export function deleteActivePods(run: JobRun, pods: readonly SimulatedPod[], why: string, field: string): DeletedPods {
  let ready = 0;
  for (const pod of pods) {
    if (pod.ready !== null) ready++;
    announceDeletion(run, pod, why, field);
    run.api.delete(pod);
  }
  return { deleted: pods.length, ready };
}

/** How many pods a sync deleted, and how many of them had been ready. */
export interface DeletedPods {
  readonly deleted: number;
  readonly ready: number;
}

function announceDeletion(run: JobRun, pod: SimulatedPod, why: string, field: string): void {
  run.recorder.event('Normal', 'SuccessfulDelete', `Deleted pod: ${pod.name}`, pod);
  run.recorder.explainPod(pod, 'deleting', why, field);
}

/** At most so many pods go in one sync for being too many. */
export const DELETIONS_PER_SYNC = PODS_PER_SYNC;
