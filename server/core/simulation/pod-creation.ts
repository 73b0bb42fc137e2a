import { podBackoffSeconds } from '../kubernetes/backoff.ts';
import { sayDuration } from '../kubernetes/duration-words.ts';
import { remainingBackoff, endOfPod, type BackoffRecord } from './backoff.ts';
import { hasIndex } from './index-intervals.ts';
import type { JobRun } from './job-run.ts';
import { FIRST_POD, NEXT_BATCH, PODS_PER_SYNC, SYNC_BATCH } from './latencies.ts';
import { countsAsFailure, failuresOfIndex, matchPod, type PodClasses } from './pod-classes.ts';
import type { SimulatedPod } from './simulated-pod.ts';

/** What came of one sync's wish for more pods. */
export interface CreatedPods {
  readonly created: number;
  /** Some creation was refused: the sync counts as failed and is tried again. */
  readonly refused: boolean;
  /** Milliseconds that it took. */
  readonly took: number;
}

const NOTHING: CreatedPods = { created: 0, refused: false, took: 0 };

/**
 * Makes up to `missing` pods, at most 500, unless a backoff holds them back (then nothing is made, and a sync is asked
 * for when it ends). In an Indexed Job the lowest pending indexes get them; with backoffLimitPerIndex these are chosen
 * first, and those still in their own backoff drop out, so that an index in backoff occupies its place.
 */
export function createPods(run: JobRun, classes: PodClasses, record: BackoffRecord, missing: number): CreatedPods {
  const { spec, clock } = run;
  const perIndex = spec.backoffLimitPerIndex !== null;
  if (!perIndex) {
    const remaining = remainingBackoff(record.failuresSinceSuccess, record.lastFailure, clock.now);
    if (remaining > 0) {
      noteWait(run, remaining, record.failuresSinceSuccess);
      return NOTHING;
    }
  }
  const count = Math.min(missing, PODS_PER_SYNC);
  if (!run.indexed) return createInBatches(run, classes, record, new Array<null>(count).fill(null));

  const candidates = pendingIndexes(run, classes, count);
  const ready = perIndex ? indexesOutOfBackoff(run, classes, candidates) : candidates;
  const made = createInBatches(run, classes, record, ready);
  const untouched = candidates.filter((index) => !run.pods.activeByIndex.has(index));
  for (const index of untouched) run.pendingIndexes!.release(index);
  return made;
}

function pendingIndexes(run: JobRun, classes: PodClasses, count: number): number[] {
  const { activeByIndex, terminatingByIndex } = run.pods;
  return run.pendingIndexes!.take(
    count,
    run.spec.completions ?? 0,
    (index) =>
      !activeByIndex.has(index) &&
      !(run.spec.replacesOnlyFailed && terminatingByIndex.has(index)) &&
      !hasIndex(classes.succeededIndexes, index) &&
      !(classes.failedIndexes !== null && hasIndex(classes.failedIndexes, index)),
  );
}

function indexesOutOfBackoff(run: JobRun, classes: PodClasses, candidates: readonly number[]): number[] {
  const { clock } = run;
  let soonest = Infinity;
  const ready = candidates.filter((index) => {
    const last = classes.delayed.get(index);
    if (last === undefined) return true;
    const failures = failuresOfIndex(last) + 1;
    const remaining = remainingBackoff(failures, endOfPod(last), clock.now);
    if (remaining === 0) return true;
    soonest = Math.min(soonest, remaining);
    run.recorder.wait(
      clock.now + remaining,
      index,
      failures,
      () => waitInWords(`Index ${index}`, 'of this index', failures),
      'spec.backoffLimitPerIndex',
    );
    return false;
  });
  if (ready.length === 0 && soonest < Infinity) run.queue.add(Math.max(soonest, SYNC_BATCH));
  return ready;
}

function noteWait(run: JobRun, remaining: number, failures: number): void {
  run.queue.add(Math.max(remaining, SYNC_BATCH));
  run.recorder.wait(
    run.clock.now + remaining,
    null,
    failures,
    () => waitInWords('The Job', 'since the last success', failures),
    'spec.backoffLimit',
  );
}

