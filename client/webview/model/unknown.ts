import type { Timeline } from '../../../server/core/timeline/timeline.ts';

/** Stretches of time (seconds) that nobody observed; the last one is open where the connection is gone. */
export function unknownStretches({
  gaps,
  staleSince,
}: Timeline): readonly { readonly from: number; readonly until: number }[] {
  return staleSince === undefined ? gaps : [...gaps, { from: staleSince, until: Infinity }];
}

/** The stretch in which a moment lies; null where it was observed. */
export function unknownAt(timeline: Timeline, t: number): { readonly from: number; readonly until: number } | null {
  return unknownStretches(timeline).find(({ from, until }) => t > from && t < until) ?? null;
}
