import { parseCron } from '../kubernetes/cron.ts';
import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { sayTime } from '../kubernetes/next-runs.ts';
import type { Explanation, TimelineEvent } from '../timeline/timeline.ts';
import type { VirtualClock } from './clock.ts';
import type { ScheduleTimes } from './cron-slots.ts';
import type { JobSimulation } from './job-simulation.ts';
import type { SyncQueue } from './job-run.ts';

/** One Job of a simulated CronJob. Moments are milliseconds since the CronJob's creation. */
export interface CronChild {
  readonly name: string;
  readonly slot: number;
  readonly created: number;
  readonly simulation: JobSimulation;
  deleted: number | null;
}

/** One CronJob under simulation: everything that its controller knows and does. */
export interface CronJobRun {
  readonly name: string;
  readonly namespace: string;
  readonly clock: VirtualClock;
  /** Wall-clock of the clock's 0, milliseconds since 1970 in whole seconds. */
  readonly start: number;
  /** The zone of the controller, for a CronJob that names none. */
  readonly controllerTimeZone: string;
  cronJob: CronJob;
  /** Jobs that `status.active` lists. */
  readonly active: Set<CronChild>;
  /** `status.lastScheduleTime`, seconds since 1970. */
  lastSchedule: number | null;
  /** Jobs whose objects exist. */
  readonly existing: Set<CronChild>;
  /** All Jobs so far, in order. */
  readonly children: CronChild[];
  /** Of the schedule and zone that were last looked at. */
  times: { readonly schedule: string; readonly zone: string; readonly times: ScheduleTimes } | null;
  /** The controller is away until then (milliseconds). */
  awayUntil: number;
  gone: boolean;
  /** How many Jobs its history limits have deleted while `status.active` still listed them. */
  deletedActive: number;
  readonly queue: SyncQueue;
  readonly events: TimelineEvent[];
  readonly explanations: Explanation[];
  readonly activeCounts: { readonly t: number; readonly n: number }[];
  /** Makes a Job and lets it run. */
  readonly createJob: (job: Job, slot: number) => CronChild;
}

/** Seconds since 1970 at the clock's now, with fractions. */
export function wallClock(run: CronJobRun): number {
  return (run.start + run.clock.now) / 1000;
}

/** The zone that a CronJob's schedule counts in. */
export function zoneOf({ cronJob, controllerTimeZone }: CronJobRun): string {
  const { schedule = '', timeZone = controllerTimeZone } = cronJob.spec ?? {};
  const parsed = parseCron(schedule);
  return 'kind' in parsed && parsed.kind === 'fields' && parsed.zone !== undefined ? parsed.zone : timeZone;
}

/** A slot (seconds since 1970) on the clocks that its schedule means: `Mon 2026-01-05 03:30 (Europe/Berlin)`. */
export function saySlot(run: CronJobRun, slot: number): string {
  const zone = zoneOf(run);
  return `${sayTime(slot, zone)} (${zone})`;
}

/** How a child has ended, as far as it can be seen now: its final condition as `Type:Reason`, or null. */
export function endOfChild({ simulation }: CronChild, now: number): 'Complete' | 'Failed' | null {
  const { run } = simulation;
  if (run.finishedAt === null || run.finishedAt > now) return null;
  return run.status.conditions.some(({ type }) => type === 'Complete') ? 'Complete' : 'Failed';
}

/** Notes an event of the CronJob. */
export function cronEvent(run: CronJobRun, type: 'Normal' | 'Warning', reason: string, message: string): void {
  run.events.push({ t: run.clock.now / 1000, type, reason, message, count: 1 });
}

/** Notes why something of the CronJob is as it is. */
export function explainCron(run: CronJobRun, text: string, field?: string): void {
  const why = { t: run.clock.now / 1000, about: { kind: 'job' }, text } as const;
  run.explanations.push(field === undefined ? why : { ...why, field });
}
