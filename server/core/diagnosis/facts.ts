import type { Job, JobSpec, JobStatus } from '../kubernetes/generated/types.ts';
import type { ClusterEvent, Pod, Workload } from '../timeline/observed-objects.ts';
import { completionIndex } from '../timeline/observed-pod.ts';
import type { ObservedJob } from '../timeline/observed-shapes.ts';
import { jobCondition } from '../timeline/observed-status.ts';
import { stampMilliseconds } from '../timeline/observed-time.ts';
import { observe, UNOBSERVED } from '../timeline/observed.ts';
import type { PodRun } from '../timeline/timeline.ts';
import type { Evidence } from './diagnosis.ts';

/** What a diagnosis is made from. Pods and events may be incomplete; what is missing is unknown, not absent. */
export interface DiagnosisInput {
  readonly job: ObservedJob;
  /** The Job's own pods. */
  readonly pods: readonly Pod[];
  /** Events about the Job and its pods. */
  readonly events: readonly ClusterEvent[];
  /** Kueue's Workloads of the Job, where a queue holds it back. */
  readonly workloads?: readonly Workload[];
  /** The cluster's wall clock: milliseconds since the epoch. */
  readonly now: number;
}

/** The input, with what several rules ask of it. */
export interface Facts extends DiagnosisInput {
  readonly spec: JobSpec;
  readonly status: JobStatus;
  /** True once the Job is Complete or Failed. */
  readonly ended: boolean;
  /** Pods that have neither ended nor are being deleted. */
  readonly active: readonly Pod[];
  readonly failed: readonly Pod[];
  /** Runs of the pods, as the timeline has them; seconds since `origin`. */
  readonly runs: readonly PodRun[];
  /** Milliseconds since the epoch. */
  readonly origin: number;
}

/** Prepares the input for the rules. */
export function factsOf(input: DiagnosisInput): Facts {
  const { job, pods, now } = input;
  const run = observe(UNOBSERVED, [
    { kind: 'job', job, at: now, live: false },
    { kind: 'pods', pods, at: now, since: null },
  ]);
  const hasEnded = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  return {
    ...input,
    spec: job.spec ?? {},
    status: job.status ?? {},
    ended: jobCondition(job, 'Complete') !== undefined || jobCondition(job, 'Failed') !== undefined,
    active: pods.filter((pod) => !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined),
    failed: pods.filter((pod) => pod.status?.phase === 'Failed'),
    runs: [...run.pods.values()],
    origin: run.origin,
  };
}

/** Seconds since this RFC 3339 time; null without one. */
export function secondsSince(stamp: string | undefined, now: number): number | null {
  const at = stampMilliseconds(stamp);
  return at === null ? null : (now - at) / 1000;
}

/** A Job's condition as evidence. */
export function conditionEvidence(job: Job, type: string): Evidence[] {
  const condition = jobCondition(job, type);
  if (condition === undefined) return [];
  const { reason = '', message = '', lastTransitionTime } = condition;
  return [
    {
      object: `job/${job.metadata?.name ?? ''}`,
      field: `status.conditions[?(@.type=="${type}")]`,
      text: message === '' ? reason : `${reason}: ${message}`,
      ...(lastTransitionTime === undefined ? {} : { at: lastTransitionTime }),
    },
  ];
}

/** A field of a pod as evidence. */
export function podEvidence(pod: Pod, field: string, text: string, at?: string): Evidence {
  return { object: `pod/${pod.metadata.name}`, field, text, ...(at === undefined ? {} : { at }) };
}

/** When an event last happened, RFC 3339. */
export function eventTime(event: ClusterEvent): string | undefined {
  return event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
}

/** An event as evidence. */
export function eventEvidence(event: ClusterEvent): Evidence {
  const at = eventTime(event);
  const times = event.series?.count ?? event.count ?? 1;
  return {
    object: `event/${event.reason ?? ''}`,
    field: 'message',
    text: `${event.message ?? ''}${times > 1 ? ` (${times} times)` : ''}`,
    ...(at === undefined ? {} : { at }),
  };
}

/** `pod NAME`, with its index where it has one. */
export function sayPod(pod: Pod): string {
  const index = completionIndex(pod);
  return index === null ? `pod ${pod.metadata.name}` : `pod ${pod.metadata.name} (index ${index})`;
}

/** Groups by a key, in order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups];
}
