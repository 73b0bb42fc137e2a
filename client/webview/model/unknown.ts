import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { unseenStretches } from '../../../server/core/timeline/unseen.ts';

/** The stretch that nobody observed in which a moment (seconds) lies; null where it was observed. */
export function unknownAt(timeline: Timeline, t: number): { readonly from: number; readonly until: number } | null {
  return unseenStretches(timeline).find(({ from, until }) => t > from && t < until) ?? null;
}
