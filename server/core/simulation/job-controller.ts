import { recordFailures, type BackoffRecord } from './backoff.ts';
import { wholeSecond } from './clock.ts';
import { finishSync } from './status-writes.ts';
import { isFinished, type JobRun, type SimulatedCondition } from './job-run.ts';
import { classifyPods, type PodClasses } from './pod-classes.ts';
import { createPods } from './pod-creation.ts';
import { deleteActivePods, DELETIONS_PER_SYNC, giveUpPods, podsToGiveUp } from './pod-deletion.ts';
import type { SimulatedPod } from './simulated-pod.ts';
import { reconcileSuspension } from './suspension.ts';
import { completionVerdict, deadlineLeft, judgeJob, type JobVerdict } from './verdict.ts';

/** The name of the controller that this is; a Job with another `spec.managedBy` is left alone. */
const JOB_CONTROLLER = 'kubernetes.io/job-controller';

/** The numbers that one sync will write, and what it decided. */
export interface SyncState {
  readonly run: JobRun;
  readonly classes: PodClasses;
  readonly record: BackoffRecord;
  active: number;
  ready: number;
  terminating: number;
  verdict: JobVerdict | null;
  /** Pods that were active when the verdict killed them. */
  killed: readonly SimulatedPod[];
  /** A suspension condition changed. */
  suspensionChanged: boolean;
  /** A pod could not be created. */
  refused: boolean;
  /** Milliseconds that the sync has taken so far. */
  took: number;
}

/** True when another controller than the Job controller is in charge. */
export function isManagedElsewhere(run: JobRun): boolean {
  return run.spec.managedBy !== null && run.spec.managedBy !== JOB_CONTROLLER;
}

/**
 * One sync of the Job controller: classify pods, judge, manage pods or kill them, account, write the status.
 * Returns false when a pod could not be created, so that the queue tries again with its own backoff.
 */
export function syncJob(run: JobRun): boolean {
  if (run.gone || isManagedElsewhere(run) || isFinished(run.status)) return true;
  if (!run.knownMode) {
    run.recorder.event('Warning', 'UnknownCompletionMode', 'Skipped Job sync because completion mode is unknown');
    return true;
  }
  const { status, spec, clock } = run;
  const classes = classifyPods(run);
  if (status.startTime === null && !spec.suspend) status.startTime = wholeSecond(clock.now);
  const state: SyncState = {
    run,
    classes,
    record: recordFailures(run.backoff, classes.newlySucceeded, classes.newlyFailed),
    active: run.pods.active.size,
    ready: run.pods.ready,
    terminating: run.pods.terminating,
    verdict: judgeJob(run, classes),
    killed: [],
    suspensionChanged: false,
    refused: false,
    took: 0,
  };
  if (state.verdict !== null || spec.suspend) run.recorder.allWaitsOver();
  else if (state.record.failuresSinceSuccess === 0) run.recorder.waitOver(null);
  if (state.verdict === null) goOn(state);
  else killPods(state, state.verdict);
  finishSync(state);
  return !state.refused;
}

function killPods(state: SyncState, { condition, why, field }: JobVerdict): void {
  const { run } = state;
  state.killed = [...run.pods.active];
  const sentence = `The Job ends with ${condition.reason}, and what still runs is deleted. ${why}`.trimEnd();
  const { deleted, ready } = deleteActivePods(run, state.killed, sentence, field);
  state.active -= deleted;
  state.ready -= ready;
  state.terminating += deleted;
}

function goOn(state: SyncState): void {
  const { run, classes } = state;
  const left = deadlineLeft(run);
  if (left !== null) run.queue.add(left);
  const manages = run.deleting === null;
  if (manages) managePods(state);
  const { completions } = run.spec;
  const complete = completions === null ? classes.succeeded > 0 : classes.succeeded >= completions;
  if (complete && state.active === 0) state.verdict = completionVerdict(run, classes);
  else if (manages) state.suspensionChanged = reconcileSuspension(run);
}

/** How many pods should be active: never more than completions are missing, and in a queue no new ones after a success. */
function wantedPods({ run, classes, active }: SyncState): number {
  const { parallelism, completions } = run.spec;
  if (completions === null) return classes.succeeded > 0 ? active : parallelism;
  return Math.max(0, Math.min(parallelism, completions - classes.succeeded));
}

function managePods(state: SyncState): void {
  const { run, classes, active } = state;
  const { suspend, parallelism, completions, replacesOnlyFailed } = run.spec;
  if (suspend) {
    giveUp(
      state,
      podsToGiveUp(run, active),
      'The Job was suspended: its active pods are deleted and not counted.',
      'spec.suspend',
    );
    return;
  }
  const wanted = wantedPods(state);
  const surplus = podsToGiveUp(run, Math.max(0, active - wanted)).slice(0, DELETIONS_PER_SYNC);
  if (surplus.length > 0) {
    const why = `Only ${wanted} of ${active} active pods are wanted (parallelism ${parallelism}, completions ${completions ?? 'unset'}): the most dispensable go, and are not counted.`;
    giveUp(state, surplus, why, 'spec.parallelism');
    // A sync that deletes never creates.
    return;
  }
  const missing = wanted - active - (replacesOnlyFailed ? state.terminating : 0);
  if (missing <= 0) return;
  const { created, refused, took } = createPods(run, classes, state.record, missing);
  state.active += created;
  state.refused = refused;
  state.took += took;
}

function giveUp(state: SyncState, pods: readonly SimulatedPod[], why: string, field: string): void {
  const { deleted, ready } = giveUpPods(state.run, pods, why, field);
  state.active -= deleted;
  state.ready -= ready;
  state.terminating += deleted;
}

/** The verdict's condition, or null. */
export function verdictOf(state: SyncState): SimulatedCondition | null {
  return state.verdict?.condition ?? null;
}
