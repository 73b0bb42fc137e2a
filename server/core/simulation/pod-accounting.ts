import { hasIndex, indexesBelow } from './index-intervals.ts';
import type { JobRun } from './job-run.ts';
import { PODS_PER_SYNC } from './latencies.ts';
import { countsAsFailure, matchPod, type PodClasses, type UnaccountedPod } from './pod-classes.ts';
import type { SimulatedPod } from './simulated-pod.ts';
import type { JobVerdict } from './verdict.ts';

/** The backoffLimit of a Job that has a limit for each index and says nothing of all. */
const UNLIMITED = 2_147_483_647;

/** Which pods one sync accounts for. */
export interface PodAccounts {
  /** Their finalizer goes. */
  readonly released: readonly SimulatedPod[];
  /** How many of them add to the status's counts (in an Indexed Job successes come from the indexes). */
  readonly succeeded: number;
  readonly failed: number;
  /** Indexes that complete for the first time. */
  readonly newIndexes: number;
  /** The sync took all that one sync may; the rest is left to the next. */
  readonly full: boolean;
}

/**
 * Accounts for pods that have ended, and after a verdict for all of them, those that are killed with it (`killed`)
 * included: a failure verdict counts what was still running as failed, a success verdict does not.
 */
export function accountPods(
  run: JobRun,
  classes: PodClasses,
  verdict: JobVerdict | null,
  killed: readonly SimulatedPod[],
): PodAccounts {
  const known = indexesBelow(run.status.completedIndexes, run.spec.completions ?? 0);
  const everyone = verdict !== null || run.deleting !== null;
  const failureVerdict = verdict !== null && verdict.condition.type !== 'SuccessCriteriaMet';
  const released: SimulatedPod[] = [];
  let succeeded = 0;
  let failed = 0;
  let newIndexes = 0;

  for (const view of concat(classes.unaccounted, killed, run)) {
    const { pod } = view;
    if (!everyone && !view.succeeded && (!view.failed || isDelayed(classes, pod))) continue;
    released.push(pod);
    if (view.succeeded) {
      if (!run.indexed) succeeded++;
      else if (view.inRange && !hasIndex(known, pod.index!)) newIndexes++;
    } else if ((view.failed || failureVerdict) && view.inRange && countsAsFailure(view.match ?? matchPod(run, pod))) {
      failed++;
      pod.countedFailed = true;
    }
    if (run.recorder.explains && view.failed) explainFailure(run, view, run.status.failed + failed);
    else if (run.recorder.explains && pod.countedFailed && verdict !== null)
      run.recorder.explainPod(
        pod,
        'finished',
        `The pod had not ended when the Job failed (${verdict.condition.reason}), and counts as failed with it: failure ${run.status.failed + failed}.`,
        verdict.field,
      );
    if (newIndexes + succeeded + failed >= PODS_PER_SYNC)
      return { released, succeeded, failed, newIndexes, full: true };
  }
  return { released, succeeded, failed, newIndexes, full: false };
}

/** One sentence about a failure: what it was, and whether and against what it counts. */
function explainFailure(run: JobRun, { pod, match }: UnaccountedPod, failures: number): void {
  const what =
    pod.exitCode === null
      ? pod.conditions.length > 0
        ? `The pod was taken away (${pod.conditions.join(', ')})`
        : 'The pod is being deleted'
      : `The pod failed with exit code ${pod.exitCode}${pod.conditions.length > 0 ? ` and ${pod.conditions.join(', ')}` : ''}`;
  const rule = match === null ? '' : `; rule ${match.rule} of podFailurePolicy answers with ${match.action}`;
  const index = match?.action === 'FailIndex' ? ', and its index is not tried again' : '';
  const counts = countsAsFailure(match)
    ? `: failure ${failures}${allowance(run.spec.backoffLimit, failures)}${index}.`
    : ', so it does not count against backoffLimit.';
  const field = match === null ? 'spec.backoffLimit' : `spec.podFailurePolicy.rules[${match.rule}]`;
  run.recorder.explainPod(pod, 'finished', `${what}${rule}${counts}`, field);
}

/** How a number of failures stands to a limit that somebody can have meant. */
function allowance(limit: number, failures: number): string {
  if (limit >= UNLIMITED) return '';
  return failures > limit
    ? `, more than the ${limit} that backoffLimit allows`
    : ` of ${limit} that backoffLimit allows`;
}

function isDelayed(classes: PodClasses, pod: SimulatedPod): boolean {
  return pod.index !== null && classes.delayed.get(pod.index) === pod;
}

function* concat(
  unaccounted: readonly UnaccountedPod[],
  killed: readonly SimulatedPod[],
  run: JobRun,
): Generator<UnaccountedPod> {
  yield* unaccounted;
  const completions = run.spec.completions ?? 0;
  for (const pod of killed) {
    const inRange = !run.indexed || (pod.index !== null && pod.index < completions);
    yield { pod, succeeded: false, failed: false, inRange, match: null };
  }
}
