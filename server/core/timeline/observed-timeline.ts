import type { JobSpec } from '../kubernetes/generated/types.ts';
import type { ObservedRun } from './observed.ts';
import type { ClusterEvent } from './observed-objects.ts';
import { stampMilliseconds } from './observed-time.ts';
import { backoffWaits } from './observed-waits.ts';
import type { BackoffWait, Explanation, PodRun, Timeline, TimelineEvent } from './timeline.ts';

/** The timeline of a run, as far as it is known; null before the Job was seen. */
export function observedTimeline(run: ObservedRun): Timeline | null {
  const { job, origin, end } = run;
  if (job === null) return null;
  const pods = [...run.pods.values()];
  const ordinals = new Map(pods.map(({ name, ordinal }) => [name, ordinal]));
  const waits = backoffWaits(pods, job.spec, end?.t ?? Infinity);
  const { namespace } = job.metadata;
  return {
    name: job.metadata.name,
    ...(namespace === undefined ? {} : { namespace }),
    certainty: 'observed',
    origin: new Date(origin).toISOString(),
    completionMode: job.spec?.completionMode === 'Indexed' ? 'Indexed' : 'NonIndexed',
    targets: run.targets,
    pods,
    statuses: run.statuses,
    events: [...run.events.values()].map((event) => timelineEvent(event, run, ordinals)).sort((a, b) => a.t - b.t),
    waits,
    explanations: [...waits.map(explainWait), ...explainEnd(run)],
    gaps: run.gaps,
    end,
    until: untilOf(run, pods),
    ...(run.staleSince === null ? {} : { staleSince: run.staleSince }),
  };
}

/** A run that goes on is known up to the last word from the cluster; one that ended, up to its last change. */
function untilOf({ end, heard, staleSince, statuses }: ObservedRun, pods: readonly PodRun[]): number {
  const last = pods.reduce(
    (latest, pod) => Math.max(latest, pod.created, pod.finished ?? 0, pod.removed ?? 0),
    statuses.at(-1)?.t ?? 0,
  );
  return end === null ? Math.max(last, staleSince ?? heard) : Math.max(last, end.t);
}

function timelineEvent(
  event: ClusterEvent,
  { origin, first }: ObservedRun,
  ordinals: ReadonlyMap<string, number>,
): TimelineEvent {
  const stamp = stampMilliseconds(event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp);
  const message = event.message ?? '';
  // The Job's events name the pod they are about at the end: "Created pod: NAME".
  const named = event.involvedObject?.kind === 'Pod' ? event.involvedObject.name : /: (\S+)$/.exec(message)?.[1];
  const pod = ordinals.get(named ?? '');
  return {
    t: stamp === null ? first : (stamp - origin) / 1000,
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    message,
    count: event.series?.count ?? event.count ?? 1,
    ...(pod === undefined ? {} : { pod }),
  };
}

function explainWait(wait: BackoffWait): Explanation {
  const whose = wait.index === null ? 'The Job' : `Index ${wait.index}`;
  const after = wait.failures === 1 ? 'a failure' : `${wait.failures} failures in a row`;
  return {
    t: wait.from,
    about: { kind: 'wait', until: wait.until, index: wait.index },
    text: `${whose} waits ${Math.round(wait.until - wait.from)} s before the next pod, because of ${after}.`,
    field: wait.index === null ? 'spec.backoffLimit' : 'spec.backoffLimitPerIndex',
  };
}

/** The field that decided, by the reason of the end. */
const DECIDING_FIELD: Readonly<Record<string, keyof JobSpec>> = {
  BackoffLimitExceeded: 'backoffLimit',
  CompletionsReached: 'completions',
  DeadlineExceeded: 'activeDeadlineSeconds',
  FailedIndexes: 'backoffLimitPerIndex',
  MaxFailedIndexesExceeded: 'maxFailedIndexes',
  PodFailurePolicy: 'podFailurePolicy',
  SuccessPolicy: 'successPolicy',
};

function explainEnd({ end }: ObservedRun): Explanation[] {
  if (end === null) return [];
  const field = DECIDING_FIELD[end.reason];
  const about =
    end.outcome === 'Deleted' ? ({ kind: 'job' } as const) : ({ kind: 'condition', type: end.outcome } as const);
  const text = end.message === '' ? `${end.outcome}: ${end.reason}` : end.message;
  return [{ t: end.t, about, text, ...(field === undefined ? {} : { field: `spec.${field}` }) }];
}
