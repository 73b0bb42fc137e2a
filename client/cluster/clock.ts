/** The server's wall clock, as far as the `Date` headers of its answers tell. */
export interface ServerClock {
  /** Milliseconds since the epoch by the server's clock; by our own until the first answer. */
  now(): number;
  /** Takes in an answer's `Date` header. `asked` is when the request was sent, by our own clock. */
  heard(date: string | undefined, asked: number): void;
}

/**
 * Follows the difference between two clocks. A `Date` header is cut to seconds and was written between asking and
 * hearing, so each answer bounds the difference from both sides, and many answers narrow it. While no difference at all
 * is possible, none is assumed.
 *
 * @param ownClock our wall clock in milliseconds
 */
export function serverClock(ownClock: () => number): ServerClock {
  let least = -Infinity;
  let most = Infinity;
  return {
    now: () => {
      const difference = least <= 0 && most >= 0 ? 0 : (least + most) / 2;
      return ownClock() + difference;
    },
    heard: (date, asked) => {
      const written = Date.parse(date ?? '');
      if (Number.isNaN(written)) return;
      const low = written - ownClock();
      const high = written + 1000 - asked;
      // Contradiction: one of the clocks was set. What was learnt before is worth nothing.
      if (low > most || high < least) {
        least = low;
        most = high;
      } else {
        least = Math.max(least, low);
        most = Math.min(most, high);
      }
    },
  };
}
