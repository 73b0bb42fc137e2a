import type { IndexInterval } from '../kubernetes/index-list.ts';

/** A set of completion indexes as sorted, disjoint, non-adjacent stretches: small for any number of finished indexes. */
export type IndexIntervals = readonly IndexInterval[];

export const NO_INDEXES: IndexIntervals = [];

/** How many indexes a set holds. */
export function countIndexes(set: IndexIntervals): number {
  let count = 0;
  for (const { first, last } of set) count += last - first + 1;
  return count;
}

/** True when the set holds the index. */
export function hasIndex(set: IndexIntervals, index: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[middle]!.last < index) low = middle + 1;
    else high = middle;
  }
  return low < set.length && set[low]!.first <= index;
}

/** The set with these indexes too (in any order, repeats allowed). */
export function withIndexes(set: IndexIntervals, indexes: readonly number[]): IndexIntervals {
  if (indexes.length === 0) return set;
  const added = [...indexes].sort((a, b) => a - b);
  const result: { first: number; last: number }[] = [];
  const append = (first: number, last: number): void => {
    const previous = result.at(-1);
    if (previous === undefined || first > previous.last + 1) result.push({ first, last });
    else if (last > previous.last) previous.last = last;
  };
  let at = 0;
  for (const index of added) {
    while (at < set.length && set[at]!.first <= index) {
      append(set[at]!.first, set[at]!.last);
      at++;
    }
    append(index, index);
  }
  for (; at < set.length; at++) append(set[at]!.first, set[at]!.last);
  return result;
}

/** Those indexes of the set that lie below `end`. */
export function indexesBelow(set: IndexIntervals, end: number): IndexIntervals {
  if (set.length === 0 || set.at(-1)!.last < end) return set;
  return set.filter(({ first }) => first < end).map(({ first, last }) => ({ first, last: Math.min(last, end - 1) }));
}

/** How many indexes two sets share. */
export function countShared(a: IndexIntervals, b: IndexIntervals): number {
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i]!;
    const right = b[j]!;
    count += Math.max(0, Math.min(left.last, right.last) - Math.max(left.first, right.first) + 1);
    if (left.last < right.last) i++;
    else j++;
  }
  return count;
}

/** The set as the API writes it: runs of three and more as `a-b`, shorter ones listed. */
export function intervalsText(set: IndexIntervals): string {
  return set
    .map(({ first, last }) =>
      last === first ? `${first}` : last === first + 1 ? `${first},${last}` : `${first}-${last}`,
    )
    .join(',');
}
