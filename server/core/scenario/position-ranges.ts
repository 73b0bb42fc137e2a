/** One stretch of positions, both ends included, 0-based; `last` is Infinity for an open one. */
export interface PositionRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads the ranges that a scenario's `match` is written in: a number, or a list such as `0,3-5,9-`. More than an index
 * list of the API: parts may come in any order, overlap, hold spaces, and be open to the right (`7-`). Returns null for
 * what is no such list.
 */
export function readPositionRanges(value: unknown): readonly PositionRange[] | null {
  if (typeof value === 'bigint') return readPositionRanges(Number(value));
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? [{ first: value, last: value }] : null;
  if (typeof value !== 'string') return null;
  const ranges: PositionRange[] = [];
  for (const part of value.split(',')) {
    const match = /^\s*([0-9]+)\s*(?:(-)\s*([0-9]*)\s*)?$/.exec(part);
    if (match === null) return null;
    const first = Number(match[1]);
    const end = match[3] ?? '';
    const last = match[2] === undefined ? first : end === '' ? Infinity : Number(end);
    if (last < first) return null;
    ranges.push({ first, last });
  }
  return ranges;
}

/** True when a position lies in one of the ranges. */
export function holdsPosition(ranges: readonly PositionRange[], position: number): boolean {
  return ranges.some(({ first, last }) => position >= first && position <= last);
}

/** Writes ranges back: `0,3-5,7-`. */
export function positionsInWords(ranges: readonly PositionRange[]): string {
  return ranges
    .map(({ first, last }) => (first === last ? `${first}` : last === Infinity ? `${first}-` : `${first}-${last}`))
    .join(',');
}
