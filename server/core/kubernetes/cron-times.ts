import type { CronSchedule, FieldSchedule } from './cron.ts';
import { zoneOffset, type ZoneOffset } from './time-zone.ts';

/** The search for the next run gives up after this many years (30 February). */
const YEARS_AHEAD = 5;
const MINUTE = 60;
const HOUR = 3600;

/**
 * The first time after `after` at which a schedule runs, as the CronJob controller finds it; null when there is none in
 * five years. Times are seconds since 1970-01-01T00:00Z.
 *
 * `zone` is an IANA name or a function that gives the zone's offset. The walk over months, days, hours and minutes and
 * its ways around clock changes are those of the server's parser library: a time that a spring change skips is not run
 * that day, one that an autumn change repeats is run twice.
 */
export function nextRun(schedule: CronSchedule, after: number, zone: string | ZoneOffset): number | null {
  if (schedule.kind === 'every') return Math.floor(after) + schedule.seconds;
  const written = schedule.zone;
  const offset = zoneOffset(written ?? zone);
  return nextMatch(schedule, Math.floor(after) + 1, offset);
}

/** Wall-clock time somewhere; `month` 1 to 12. Values out of range carry over, as in the server's calendar. */
interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function wallClock(time: number, offset: ZoneOffset): WallClock {
  const date = new Date((time + offset(time)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

function weekday(time: number, offset: ZoneOffset): number {
  return new Date((time + offset(time)) * 1000).getUTCDay();
}

/** The instant of a wall-clock time; one of the two possible, or the nearest, around a clock change. */
function instant({ year, month, day, hour, minute, second }: WallClock, offset: ZoneOffset): number {
  const local = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const first = offset(local);
  return first === 0 ? local : local - offset(local - first);
}

function nextMatch(schedule: FieldSchedule, from: number, offset: ZoneOffset): number | null {
  let time = from;
  let moved = false;
  const clock = (): WallClock => wallClock(time, offset);
  const lastYear = clock().year + YEARS_AHEAD;
  const midnight = { hour: 0, minute: 0, second: 0 };
  wrap: for (;;) {
    if (clock().year > lastYear) return null;
    while (!schedule.month.values.has(clock().month)) {
      if (!moved) time = instant({ ...clock(), day: 1, ...midnight }, offset);
      moved = true;
      const now = clock();
      time = instant({ ...now, month: now.month + 1 }, offset);
      if (clock().month === 1) continue wrap;
    }
    while (!dayMatches(schedule, time, offset)) {
      if (!moved) time = instant({ ...clock(), ...midnight }, offset);
      moved = true;
      const now = clock();
      time = instant({ ...now, day: now.day + 1 }, offset);
      // Where a clock change removed midnight, step back onto the day's first hour.
      const { hour } = clock();
      if (hour > 12) time += (24 - hour) * HOUR;
      else time -= hour * HOUR;
      if (clock().day === 1) continue wrap;
    }
    while (!schedule.hour.values.has(clock().hour)) {
      if (!moved) time = instant({ ...clock(), minute: 0, second: 0 }, offset);
      moved = true;
      time += HOUR;
      if (clock().hour === 0) continue wrap;
    }
    while (!schedule.minute.values.has(clock().minute)) {
      if (!moved) time -= mod(time, MINUTE);
      moved = true;
      time += MINUTE;
      if (clock().minute === 0) continue wrap;
    }
    // Seconds are always 0.
    while (clock().second !== 0) {
      moved = true;
      time += 1;
      if (clock().second === 0) continue wrap;
    }
    return time;
  }
}

/** Day of the month and day of the week: both, unless both are restricted; then either. */
function dayMatches(schedule: FieldSchedule, time: number, offset: ZoneOffset): boolean {
  const { dayOfMonth, dayOfWeek } = schedule;
  const byDay = dayOfMonth.values.has(wallClock(time, offset).day);
  const byWeekday = dayOfWeek.values.has(weekday(time, offset));
  return dayOfMonth.star || dayOfWeek.star ? byDay && byWeekday : byDay || byWeekday;
}

function mod(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
