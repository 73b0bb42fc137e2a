import { TIME_ZONES } from './generated/time-zones.ts';
import { byteLength } from './text.ts';

/** Seconds that local time is ahead of UTC at an instant (seconds since 1970). */
export type ZoneOffset = (time: number) => number;

/** One complaint about `spec.timeZone`, and the zone that was probably meant. */
export interface TimeZoneProblem {
  readonly says: string;
  readonly nearest: string | null;
}

/** The names that go with `Local`: the server's own zone, which a manifest must not mean. */
const LOCAL = 'local';

/** Whether the server's zone data has this name; upper and lower case matter. */
export function isTimeZone(name: string): boolean {
  return TIME_ZONES.has(name);
}

/** What the API server says to a `timeZone`; empty when it takes it. */
export function timeZoneProblems(name: string): readonly TimeZoneProblem[] {
  const nearest = nearestTimeZone(name);
  if (name === '') return [{ says: 'timeZone must be nil or non-empty string', nearest: null }];
  const unknown = { says: `unknown time zone ${name}`, nearest };
  if (name.split('/').some((part) => !isZonePart(part))) return [unknown];
  if (name.toLowerCase() !== LOCAL) return isTimeZone(name) ? [] : [unknown];
  const local = {
    says: 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
    nearest: null,
  };
  // Only the exact spelling names the server's own zone; any other is unknown besides.
  return name === 'Local' ? [local] : [local, { ...unknown, nearest: null }];
}

function isZonePart(part: string): boolean {
  return (
    part !== '.' && part !== '..' && !part.startsWith('-') && /^[A-Za-z._0-9+-]+$/.test(part) && byteLength(part) <= 14
  );
}

/** The zone that differs only in case, in spaces for underscores, or names just the city; null when none does. */
export function nearestTimeZone(name: string): string | null {
  const plain = name.trim().toLowerCase().replaceAll(' ', '_');
  if (plain === '') return null;
  let city: string | null = null;
  for (const zone of TIME_ZONES) {
    const lower = zone.toLowerCase();
    if (lower === plain) return zone;
    if (lower.endsWith(`/${plain}`)) city ??= zone;
  }
  return city;
}

const OFFSETS = new Map<string, ZoneOffset>();

/**
 * The offset function of a zone. A name that the runtime's own zone data lacks counts as UTC, so check names with
 * `isTimeZone` first; a function is given back as it is.
 */
export function zoneOffset(zone: string | ZoneOffset): ZoneOffset {
  if (typeof zone === 'function') return zone;
  let offset = OFFSETS.get(zone);
  if (offset === undefined) OFFSETS.set(zone, (offset = runtimeOffset(zone)));
  return offset;
}

/** Offsets change on quarter hours only, so one answer serves a quarter of an hour. */
const QUARTER = 900;
const MOST_REMEMBERED = 10_000;

function runtimeOffset(zone: string): ZoneOffset {
  const format = formatFor(zone);
  if (format === null) return () => 0;
  const remembered = new Map<number, number>();
  return (time) => {
    const quarter = Math.floor(time / QUARTER);
    let offset = remembered.get(quarter);
    if (offset !== undefined) return offset;
    offset = offsetAt(format, quarter * QUARTER);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(quarter, offset);
    return offset;
  };
}

function formatFor(zone: string): Intl.DateTimeFormat | null {
  if (zone === 'UTC') return null;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(new Date(time * 1000))) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - time;
}
