import { zoneOffset } from '../../../server/core/kubernetes/time-zone.ts';
import { type ClockChange, clockChanges } from './clock-changes.ts';

/** One day of a zone, from its midnight to the next. Moments in seconds since 1970. */
export interface CalendarDay {
  readonly from: number;
  readonly until: number;
  /** The clocks are changed on it; null on the other days, which have 24 hours. */
  readonly change: ClockChange | null;
}

/** A row of the calendar: an hour of the wall clock, or its second coming where clocks are put back. */
export interface HourRow {
  readonly hour: number;
  readonly again: boolean;
}

/** A part of a day's column in which nothing can be; `from` and `until` count rows from the top. */
export interface ClosedPart {
  readonly from: number;
  readonly until: number;
  /** The clock jumps over it; or only another day of the page has such an hour. */
  readonly why: 'skipped' | 'other day';
}

const HOUR = 3600;
const DAY = 24 * HOUR;
/** More days than this nobody leafs through. */
const MOST_DAYS = 1200;

/** Every day that has a part between two moments, in order. A zone that is not known counts as UTC. */
export function calendarDays(from: number, until: number, zone: string): readonly CalendarDay[] {
  const days: CalendarDay[] = [];
  const changes = clockChanges(from - 2 * DAY, until + 2 * DAY, zone);
  for (let start = midnightBefore(from, zone); start <= until && days.length < MOST_DAYS;) {
    const end = midnightAfter(start, zone);
    days.push({ from: start, until: end, change: changes.find(({ at }) => at >= start && at < end) ?? null });
    start = end;
  }
  return days;
}

/** The hours of some days: 24, and those that come twice on one of them. */
export function hourRows(days: readonly CalendarDay[]): readonly HourRow[] {
  const twice = new Set(days.flatMap(({ change }) => (change === null ? [] : hoursTwice(change))));
  return Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) => [
    { hour, again: false },
    ...(twice.has(hour) ? [{ hour, again: true }] : []),
  ]);
}

/** Where a moment of a day stands in its column, in rows from the top. */
export function placeInDay(day: CalendarDay, rows: readonly HourRow[], zone: string, at: number): number {
  if (at <= day.from) return wallPlace(day, rows, zone, day.from);
  if (at >= day.until) return rows.length;
  return wallPlace(day, rows, zone, at);
}

/** The parts of a day's column that its clock does not show. */
export function closedParts(day: CalendarDay, rows: readonly HourRow[]): readonly ClosedPart[] {
  const { change } = day;
  const own = new Set(change === null ? [] : hoursTwice(change));
  const parts: ClosedPart[] = rows.flatMap(({ hour, again }, at) =>
    again && !own.has(hour) ? [{ from: at, until: at + 1, why: 'other day' as const }] : [],
  );
  if (change === null || change.after < change.before) return parts;
  const from = modulo(change.at + change.before, DAY) / HOUR;
  const until = from + (change.after - change.before) / HOUR;
  return [...parts, { from: rowPlace(rows, from), until: rowPlace(rows, Math.min(24, until)), why: 'skipped' }];
}

/** Hours of a day by its clock: 24, or 23 and 25 where that is changed by an hour. */
export function hoursOfDay({ from, until }: CalendarDay): number {
  return (until - from) / HOUR;
}

function wallPlace({ change }: CalendarDay, rows: readonly HourRow[], zone: string, at: number): number {
  const wall = modulo(at + zoneOffset(zone)(at), DAY) / HOUR;
  const hour = Math.floor(wall);
  const again = change !== null && at >= change.at && at - change.at < change.before - change.after;
  const row = rows.findIndex((each) => each.hour === hour && each.again === again);
  return row === -1 ? rowPlace(rows, wall) : row + wall - hour;
}

/** The place of a time of the wall clock at its first coming. */
function rowPlace(rows: readonly HourRow[], wall: number): number {
  const row = rows.findIndex(({ hour }) => hour === Math.floor(wall));
  return row === -1 ? rows.length : row + (wall % 1);
}

function hoursTwice({ at, before, after }: ClockChange): readonly number[] {
  if (after >= before) return [];
  const first = Math.floor((at + after) / HOUR);
  const last = Math.ceil((at + before) / HOUR);
  return Array.from({ length: last - first }, (_, each) => modulo(first + each, 24));
}

function localDay(at: number, zone: string): number {
  return Math.floor((at + zoneOffset(zone)(at)) / DAY);
}

function midnightBefore(at: number, zone: string): number {
  let midnight = at - 3 * DAY;
  for (let next = midnightAfter(midnight, zone); next <= at; next = midnightAfter(midnight, zone)) midnight = next;
  return midnight;
}

/** The first moment of the next day. Where clocks are changed at midnight, that is not where the offset says. */
function midnightAfter(at: number, zone: string): number {
  const day = localDay(at, zone);
  const guess = (day + 1) * DAY - zoneOffset(zone)(at);
  if (localDay(guess, zone) > day && localDay(guess - 1, zone) === day) return guess;
  let [low, high] = [Math.floor(at), Math.floor(at) + 3 * DAY];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (localDay(middle, zone) > day) high = middle;
    else low = middle;
  }
  return high;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
