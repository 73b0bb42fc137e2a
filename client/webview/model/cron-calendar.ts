import { type CalendarDay, calendarDays, type HourRow, hourRows, placeInDay } from './calendar-days.ts';
import { laid } from './calendar-lanes.ts';
import { type CronRow, endOfRun } from './cron-rows.ts';

/** Something in a day's column: a run, a slot without one, or several slots of one hour as a count. */
export interface CalendarItem {
  /** The day within its page. */
  readonly day: number;
  /** From where to where, in rows from the top; as long as it lasts, and at least as long as can be seen. */
  readonly top: number;
  readonly bottom: number;
  /** Beside how many others it stands, and where among them. */
  readonly lane: number;
  readonly lanes: number;
  /** What it stands for, in order; several only in a count. */
  readonly rows: readonly CronRow[];
  readonly kind: 'run' | 'slot' | 'count';
  /** Not where it began, but what is left of it on a later day. */
  readonly continued: boolean;
}

/** Up to seven days that stand beside each other. */
export interface CalendarPage {
  readonly days: readonly CalendarDay[];
  readonly hours: readonly HourRow[];
  /** In order of day and time. */
  readonly items: readonly CalendarItem[];
}

const DAYS = 7;
/** Beside more others than this a run is too thin to be seen: the day's hours are counted instead. */
const MOST_LANES = 6;

/**
 * The slots of a CronJob as a calendar in its zone: pages of seven days, without those that hold nothing.
 * `start`: the CronJob's creation, `until`: how far it was followed since, both in seconds (since 1970, since `start`).
 * `shortest`: what can be seen at least, as a share of an hour; what would stand closer is counted.
 */
export function cronCalendar(
  rows: readonly CronRow[],
  { start, until, zone, shortest }: CalendarFrame,
): readonly CalendarPage[] {
  const last = rows.reduce((latest, { slot }) => Math.max(latest, slot), 0);
  const days = calendarDays(start, start + Math.min(until, Math.max(last, 0) + 1), zone);
  const pages: CalendarPage[] = [];
  for (let at = 0; at < days.length; at += DAYS) {
    const shown = days.slice(at, at + DAYS);
    const hours = hourRows(shown);
    const items = shown.flatMap((day, position) =>
      itemsOfDay(rows, day, hours, { start, until, zone, shortest }).map((item) => ({ ...item, day: position })),
    );
    if (items.length > 0 || shown.some(({ change }) => change !== null)) pages.push({ days: shown, hours, items });
  }
  return pages;
}

export interface CalendarFrame {
  readonly start: number;
  readonly until: number;
  readonly zone: string;
  readonly shortest: number;
}

/** What stands in a column before it has a lane. */
export type Unlaid = Omit<CalendarItem, 'day' | 'lane' | 'lanes'>;

function itemsOfDay(
  rows: readonly CronRow[],
  day: CalendarDay,
  hours: readonly HourRow[],
  frame: CalendarFrame,
): readonly Omit<CalendarItem, 'day'>[] {
  const single = rows.flatMap((row) => pieceOf(row, day, hours, frame) ?? []);
  const byHour = laid(counted(single, hours, (starting) => isCrowded(starting, frame)));
  if (byHour.every(({ lanes }) => lanes <= MOST_LANES)) return byHour;
  return laid(counted(single, hours, () => true).filter(({ continued }) => !continued));
}

/** The part of a slot's run that lies on a day; null where none does. */
function pieceOf(row: CronRow, day: CalendarDay, hours: readonly HourRow[], frame: CalendarFrame): Unlaid | null {
  const { start, until, zone, shortest } = frame;
  const begin = start + (row.run?.run.created ?? row.slot);
  const end = row.run === null ? begin : start + (endOfRun(row.run.run) ?? until);
  const continued = begin < day.from;
  if (begin >= day.until || (continued && end <= day.from)) return null;
  const top = placeInDay(day, hours, zone, Math.max(begin, day.from));
  // What ends as the clock jumps ends before the jump.
  const stop = end <= begin ? top : placeInDay(day, hours, zone, Math.min(end, day.until) - 0.001);
  const bottom = Math.max(stop, top + shortest);
  const over = Math.max(0, bottom - hours.length);
  return {
    top: top - over,
    bottom: bottom - over,
    rows: [row],
    kind: row.run === null ? 'slot' : 'run',
    continued,
  };
}

/** Items that begin in an hour with too many of them, as one count. */
function counted(
  items: readonly Unlaid[],
  hours: readonly HourRow[],
  crowded: (starting: readonly Unlaid[]) => boolean,
): readonly Unlaid[] {
  return [
    ...items.filter(({ continued }) => continued),
    ...hours.flatMap((_, hour): readonly Unlaid[] => {
      const starting = items.filter(({ top, continued }) => !continued && Math.floor(top) === hour);
      if (starting.length === 0 || !crowded(starting)) return starting;
      const rows = starting.flatMap((item) => item.rows);
      return [{ top: hour, bottom: hour + 1, rows, kind: 'count', continued: false }];
    }),
  ].sort((a, b) => a.top - b.top || b.bottom - a.bottom);
}

/** Too many for the hour's height, or so close that they would seem to overlap though they do not. */
function isCrowded(starting: readonly Unlaid[], { shortest }: CalendarFrame): boolean {
  if (starting.length > Math.max(1, Math.floor(1 / shortest + 1e-9))) return true;
  return starting.some((item, at) => {
    const next = starting[at + 1];
    return next !== undefined && next.top < item.bottom - 1e-9 && (next.rows[0]?.overlaps ?? 0) === 0;
  });
}
