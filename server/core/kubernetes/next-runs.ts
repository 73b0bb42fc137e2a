import type { CronJobSpec } from './generated/types.ts';
import { parseCron } from './cron.ts';
import { nextRun } from './cron-times.ts';
import { isTimeZone, zoneOffset } from './time-zone.ts';

/** When a schedule fires next, and in whose clock that is told. */
export interface NextRuns {
  /** Seconds since 1970, in order; empty when there is no such time in five years. */
  readonly at: readonly number[];
  /** The zone that the schedule itself counts in; UTC where it names none. */
  readonly zone: string;
}

/**
 * The next `most` runs after `now` (milliseconds since 1970); null for a schedule or zone that is not one.
 *
 * @param since milliseconds since 1970 of the last run, or else of the CronJob's creation: what `@every` counts from
 */
export function nextRuns(
  { schedule = '', timeZone }: Pick<CronJobSpec, 'schedule' | 'timeZone'>,
  now: number,
  most: number,
  since: number = now,
): NextRuns | null {
  const cron = parseCron(schedule);
  if ('problem' in cron || (timeZone !== undefined && !isTimeZone(timeZone))) return null;
  const zone = cron.kind === 'fields' && cron.zone !== undefined ? cron.zone : (timeZone ?? 'UTC');
  const at: number[] = [];
  const period = cron.kind === 'every' ? cron.seconds * 1000 : 0;
  const begin = period > 0 && since < now ? now - ((now - since) % period) : now;
  while (at.length < most) {
    const next = nextRun(cron, at.at(-1) ?? begin / 1000, zone);
    if (next === null) break;
    at.push(next);
  }
  return { at, zone };
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A time (seconds since 1970) on a zone's clocks: `Mon 2026-01-05 03:30`. */
export function sayTime(seconds: number, zone: string): string {
  const date = new Date((seconds + zoneOffset(zone)(seconds)) * 1000);
  const text = date.toISOString();
  const odd = date.getUTCSeconds() === 0 ? '' : text.slice(16, 19);
  return `${WEEKDAYS[date.getUTCDay()] ?? ''} ${text.slice(0, 10)} ${text.slice(11, 16)}${odd}`;
}
