/** Parses the API's RFC 3339 time: milliseconds since the epoch, or null. Its own times are whole seconds, cut off. */
export function stampMilliseconds(stamp: string | undefined): number | null {
  if (stamp === undefined) return null;
  const milliseconds = Date.parse(stamp);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** When an observation was made, and how. */
export interface Sighting {
  /** The server's wall clock: milliseconds since the epoch. */
  readonly at: number;
  /** True for a change that was seen as it happened; false for a state that was found. */
  readonly live: boolean;
}

/**
 * The moment that a stamp of whole seconds means, in milliseconds: a change seen as it happened narrows it, but never out
 * of the second that the stamp names, so that what is seen late or found later differs by less than a second.
 */
export function momentOf(stamp: string | undefined, { at, live }: Sighting): number | null {
  const second = stampMilliseconds(stamp);
  if (second === null || !live || second % 1000 !== 0) return second;
  return at >= second && at < second + 1000 ? at : second;
}
