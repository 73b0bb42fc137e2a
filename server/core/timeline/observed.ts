import type { ClusterEvent, Pod } from './observed-objects.ts';
import { completionIndex, podRunOf, removedRun } from './observed-pod.ts';
import type { ObservedJob } from './observed-shapes.ts';
import { inferredStatuses, isAccountedFor, jobCondition, jobEndOf, jobStatusOf, targetOf } from './observed-status.ts';
import { stampMilliseconds, type Sighting } from './observed-time.ts';
import type { Gap, PodRun, StatusChange, TargetChange, TimelineEnd } from './timeline.ts';

/**
 * Folds what a watch reports about one Job, its pods and its events into one run. Pure: the clock is in the
 * observations. Times in a run are seconds since the Job's creation; `at` is the server's wall clock in milliseconds.
 */
export type Observation =
  | ({ readonly kind: 'job'; readonly job: ObservedJob } & Sighting)
  /** The Job is gone; `message` says what is known of it. */
  | ({ readonly kind: 'jobGone'; readonly message: string } & Sighting)
  | ({ readonly kind: 'pod'; readonly pod: Pod } & Sighting)
  | ({ readonly kind: 'podGone'; readonly uid: string } & Sighting)
  /** All pods that exist; `since` is when the list before or the watch ended, null for the first list. */
  | { readonly kind: 'pods'; readonly pods: readonly Pod[]; readonly at: number; readonly since: number | null }
  | { readonly kind: 'event'; readonly event: ClusterEvent; readonly at: number }
  /** The cluster spoke. */
  | { readonly kind: 'contact'; readonly at: number }
  /** Contact was lost; `at` is when the last word came. */
  | { readonly kind: 'lost'; readonly at: number };

/** All that was learnt of one Job. */
export interface ObservedRun {
  /** As last seen; null before the first observation. */
  readonly job: ObservedJob | null;
  /** Milliseconds since the epoch of t = 0. */
  readonly origin: number;
  /** Seconds at which the Job was first seen. */
  readonly first: number;
  readonly pods: ReadonlyMap<string, PodRun>;
  /** How many pods each completion index has had. */
  readonly attempts: ReadonlyMap<number, number>;
  /** By uid; events change when they repeat. */
  readonly events: ReadonlyMap<string, ClusterEvent>;
  readonly statuses: readonly StatusChange[];
  readonly targets: readonly TargetChange[];
  readonly gaps: readonly Gap[];
  readonly end: TimelineEnd | null;
  /** Seconds at which the cluster last spoke. */
  readonly heard: number;
  /** Set while contact is lost: seconds at which the last word came. */
  readonly staleSince: number | null;
}

/** The server keeps events for an hour and limits them, so this many are plenty for one Job. */
const EVENTS_KEPT = 2_000;
/** Shorter gaps are the time that a list takes. */
const SHORTEST_GAP_SECONDS = 1;

/** What happened before a Job this old was found needs no account. */
const YOUNG_SECONDS = 2;

/** Of which nothing is known yet. */
export const UNOBSERVED: ObservedRun = {
  job: null,
  origin: 0,
  first: 0,
  pods: new Map(),
  attempts: new Map(),
  events: new Map(),
  statuses: [],
  targets: [],
  gaps: [],
  end: null,
  heard: 0,
  staleSince: null,
};

/** Takes observations in, in the order they were made. Until the Job itself was seen, others are left out. */
export function observe(run: ObservedRun, observations: readonly Observation[]): ObservedRun {
  // One copy for a whole batch: thousands of pods, some hundred changes a second.
  const draft: Draft = {
    ...run,
    pods: new Map(run.pods),
    attempts: new Map(run.attempts),
    events: new Map(run.events),
    statuses: [...run.statuses],
  };
  for (const observation of observations) {
    if (draft.job === null && observation.kind !== 'job') continue;
    take(draft, observation);
  }
  return draft;
}

type Draft = {
  -readonly [K in keyof ObservedRun]: ObservedRun[K];
} & {
  readonly pods: Map<string, PodRun>;
  readonly attempts: Map<number, number>;
  readonly events: Map<string, ClusterEvent>;
  readonly statuses: StatusChange[];
};

