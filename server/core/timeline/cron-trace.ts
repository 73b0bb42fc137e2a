import type { CronTimeline } from './cron-timeline.ts';
import { traceOfTimeline, type Trace } from './trace.ts';

/** One Job of a CronJob's trace: times in seconds since the CronJob's creation; absent: it has not happened. */
export interface CronRunTrace {
  readonly slot: number;
  readonly created: number;
  readonly ended?: number;
  /** `Type:Reason` of the final condition. */
  readonly end?: string;
  readonly deleted?: number;
  /** The Job's own trace, where asked for. */
  readonly timeline?: Trace;
}

/** What `simulate --format json` prints of a CronJob, and what recordings of real CronJobs hold. */
export interface CronTrace {
  readonly name: string;
  readonly jobs: readonly CronRunTrace[];
  readonly events: readonly {
    readonly t: number;
    readonly type: string;
    readonly reason: string;
    readonly message?: string;
    readonly count: number;
  }[];
  readonly active: readonly { readonly t: number; readonly n: number }[];
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** A CronJob's timeline as a trace, with the trace of each Job where `withJobs`. */
export function cronTraceOfTimeline(timeline: CronTimeline, withJobs: boolean): CronTrace {
  return {
    name: timeline.name,
    jobs: timeline.runs.map((run) => ({
      slot: run.slot,
      created: rounded(run.created),
      ...(run.ended === null ? {} : { ended: rounded(run.ended) }),
      ...(run.end === null ? {} : { end: run.end }),
      ...(run.deleted === null ? {} : { deleted: rounded(run.deleted) }),
      ...(withJobs ? { timeline: traceOfTimeline(run.timeline) } : {}),
    })),
    events: timeline.events.map(({ t, type, reason, message, count }) => ({
      t: rounded(t),
      type,
      reason,
      message,
      count,
    })),
    active: timeline.active.map(({ t, n }) => ({ t: rounded(t), n })),
  };
}
