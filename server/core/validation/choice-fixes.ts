import type { Fix } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import { segmentKey } from '../manifest/path.ts';

/** More edits than this and a value is another word, not a slip of the pen. */
const MOST_SLIPS = 3;
/** Enough for anything written by hand; keeps hostile manifests cheap. */
const MOST_CHOICES = 100;
const MOST_OFFERED = 10;
const LONGEST_WORD = 100;

/**
 * Ways to replace a value by one of the few that are allowed: the one that it most resembles is preferred; with no
 * resemblance all are offered and none is preferred.
 */
export function choiceFixes(path: FieldPath, value: unknown, choices: readonly string[]): readonly Fix[] {
  const named = choices.slice(0, MOST_CHOICES).filter((choice) => choice !== '');
  const nearest = typeof value === 'string' ? nearestChoice(value, named) : null;
  const field = String(segmentKey(path.at(-1) ?? ''));
  const change = (choice: string): Fix => ({
    title: typeof segmentKey(path.at(-1) ?? '') === 'number' ? `Change to ${choice}` : `Change ${field} to ${choice}`,
    edits: [{ kind: 'set', path, value: choice }],
  });
  if (nearest !== null) return [{ ...change(nearest), preferred: true }];
  return named.slice(0, MOST_OFFERED).map(change);
}

/** The choice that differs from `value` only in case, spaces or a few letters; null when none does. */
export function nearestChoice(value: string, choices: readonly string[]): string | null {
  const plain = plainOf(value);
  if (plain === '' || plain.length > LONGEST_WORD) return null;
  let best: string | null = null;
  let least = Math.min(MOST_SLIPS, Math.floor(plain.length / 3)) + 1;
  for (const choice of choices.slice(0, MOST_CHOICES)) {
    const slips = editDistance(plain, plainOf(choice), least);
    if (slips >= least) continue;
    best = choice;
    least = slips;
  }
  return best;
}

function plainOf(word: string): string {
  return word.trim().toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Letters to insert, remove, replace or swap to turn `a` into `b`; `limit` when it is that many or more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    const previous = rows[row - 1]!;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(previous[column - 1]! + (same ? 0 : 1), previous[column]! + 1, current[column - 1]! + 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, rows[row - 2]![column - 2]! + 1);
      current.push(least);
    }
    rows.push(current);
  }
  return Math.min(rows[a.length]![b.length]!, limit);
}
