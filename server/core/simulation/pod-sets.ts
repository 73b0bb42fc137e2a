import { SYNC_BATCH } from './latencies.ts';
import type { JobRun, PodSets } from './job-run.ts';
import { isActive, isTerminal, type SimulatedPod } from './simulated-pod.ts';

/** No pods yet. */
export function createPodSets(): PodSets {
  return {
    active: new Set(),
    unaccounted: new Set(),
    terminating: 0,
    ready: 0,
    activeByIndex: new Map(),
    terminatingByIndex: new Map(),
    restarts: 0,
    created: 0,
  };
}

function countIndex(counts: Map<number, number>, pod: SimulatedPod, change: 1 | -1): void {
  if (pod.index === null) return;
  const count = (counts.get(pod.index) ?? 0) + change;
  if (count === 0) counts.delete(pod.index);
  else counts.set(pod.index, count);
}

/** The controller hears of a change of a pod and syncs a moment later, with all other changes until then. */
function heard(run: JobRun): void {
  run.queue.add(SYNC_BATCH);
}

/** A new pod exists. */
export function podCreated(run: JobRun, pod: SimulatedPod): void {
  run.pods.active.add(pod);
  run.pods.created++;
  countIndex(run.pods.activeByIndex, pod, 1);
  run.queue.add(pod.created - run.clock.now + SYNC_BATCH);
}

/** A pod got a node, or runs; its phase may have changed with it. */
export function podProgressed(run: JobRun): void {
  heard(run);
}

/** A pod's readiness changed. */
export function podReadiness(run: JobRun, pod: SimulatedPod, ready: boolean): void {
  if ((pod.ready !== null) !== ready) {
    if (isActive(pod)) run.pods.ready += ready ? 1 : -1;
    pod.ready = ready ? run.clock.now : null;
    pod.unready = ready ? null : run.clock.now;
    pod.firstReady ??= pod.ready;
  }
  heard(run);
}

/** A container of a pod was started again in place. */
export function podRestarted(run: JobRun, pod: SimulatedPod): void {
  pod.restarts++;
  run.pods.restarts++;
  heard(run);
}

/** Deletion of a pod was asked for. */
export function podDeleting(run: JobRun, pod: SimulatedPod): void {
  if (pod.deleting !== null || pod.removed !== null) return;
  if (isActive(pod)) {
    leaveActive(run, pod);
    run.pods.terminating++;
    countIndex(run.pods.terminatingByIndex, pod, 1);
  }
  pod.deleting = run.clock.now;
  if (pod.tracked) run.pods.unaccounted.add(pod);
  release(run, pod);
  heard(run);
}

/** A pod reached its last phase. */
export function podEnded(run: JobRun, pod: SimulatedPod, phase: 'Succeeded' | 'Failed'): void {
  leaveUnfinished(run, pod);
  pod.phase = phase;
  pod.finished = run.clock.now;
  pod.ready = null;
  if (pod.tracked) run.pods.unaccounted.add(pod);
  release(run, pod);
  heard(run);
}

/** A pod's object is gone; one that had not ended stays in the phase it was in. */
export function podRemoved(run: JobRun, pod: SimulatedPod): void {
  if (pod.removed !== null) return;
  if (!isTerminal(pod)) {
    leaveUnfinished(run, pod);
    pod.finished = run.clock.now;
  }
  pod.removed = run.clock.now;
  run.pods.unaccounted.delete(pod);
  release(run, pod);
  heard(run);
}

function leaveActive(run: JobRun, pod: SimulatedPod): void {
  run.pods.active.delete(pod);
  if (pod.ready !== null) run.pods.ready--;
  countIndex(run.pods.activeByIndex, pod, -1);
}

function leaveUnfinished(run: JobRun, pod: SimulatedPod): void {
  if (isActive(pod)) leaveActive(run, pod);
  else {
    run.pods.terminating--;
    countIndex(run.pods.terminatingByIndex, pod, -1);
  }
  run.pods.restarts -= pod.restarts;
}

function release(run: JobRun, pod: SimulatedPod): void {
  if (pod.index !== null) run.pendingIndexes?.release(pod.index);
}
