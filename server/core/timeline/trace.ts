import type { JobStatus, PodRun, Timeline, TimelineEvent } from './timeline.ts';

/** One pod of a trace: times in seconds since the Job's creation; what is not known is absent or null. */
export interface PodTrace {
  readonly ordinal: number;
  readonly index?: number;
  readonly attempt: number;
  readonly created: number;
  readonly started?: number | null;
  readonly deleting?: number | null;
  readonly finished?: number | null;
  readonly phase: string;
  readonly exitCode?: number;
}

export interface StatusTrace {
  readonly t: number;
  readonly status: Partial<JobStatus> | { readonly deleted: true };
}

export interface EventTrace {
  readonly t: number;
  readonly type: string;
  readonly reason: string;
  /** With `<pod>` where a pod's name was. */
  readonly message: string;
  readonly count: number;
}

export interface TraceEnd {
  readonly t: number;
  readonly outcome: string;
  readonly reason: string;
  readonly message: string;
}

/** What `simulate --format json` prints of one Job, and what recordings of real Jobs hold. */
export interface Trace {
  readonly name: string;
  readonly pods: readonly PodTrace[];
  readonly statuses: readonly StatusTrace[];
  readonly events: readonly EventTrace[];
  /** Recordings have none. */
  readonly end?: TraceEnd | null;
}

/** Seconds with at most three digits after the point. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** A list whose items are made when a stretch of them is asked for: of 100,000 pods nobody wants all at once. */
export interface LazyList<T> {
  readonly length: number;
  slice(from: number, to: number): readonly T[];
}

/** A trace whose long lists are lazy; an array is such a list, too. */
export interface LazyTrace extends Omit<Trace, 'pods' | 'events'> {
  readonly pods: LazyList<PodTrace>;
  readonly events: LazyList<EventTrace>;
}

function lazily<A, B>(items: readonly A[], make: (item: A) => B): LazyList<B> {
  return { length: items.length, slice: (from, to) => items.slice(from, to).map(make) };
}

/** A timeline as a trace whose pods and events are made as they are read. */
export function lazyTraceOf(timeline: Timeline): LazyTrace {
  const names = new Map(timeline.pods.map(({ ordinal, name }) => [ordinal, name]));
  return {
    name: timeline.name,
    pods: lazily(timeline.pods, podTrace),
    statuses: timeline.statuses.map(({ t, status }) => ({ t: rounded(t), status: statusTrace(status) })),
    events: lazily(timeline.events, (event) => eventTrace(event, names)),
    end: timeline.end === null ? null : { ...timeline.end, t: rounded(timeline.end.t) },
  };
}

/** A timeline as a trace. */
export function traceOfTimeline(timeline: Timeline): Trace {
  const { pods, events, ...rest } = lazyTraceOf(timeline);
  return { ...rest, pods: pods.slice(0, pods.length), events: events.slice(0, events.length) };
}

/** As the API serves it: an index list of completed indexes is left out while it is empty. */
function statusTrace(status: StatusTrace['status']): StatusTrace['status'] {
  if ('deleted' in status || status.completedIndexes !== '') return status;
  return Object.fromEntries(Object.entries(status).filter(([name]) => name !== 'completedIndexes'));
}

function podTrace(pod: PodRun): PodTrace {
  const moment = (t: number | null): number | null => (t === null ? null : rounded(t));
  return {
    ordinal: pod.ordinal,
    ...(pod.index === null ? {} : { index: pod.index }),
    attempt: pod.attempt,
    created: rounded(pod.created),
    started: moment(pod.started),
    deleting: moment(pod.deleting),
    finished: moment(pod.finished),
    phase: pod.phase,
    ...(pod.exitCode === null ? {} : { exitCode: pod.exitCode }),
  };
}

function eventTrace(
  { t, type, reason, message, count, pod }: TimelineEvent,
  names: ReadonlyMap<number, string>,
): EventTrace {
  const name = pod === undefined ? undefined : names.get(pod);
  const masked = name === undefined ? maskNames(message, names) : message.replaceAll(name, '<pod>');
  return { t: rounded(t), type, reason, message: masked, count };
}

/** Masks the name of any pod in a message that speaks of none in particular. */
function maskNames(message: string, names: ReadonlyMap<number, string>): string {
  if (!/\bpod\b|\bPod\b/.test(message)) return message;
  let masked = message;
  for (const name of names.values()) if (masked.includes(name)) masked = masked.replaceAll(name, '<pod>');
  return masked;
}