function waitInWords(who: string, which: string, failures: number): string {
  const wait = sayDuration(podBackoffSeconds(failures));
  const doubled = failures - 1;
  const how =
    failures === 1
      ? 'the first failure waits 10 s'
      : failures > 6
        ? '10 s doubled with each, at most 10 min'
        : `10 s doubled ${doubled === 1 ? 'once' : doubled === 2 ? 'twice' : `${doubled} times`}`;
  return `${who} waits ${wait} from the last failure before the next pod: ${failures} ${failures === 1 ? 'failure' : 'failures'} ${which}; ${how}.`;
}

/** Creates pods in batches of 1, 2, 4, …; an error in one batch leaves out those after it. */
function createInBatches(
  run: JobRun,
  classes: PodClasses,
  record: BackoffRecord,
  indexes: readonly (number | null)[],
): CreatedPods {
  if (indexes.length > 0) run.recorder.waitOver(null);
  const why = run.recorder.explains && indexes.length > 0 ? creationInWords(run, classes, record) : '';
  let created = 0;
  let at = 0;
  let took = 0;
  for (let size = 1; at < indexes.length; size *= 2) {
    took += took === 0 ? FIRST_POD : NEXT_BATCH;
    const batch = indexes.slice(at, at + size);
    let refused = false;
    for (const index of batch) {
      if (createPod(run, classes, index, took, why)) created++;
      else refused = true;
    }
    at += batch.length;
    if (refused) return { created, refused, took };
  }
  return { created, refused: false, took };
}

function createPod(run: JobRun, classes: PodClasses, index: number | null, delay: number, why: string): boolean {
  const replaced = index === null ? undefined : classes.delayed.get(index);
  const counts = replaced === undefined ? { failures: 0, ignored: 0 } : countsAfter(run, replaced);
  const pod = run.api.create(index, counts.failures, counts.ignored, delay);
  if (pod === null) {
    run.recorder.event('Warning', 'FailedCreate', `Error creating: ${run.api.refusal(index)}`);
    return false;
  }
  if (index !== null) run.recorder.waitOver(index);
  run.recorder.event('Normal', 'SuccessfulCreate', `Created pod: ${pod.name}`, pod, delay);
  if (run.recorder.explains)
    run.recorder.explainPod(pod, 'created', sentenceFor(pod, counts, why), fieldOf(run, pod), delay);
  return true;
}

function countsAfter(run: JobRun, replaced: SimulatedPod): { readonly failures: number; readonly ignored: number } {
  const counts = countsAsFailure(matchPod(run, replaced));
  return {
    failures: replaced.indexFailures + (counts ? 1 : 0),
    ignored: replaced.indexIgnoredFailures + (counts ? 0 : 1),
  };
}

function sentenceFor(
  pod: SimulatedPod,
  counts: { readonly failures: number; readonly ignored: number },
  why: string,
): string {
  if (pod.index === null || pod.attempt === 0) return why;
  const failures = counts.failures + counts.ignored;
  const after = failures === 0 ? '' : ` after ${failures} ${failures === 1 ? 'failure' : 'failures'}`;
  return `Index ${pod.index} is tried again (attempt ${pod.attempt}, counted from 0)${after}. ${why}`;
}

function fieldOf(run: JobRun, pod: SimulatedPod): string {
  if (pod.index !== null && pod.attempt > 0 && run.spec.backoffLimitPerIndex !== null)
    return 'spec.backoffLimitPerIndex';
  return run.spec.completions === null || run.spec.parallelism < run.spec.completions
    ? 'spec.parallelism'
    : 'spec.completions';
}

function creationInWords(
  run: JobRun,
  { succeeded }: PodClasses,
  { failuresSinceSuccess: failures }: BackoffRecord,
): string {
  const { parallelism, completions } = run.spec;
  const active = run.pods.active.size;
  const left = completions === null ? null : Math.max(0, completions - succeeded);
  const missing =
    left === null
      ? 'completions is unset and no pod has succeeded yet'
      : `${left} of ${completions ?? 0} ${completions === 1 ? 'completion is' : 'completions are'} missing`;
  const waited =
    failures === 0 || run.spec.backoffLimitPerIndex !== null
      ? ''
      : ` The backoff of ${sayDuration(podBackoffSeconds(failures))} after ${failures === 1 ? '1 failure' : `${failures} failures`} is over.`;
  return `${missing[0]!.toUpperCase()}${missing.slice(1)}, parallelism lets ${parallelism} run at once, and ${active === 0 ? 'none was' : active === 1 ? '1 was' : `${active} were`} active.${waited}`;
}
