import type { CalendarItem, CalendarPage } from './cron-calendar.ts';

export type CalendarStep =
  'earlier' | 'later' | 'dayBefore' | 'dayAfter' | 'first' | 'last' | 'pageBefore' | 'pageAfter';

/** Arrow keys as a calendar has them. */
export const CALENDAR_KEYS: Readonly<Record<string, CalendarStep>> = {
  ArrowUp: 'earlier',
  ArrowDown: 'later',
  ArrowLeft: 'dayBefore',
  ArrowRight: 'dayAfter',
  Home: 'first',
  End: 'last',
  PageUp: 'pageBefore',
  PageDown: 'pageAfter',
};

interface Placed {
  readonly page: number;
  readonly item: CalendarItem;
}

/** The slot that a step leads to from the slot `from` (null: from before the first); null where there is nothing. */
export function stepInCalendar(pages: readonly CalendarPage[], from: number | null, step: CalendarStep): number | null {
  const all = pages.flatMap(({ items }, page) =>
    items.filter(({ continued }) => !continued).map((item): Placed => ({ page, item })),
  );
  const at = all.findIndex(({ item }) => from !== null && standsFor(item, from));
  const now = all[at];
  if (now === undefined) return slotOf(step === 'last' ? all.at(-1) : all[0]);
  return slotOf(steps[step](all, at, now)) ?? from;
}

/** The page of a slot, or the first one. */
export function pageOfSlot(pages: readonly CalendarPage[], slot: number | null): number {
  if (slot === null) return 0;
  return Math.max(
    0,
    pages.findIndex(({ items }) => items.some((item) => !item.continued && standsFor(item, slot))),
  );
}

export function standsFor({ rows }: CalendarItem, slot: number): boolean {
  return rows.some((row) => row.slot === slot);
}

type Step = (all: readonly Placed[], at: number, now: Placed) => Placed | undefined;

const steps: Readonly<Record<CalendarStep, Step>> = {
  earlier: (all, at) => all[at - 1],
  later: (all, at) => all[at + 1],
  dayBefore: (all, _, now) =>
    nearest(
      all,
      now,
      all.findLast((other) => dayOf(other) < dayOf(now)),
    ),
  dayAfter: (all, _, now) =>
    nearest(
      all,
      now,
      all.find((other) => dayOf(other) > dayOf(now)),
    ),
  first: (all, _, now) => all.find(({ page }) => page === now.page),
  last: (all, _, now) => all.findLast(({ page }) => page === now.page),
  pageBefore: (all, _, now) => all.find(({ page }) => page === all.findLast((other) => other.page < now.page)?.page),
  pageAfter: (all, _, now) => all.find(({ page }) => page > now.page),
};

/** Of the day of `there`, what stands most nearly at the same time as `now`. */
function nearest(all: readonly Placed[], now: Placed, there: Placed | undefined): Placed | undefined {
  if (there === undefined) return undefined;
  return all
    .filter((other) => dayOf(other) === dayOf(there))
    .reduce((best, other) => (away(other, now) < away(best, now) ? other : best));
}

function away(other: Placed, now: Placed): number {
  return Math.abs(other.item.top - now.item.top);
}

function dayOf({ page, item }: Placed): number {
  return page * 7 + item.day;
}

function slotOf(placed: Placed | undefined): number | null {
  return placed?.item.rows[0]?.slot ?? null;
}
