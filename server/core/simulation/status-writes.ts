import { countIndexes, intervalsText, type IndexIntervals } from './index-intervals.ts';
import type { SyncState } from './job-controller.ts';
import type { JobRun, SimulatedCondition } from './job-run.ts';
import { FIRST_WRITE, SECOND_WRITE, SYNC_BATCH } from './latencies.ts';
import { accountPods } from './pod-accounting.ts';

/**
 * The end of a sync: account for pods, write the status with the interim condition, take finalizers off, move the
 * counts, and once nothing is left uncounted and no pod terminates add Complete or Failed with a second write.
 */
export function finishSync(state: SyncState): void {
  const { run, classes } = state;
  const { status } = run;
  const accounts = accountPods(run, classes, state.verdict, state.killed);
  let changed =
    state.suspensionChanged ||
    status.active !== state.active ||
    status.ready !== state.ready ||
    status.terminating !== state.terminating ||
    accounts.succeeded + accounts.failed + accounts.newIndexes > 0;
  status.active = state.active;
  status.ready = state.ready;
  status.terminating = state.terminating;
  if (run.indexed) {
    changed ||=
      !sameText(status.completedIndexes, classes.succeededIndexes) ||
      !sameText(status.failedIndexes, classes.failedIndexes);
    status.completedIndexes = classes.succeededIndexes;
    status.failedIndexes = classes.failedIndexes;
    status.succeeded = countIndexes(classes.succeededIndexes);
  }
  const final = announceVerdict(state);
  changed ||= final.announced;
  if (changed) {
    state.took += FIRST_WRITE;
    writeStatus(run, state.took);
    run.backoff = state.record;
  }
  for (const pod of accounts.released) run.api.removeFinalizer(pod);
  status.succeeded += accounts.succeeded;
  status.failed += accounts.failed;
  const finished =
    final.condition !== null && !accounts.full && (state.terminating === 0 || !run.behaviour.interimConditions);
  if (finished) {
    status.conditions = [...status.conditions, final.condition];
    run.finishedAt = run.clock.now + state.took + SECOND_WRITE;
  }
  if (accounts.succeeded + accounts.failed > 0 || finished) {
    state.took += SECOND_WRITE;
    writeStatus(run, state.took);
  }
  if (finished) announceEnd(run, final.condition);
}

function sameText(a: IndexIntervals | null, b: IndexIntervals | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && countIndexes(a) === countIndexes(b) && intervalsText(a) === intervalsText(b);
}

function writeStatus(run: JobRun, delay: number): void {
  run.recorder.status(run.status, run.indexed, delay);
  run.queue.add(delay + SYNC_BATCH);
  run.statusWritten(delay);
}

interface FinalCondition {
  /** Complete or Failed, to be added when nothing is left to wait for. */
  readonly condition: SimulatedCondition | null;
  /** An interim condition was added now. */
  readonly announced: boolean;
}

/** Adds the interim condition of a new verdict, and makes the final one. */
function announceVerdict({ run, verdict }: SyncState): FinalCondition {
  if (verdict === null) return { condition: null, announced: false };
  const { condition, why, field } = verdict;
  const { status, behaviour } = run;
  const interim = condition.type === 'FailureTarget' || condition.type === 'SuccessCriteriaMet';
  const isNew = interim && !status.conditions.includes(condition);
  if (isNew) run.decidedBy = field;
  // Before 1.31 only a FailJob rule has one.
  if (isNew && (behaviour.interimConditions || condition.reason === 'PodFailurePolicy')) {
    status.conditions = [...status.conditions, condition];
    run.recorder.explainCondition(condition.type, why, field);
  }
  const success = condition.type === 'SuccessCriteriaMet';
  const plain = success && !behaviour.interimConditions && condition.reason === 'CompletionsReached';
  const final: SimulatedCondition = {
    type: success ? 'Complete' : 'Failed',
    status: 'True',
    reason: plain ? '' : condition.reason,
    message: plain ? '' : condition.message,
    since: run.clock.now,
  };
  return { condition: final, announced: isNew };
}

function announceEnd(run: JobRun, condition: SimulatedCondition): void {
  const { spec, status, recorder, pods } = run;
  const ended = condition.type === 'Complete' ? 'completes' : 'fails';
  recorder.explainCondition(
    condition.type,
    `The Job ${ended} with ${condition.reason === '' ? 'its completions reached' : condition.reason}: ${status.succeeded} succeeded, ${status.failed} failed, ${pods.created} ${pods.created === 1 ? 'pod' : 'pods'} used, and none is left terminating.`,
    condition.type === 'Complete' ? 'spec.completions' : 'spec',
  );
  if (condition.type === 'Failed') {
    recorder.event('Warning', condition.reason, condition.message);
    return;
  }
  if (spec.completions !== null && status.succeeded > spec.completions)
    recorder.event('Warning', 'TooManySucceededPods', 'Too many succeeded pods running after completion count reached');
  recorder.event('Normal', 'Completed', 'Job completed');
}
