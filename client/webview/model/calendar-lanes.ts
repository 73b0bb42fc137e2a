import type { CalendarItem, Unlaid } from './cron-calendar.ts';

/** What overlaps in a column stands beside each other; all of one group have the same width. `items` in order of `top`. */
export function laid(items: readonly Unlaid[]): readonly Omit<CalendarItem, 'day'>[] {
  const done: Omit<CalendarItem, 'day'>[] = [];
  let group: { readonly item: Unlaid; readonly lane: number }[] = [];
  let ends: number[] = [];
  const close = (): void => {
    done.push(...group.map(({ item, lane }) => ({ ...item, lane, lanes: ends.length })));
    group = [];
    ends = [];
  };
  for (const item of items) {
    if (ends.every((end) => end <= item.top + TOUCH)) close();
    const free = ends.findIndex((end) => end <= item.top + TOUCH);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.bottom;
    group.push({ item, lane });
  }
  close();
  return done;
}

/** What ends as the next begins does not overlap it, whatever rounding says; in rows. */
const TOUCH = 1e-3;
