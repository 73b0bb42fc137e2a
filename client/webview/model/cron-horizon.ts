import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import { type CronSchedule, parseCron } from '../../../server/core/kubernetes/cron.ts';
import { nextRun } from '../../../server/core/kubernetes/cron-times.ts';
import { isTimeZone } from '../../../server/core/kubernetes/time-zone.ts';

/** So many slots of a CronJob are shown, enough to see overlaps and skipped ones. */
const SLOTS = 12;
const DAY = 86_400;
const WEEK = 7 * DAY;
/** So many pods in all are simulated within the blink of an eye. */
const MOST_PODS = 1000;
/** A schedule that runs once a year is not followed further than this, in seconds. */
const FARTHEST = 400 * DAY;

/** The schedule in its zone, or null where it cannot be read (the verdict says why). */
export function scheduleOf({ spec }: CronJob, controllerZone: string): { schedule: CronSchedule; zone: string } | null {
  if (typeof spec?.schedule !== 'string') return null;
  const schedule = parseCron(spec.schedule);
  if ('problem' in schedule) return null;
  const zone = spec.timeZone ?? controllerZone;
  return isTimeZone(zone) ? { schedule, zone } : null;
}

/** The next `count` scheduled times after `after`, both in seconds since 1970. */
export function nextSlots(cronJob: CronJob, controllerZone: string, after: number, count: number): readonly number[] {
  const read = scheduleOf(cronJob, controllerZone);
  const slots: number[] = [];
  for (let at: number | null = after; read !== null && slots.length < count;) {
    at = nextRun(read.schedule, at, read.zone);
    if (at === null) break;
    slots.push(at);
  }
  return slots;
}

/**
 * How far a CronJob created at `start` (seconds since 1970) is followed, in seconds: a dozen slots, and a week of them
 * where that is not too much to simulate; the last one's run is seen until the next.
 */
export function cronHorizon(cronJob: CronJob, controllerZone: string, start: number): number {
  const slots = nextSlots(cronJob, controllerZone, start, Math.max(SLOTS, slotsWithin(cronJob)) + 1);
  const beyond = slots.findIndex((slot, at) => at >= SLOTS && slot > start + WEEK);
  const last = slots.at(beyond);
  if (last === undefined) return DAY;
  return Math.min(FARTHEST, last - start - 1);
}

/** How many slots may be simulated: each makes all pods of a Job. */
function slotsWithin({ spec }: CronJob): number {
  const { completions, parallelism = 1 } = spec?.jobTemplate?.spec ?? {};
  return Math.min(WEEK / 3600, Math.floor(MOST_PODS / Math.max(1, completions ?? parallelism)));
}
