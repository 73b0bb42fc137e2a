import type { Job } from '../kubernetes/generated/types.ts';
import { jobCondition } from './observed-status.ts';
import { stampMilliseconds } from './observed-time.ts';

/** How far a Job is, from its object alone. */
export interface JobProgress {
  readonly succeeded: number;
  /** Null for a work queue. */
  readonly completions: number | null;
  readonly failed: number;
  readonly active: number;
  /** As the API lists them, such as `2,5-7`; empty for none. */
  readonly failedIndexes: string;
  /** Seconds since its creation; null when that is not known. */
  readonly age: number | null;
  /** Seconds from its start to its end, or to now; null before its start, and while it is suspended. */
  readonly duration: number | null;
  /** Seconds since it became Complete or Failed; null before. */
  readonly endedAgo: number | null;
}

/** @param now the cluster's wall clock: milliseconds since the epoch */
export function jobProgress(job: Job, now: number): JobProgress {
  const { metadata, spec, status = {} } = job;
  const ended =
    stampMilliseconds(status.completionTime) ??
    stampMilliseconds((jobCondition(job, 'Failed') ?? jobCondition(job, 'Complete'))?.lastTransitionTime);
  const since = (from: number | null, to: number): number | null =>
    from === null ? null : Math.max(0, to - from) / 1000;
  return {
    succeeded: status.succeeded ?? 0,
    completions: spec?.completions ?? null,
    failed: status.failed ?? 0,
    active: status.active ?? 0,
    failedIndexes: status.failedIndexes ?? '',
    age: since(stampMilliseconds(metadata?.creationTimestamp), now),
    duration: since(stampMilliseconds(status.startTime), ended ?? now),
    endedAgo: since(ended, now),
  };
}

/** `7/12`, or `3 succeeded` of a work queue. */
export function sayProgress({ succeeded, completions }: JobProgress): string {
  return completions === null ? `${succeeded} succeeded` : `${succeeded}/${completions}`;
}
