import type { Explanation, Timeline, TimelineEvent } from './timeline.ts';

/** One Job that a CronJob made. Times in seconds since the CronJob's creation. */
export interface CronRun {
  readonly name: string;
  /** The scheduled time. */
  readonly slot: number;
  readonly created: number;
  /** When its final condition was written; null while it goes on. */
  readonly ended: number | null;
  /** `Complete` or `Failed` with its reason, `Type:Reason`; null while it goes on. */
  readonly end: string | null;
  /** When the object was gone. */
  readonly deleted: number | null;
  /** The Job's own timeline; its times count from the Job's creation. */
  readonly timeline: Timeline;
}

/** What a CronJob did, or will do. Times in seconds since its creation. */
export interface CronTimeline {
  readonly name: string;
  readonly namespace?: string;
  readonly certainty: 'simulated' | 'observed';
  /** Wall-clock of t = 0 as RFC 3339. */
  readonly origin: string;
  /** The zone that its schedule counts in: an IANA name. */
  readonly timeZone: string;
  readonly runs: readonly CronRun[];
  readonly events: readonly TimelineEvent[];
  /** How many Jobs `status.active` lists, whenever that changes. */
  readonly active: readonly { readonly t: number; readonly n: number }[];
  readonly explanations: readonly Explanation[];
  /** Up to where it was followed, in seconds. */
  readonly until: number;
}
