import type { CronJobSpec } from '../../core/kubernetes/generated/types.ts';
import { parseCron } from '../../core/kubernetes/cron.ts';
import { nextRun } from '../../core/kubernetes/cron-times.ts';
import { isTimeZone, zoneOffset } from '../../core/kubernetes/time-zone.ts';

/** When a schedule fires next, and in whose clock that is told. */
export interface NextRuns {
  /** Seconds since 1970, in order; empty when there is no such time in five years. */
  readonly at: readonly number[];
  /** The zone that the schedule itself counts in; UTC where it names none. */
  readonly zone: string;
}

/** The next `most` runs after `now` (milliseconds since 1970); null for a schedule or zone that is not one. */
export function nextRuns(
  { schedule = '', timeZone }: Pick<CronJobSpec, 'schedule' | 'timeZone'>,
  now: number,
  most: number,
): NextRuns | null {
  const cron = parseCron(schedule);
  if ('problem' in cron || (timeZone !== undefined && !isTimeZone(timeZone))) return null;
  const zone = cron.kind === 'fields' && cron.zone !== undefined ? cron.zone : (timeZone ?? 'UTC');
  const at: number[] = [];
  while (at.length < most) {
    const next = nextRun(cron, at.at(-1) ?? now / 1000, zone);
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
