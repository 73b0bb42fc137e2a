import type { Timeline } from './timeline.ts';

/** A stretch of time, in seconds; `until` > `from`. */
interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Stretches that nobody observed; the last one is open up to `end` where the connection is gone. */
export function unseenStretches({ gaps, staleSince }: Timeline, end = Infinity): readonly Stretch[] {
  return staleSince === undefined || staleSince >= end ? gaps : [...gaps, { from: staleSince, until: end }];
}

/** What is left of a stretch without those: nothing is drawn there, whatever stood before and after. */
export function seenParts(whole: Stretch, unseen: readonly Stretch[]): readonly Stretch[] {
  let parts: readonly Stretch[] = whole.until > whole.from ? [whole] : [];
  for (const gap of unseen)
    parts = parts.flatMap(({ from, until }) =>
      gap.until <= from || gap.from >= until
        ? [{ from, until }]
        : [
            { from, until: gap.from },
            { from: gap.until, until },
          ].filter((part) => part.until > part.from),
    );
  return parts;
}
