import * as l10n from '@vscode/l10n';
import type { CalendarDay } from './calendar-days.ts';
import type { CalendarItem, CalendarPage } from './cron-calendar.ts';
import { type CronRow, wallClock, wallTime } from './cron-rows.ts';
import { dateLanguage } from './date-language.ts';
import { formatCount, plural } from './duration.ts';

/** `Sun` and `29 Mar`. */
export function dayName({ from }: CalendarDay, zone: string): { readonly weekday: string; readonly date: string } {
  return {
    weekday: inZone(from, zone, { weekday: 'short' }),
    date: inZone(from, zone, { day: 'numeric', month: 'short' }),
  };
}

/** `29 Mar – 4 Apr 2026`. */
export function pageName({ days }: CalendarPage, zone: string): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return '';
  const end = inZone(last.from, zone, { day: 'numeric', month: 'short', year: 'numeric' });
  return first === last ? end : `${dayName(first, zone).date} – ${end}`;
}

/** All that is known of an item, in a line. */
export function itemName({ rows, kind }: CalendarItem, start: number, zone: string): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return '';
  const from = wallClock(start + first.slot, zone);
  if (kind !== 'count') return `${from}: ${first.text}`;
  return l10n.t(
    '{0} to {1}: {2}, {3}',
    from,
    wallTime(start + last.slot, zone),
    plural(rows.length, l10n.t('{0} slot'), l10n.t('{0} slots')),
    countWords(rows),
  );
}

const OUTCOMES: readonly (readonly [tone: CronRow['tone'], word: string])[] = [
  ['succeeded', l10n.t('{0} complete')],
  ['failed', l10n.t('{0} failed')],
  ['running', l10n.t('{0} still running')],
  ['gone', l10n.t('{0} deleted')],
  ['skipped', l10n.t('{0} without a Job')],
];

/** `11 complete, 1 failed`. */
export function countWords(rows: readonly CronRow[]): string {
  return OUTCOMES.flatMap(([tone, word]) => {
    const count = rows.filter((row) => row.tone === tone).length;
    return count === 0 ? [] : [word.replace('{0}', formatCount(count))];
  }).join(', ');
}

function inZone(seconds: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(dateLanguage(), { ...options, timeZone }).format(seconds * 1000);
  } catch {
    return new Intl.DateTimeFormat(dateLanguage(), { ...options, timeZone: 'UTC' }).format(seconds * 1000);
  }
}
