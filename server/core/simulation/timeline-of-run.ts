import type { PodRun, Timeline, TimelineEnd } from '../timeline/timeline.ts';
import { isManagedElsewhere } from './job-controller.ts';
import { isFinished, type JobRun } from './job-run.ts';
import { seconds, type KeptRun } from './run-recorder.ts';
import type { SimulatedPod } from './simulated-pod.ts';

/** The timeline of a run as far as it went. `until` is where it was cut, a moment of its clock. */
export function timelineOfRun(
  run: JobRun,
  kept: KeptRun,
  pods: readonly SimulatedPod[],
  until: number,
  origin: string | null,
): Timeline {
  const end = endOfRun(run, kept, until);
  return {
    name: run.name,
    namespace: run.namespace,
    certainty: 'simulated',
    origin,
    completionMode: run.indexed ? 'Indexed' : 'NonIndexed',
    targets: kept.targets,
    pods: pods.map((pod) => podRun(pod, run.origin)),
    statuses: kept.statuses,
    events: inOrder(kept.events),
    waits: kept.waits.map((wait) => ({ ...wait, until: Math.max(wait.from, Math.min(wait.until, end.t)) })),
    explanations: inOrder(kept.explanations),
    gaps: [],
    end,
    until: Math.max(seconds(until - run.origin), end.t),
  };
}

/** What one sync does is noted with the moments at which it is seen, not always in their order. */
function inOrder<T extends { readonly t: number }>(moments: T[]): T[] {
  return moments.sort((a, b) => a.t - b.t);
}

function podRun(pod: SimulatedPod, origin: number): PodRun {
  const moment = (value: number | null): number | null => (value === null ? null : seconds(value - origin));
  // One literal, and then what is rare: of 100,000 pods each spread would cost a table of its own.
  const run: { -readonly [field in keyof PodRun]: PodRun[field] } = {
    ordinal: pod.ordinal,
    name: pod.name,
    index: pod.index,
    attempt: pod.attempt,
    created: seconds(pod.created - origin),
    scheduled: moment(pod.scheduled),
    started: moment(pod.started),
    ready: moment(pod.firstReady),
    deleting: moment(pod.deleting),
    finished: moment(pod.finished),
    removed: moment(pod.removed),
    phase: pod.phase,
    exitCode: pod.exitCode,
    restarts: pod.restarts,
  };
  if (pod.reason !== null) run.reason = pod.reason;
  if (pod.message !== null) run.message = pod.message;
  if (pod.node !== null) run.node = pod.node;
  if (pod.countedFailed) run.countedFailed = true;
  return run;
}

function endOfRun(run: JobRun, kept: KeptRun, until: number): TimelineEnd {
  const final = run.status.conditions.find(({ type }) => type === 'Complete' || type === 'Failed');
  if (final !== undefined) {
    const written = kept.statuses.findLast(({ status }) => !('deleted' in status));
    return {
      t: written?.t ?? seconds(final.since - run.origin),
      outcome: final.type === 'Complete' ? 'Complete' : 'Failed',
      reason: final.reason,
      message: final.message,
    };
  }
  if (run.gone) {
    const t = kept.statuses.at(-1)?.t ?? seconds(until - run.origin);
    return { t, outcome: 'Deleted', reason: 'Deleted', message: 'The Job was deleted before it ended.' };
  }
  const { reason, message } = unfinished(run);
  const end = { t: seconds(until - run.origin), outcome: 'Unfinished', reason, message } as const;
  return run.clock.waiting > 0 ? end : { ...end, forever: true };
}

/** What a Job that has not ended waits for. */
export function unfinished(run: JobRun): { readonly reason: string; readonly message: string } {
  const { spec, status, pods, backoff } = run;
  const waits = (reason: string, message: string): { readonly reason: string; readonly message: string } => ({
    reason,
    message,
  });
  if (isManagedElsewhere(run))
    return waits('ManagedElsewhere', `It waits for its own controller, ${spec.managedBy ?? ''}.`);
  if (!run.knownMode)
    return waits('UnknownCompletionMode', 'The Job controller does not know its completionMode and leaves it alone.');
  if (run.deleting !== null) return waits('Terminating', 'It is being deleted and waits for its pods to end.');
  if (spec.suspend) return waits('Suspended', 'It is suspended and waits for spec.suspend to become false.');
  const interim = status.conditions.find(({ type }) => type === 'FailureTarget' || type === 'SuccessCriteriaMet');
  if (interim !== undefined && !isFinished(status))
    return waits(
      'Terminating',
      `Its end is decided (${interim.reason}); it waits for ${count(pods.terminating, 'terminating pod')} to end.`,
    );
  const active = [...pods.active];
  const running = active.filter(({ phase }) => phase === 'Running').length;
  if (running > 0)
    return waits(
      'PodsRunning',
      `It waits for ${count(running, 'running pod')} to end${spec.activeDeadlineSeconds === null ? `; no activeDeadlineSeconds ends ${running === 1 ? 'it' : 'them'}` : ''}.`,
    );
  if (active.length > 0) {
    const placed = active.filter(({ scheduled }) => scheduled !== null).length;
    return placed < active.length
      ? waits(
          'PodsUnscheduled',
          `It waits for room in the cluster for ${count(active.length - placed, 'pending pod')}.`,
        )
      : waits('PodsPending', `It waits for ${count(active.length, 'pending pod')} to start.`);
  }
  if (pods.terminating > 0)
    return waits('PodsTerminating', `It waits for ${count(pods.terminating, 'terminating pod')} to end.`);
  if (spec.parallelism === 0) return waits('Paused', 'It waits for someone to raise parallelism, which is 0.');
  if (backoff.failuresSinceSuccess > 0)
    return waits(
      'Backoff',
      `It waits out the backoff after ${count(backoff.failuresSinceSuccess, 'failure')} in a row.`,
    );
  return waits('Waiting', 'It waits for its next pods.');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
