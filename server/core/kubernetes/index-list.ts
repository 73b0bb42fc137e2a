import { quoteText } from './text.ts';

/** A stretch of completion indexes, both ends included, 0-based. */
export interface IndexInterval {
  readonly first: number;
  readonly last: number;
}

export interface IndexList {
  readonly intervals: readonly IndexInterval[];
  /** How many indexes the list names. */
  readonly total: number;
}

/** Why a text is no index list, in the server's words. */
export interface IndexListProblem {
  readonly problem: string;
}

/**
 * Reads an index list such as `0,2-4`, as in `succeededIndexes` and `status.completedIndexes`: strictly increasing,
 * each index below `completions`, no spaces. The empty text names no index.
 */
export function parseIndexList(text: string, completions: number): IndexList | IndexListProblem {
  if (text === '') return { intervals: [], total: 0 };
  const intervals: IndexInterval[] = [];
  let previous: number | null = null;
  let total = 0;
  for (const part of text.split(',')) {
    const interval = parseInterval(part, completions);
    if ('problem' in interval) return interval;
    if (previous !== null && previous >= interval.first) return notIncreasing(previous, interval.first);
    intervals.push(interval);
    total += interval.last - interval.first + 1;
    previous = interval.last;
  }
  return { intervals, total };
}

function parseInterval(text: string, completions: number): IndexInterval | IndexListProblem {
  const limits = text.split('-');
  if (limits.length > 2)
    return {
      problem: `the fragment ${quoteText(text)} violates the requirement that an index interval can have at most two parts separated by '-'`,
    };
  const first = parseIndex(limits[0]!, completions);
  if (typeof first !== 'number') return first;
  if (limits.length === 1) return { first, last: first };
  const last = parseIndex(limits[1]!, completions);
  if (typeof last !== 'number') return last;
  return first < last ? { first, last } : notIncreasing(first, last);
}

function parseIndex(text: string, completions: number): number | IndexListProblem {
  // A plus sign is legal to the server's number parser; a minus cannot get here, it splits intervals.
  if (!/^\+?[0-9]+$/.test(text) || BigInt(text.replace('+', '')) > 2n ** 63n - 1n)
    return { problem: `cannot convert string to integer for index: ${quoteText(text)}` };
  const index = Number(text);
  return index < completions ? index : { problem: `too large index: ${quoteText(text)}` };
}

function notIncreasing(previous: number, current: number): IndexListProblem {
  return { problem: `non-increasing order, previous: ${previous}, current: ${current}` };
}

/**
 * Writes indexes as the Job controller does: runs of three and more as `a-b`, shorter ones listed (`0,1`, `1,3-5,7`).
 * Takes them sorted and without repeats.
 */
export function formatIndexList(indexes: Iterable<number>): string {
  const parts: string[] = [];
  let first = -1;
  let last = -1;
  const flush = (): void => {
    if (first < 0) return;
    if (last - first >= 2) parts.push(`${first}-${last}`);
    else for (let index = first; index <= last; index++) parts.push(String(index));
  };
  for (const index of indexes) {
    if (first >= 0 && index === last + 1) {
      last = index;
      continue;
    }
    flush();
    first = last = index;
  }
  flush();
  return parts.join(',');
}

/** Every index of a list, in order. */
export function indexesOf(list: IndexList): number[] {
  return list.intervals.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
}