function take(draft: Draft, observation: Observation): void {
  const t = (observation.at - draft.origin) / 1000;
  switch (observation.kind) {
    case 'job':
      takeJob(draft, observation.job, observation);
      return;
    case 'jobGone':
      draft.statuses.push({ t, status: { deleted: true } });
      draft.end ??= { t, outcome: 'Deleted', reason: 'Deleted', message: observation.message };
      return;
    case 'pod':
      takePod(draft, observation.pod, observation);
      return;
    case 'podGone': {
      const known = draft.pods.get(observation.uid);
      if (known?.removed === null) draft.pods.set(observation.uid, removedRun(known, t, observation.live));
      return;
    }
    case 'pods':
      takePods(draft, observation.pods, observation);
      return;
    case 'event':
      takeEvent(draft, observation.event);
      return;
    case 'contact':
      draft.heard = Math.max(draft.heard, t);
      draft.staleSince = null;
      return;
    case 'lost':
      draft.staleSince ??= Math.max(0, t);
  }
}

function takeJob(draft: Draft, job: ObservedJob, sighting: Sighting): void {
  const isFirst = draft.job === null;
  if (isFirst) {
    draft.origin = stampMilliseconds(job.metadata.creationTimestamp) ?? sighting.at;
    draft.first = (sighting.at - draft.origin) / 1000;
  }
  const t = (sighting.at - draft.origin) / 1000;
  draft.job = job;
  draft.end ??= jobEndOf(job, sighting, draft.origin);
  const target = targetOf(job, isFirst ? 0 : t);
  if (!sameBut('t', target, draft.targets.at(-1))) draft.targets = [...draft.targets, target];
  const status = jobStatusOf(job);
  // A Job found ended had its last status when it ended.
  const since = isFirst && draft.end !== null ? draft.end.t : t;
  if (JSON.stringify(status) !== JSON.stringify(draft.statuses.at(-1)?.status))
    draft.statuses.push({ t: Math.max(since, draft.statuses.at(-1)?.t ?? 0), status });
}

function takePod(draft: Draft, pod: Pod, sighting: Sighting): void {
  if (draft.job === null) return;
  const { uid } = pod.metadata;
  const before = draft.pods.get(uid) ?? null;
  const index = completionIndex(pod);
  const earlier = index === null ? 0 : (draft.attempts.get(index) ?? 0);
  const run = podRunOf(pod, before, sighting, {
    origin: draft.origin,
    ordinal: before?.ordinal ?? draft.pods.size,
    earlier: before === null ? earlier : before.attempt,
    spec: draft.job.spec,
    succeeded: jobCondition(draft.job, 'SuccessCriteriaMet') !== undefined,
  });
  draft.pods.set(uid, run);
  if (before === null && index !== null) draft.attempts.set(index, earlier + 1);
}

function takePods(
  draft: Draft,
  pods: readonly Pod[],
  { at, since }: { readonly at: number; readonly since: number | null },
): void {
  const t = (at - draft.origin) / 1000;
  const sighting: Sighting = { at, live: false };
  const present = new Set(pods.map(({ metadata }) => metadata.uid));
  for (const [uid, run] of draft.pods)
    if (run.removed === null && !present.has(uid)) draft.pods.set(uid, removedRun(run, t, false));
  for (const pod of [...pods].sort(byCreation)) takePod(draft, pod, sighting);
  if (since !== null) {
    const from = (since - draft.origin) / 1000;
    if (t - from >= SHORTEST_GAP_SECONDS) draft.gaps = [...draft.gaps, { from, until: t }];
    return;
  }
  const until = draft.statuses[0]?.t ?? draft.first;
  // Stamps are whole seconds: of a Job that is hardly older they tell less than its own status.
  if (draft.job === null || until < YOUNG_SECONDS) return;
  const found = [...draft.pods.values()];
  draft.statuses.unshift(...inferredStatuses(draft.job, found, draft.origin, until));
  if (!isAccountedFor(draft.job, found)) draft.gaps = [...draft.gaps, { from: 0, until }];
}

/** The order in which pods are numbered when they are found: stamps are whole seconds, so indexes and names help. */
function byCreation(a: Pod, b: Pod): number {
  const difference =
    (stampMilliseconds(a.metadata.creationTimestamp) ?? 0) - (stampMilliseconds(b.metadata.creationTimestamp) ?? 0);
  if (difference !== 0) return difference;
  const indexes = (completionIndex(a) ?? 0) - (completionIndex(b) ?? 0);
  return indexes !== 0 ? indexes : a.metadata.name < b.metadata.name ? -1 : 1;
}

function takeEvent(draft: Draft, event: ClusterEvent): void {
  draft.events.set(event.metadata.uid, event);
  if (draft.events.size <= EVENTS_KEPT) return;
  const [oldest] = draft.events.keys();
  if (oldest !== undefined) draft.events.delete(oldest);
}

function sameBut<T extends object>(field: keyof T, a: T, b: T | undefined): boolean {
  return b !== undefined && Object.keys(a).every((key) => key === field || a[key as keyof T] === b[key as keyof T]);
}
