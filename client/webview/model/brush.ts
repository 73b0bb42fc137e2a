import { closest, type TimeWindow } from './time-axis.ts';

/** A shorter drag is a click, in pixels. */
export const BRUSH_LEAST = 4;

/** The stretch between two times in either order, within `bounds` and never shorter than what zooming shows. */
export function brushed(a: number, b: number, bounds: TimeWindow): TimeWindow {
  const from = Math.max(bounds.from, Math.min(a, b));
  const until = Math.min(bounds.until, Math.max(a, b));
  const least = Math.min(closest, bounds.until - bounds.from);
  if (until - from >= least) return { from, until };
  const start = Math.min(from, bounds.until - least);
  return { from: start, until: start + least };
}
