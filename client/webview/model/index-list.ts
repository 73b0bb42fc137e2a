/**
 * The stretches that an index list of the Job's status names (`0,2-5`), first and last included, each below `limit`;
 * what cannot be read is left out. Used on what a cluster or the simulator wrote, so it forgives where the manifest's
 * validation would not.
 */
export function readIndexRanges(text: string | undefined, limit: number): readonly (readonly [number, number])[] {
  return (text ?? '').split(',').flatMap((part) => {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (range === null) return [];
    const [first, last] = [Number(range[1]), Math.min(Number(range[2] ?? range[1]), limit - 1)];
    return first <= last ? [[first, last] as const] : [];
  });
}

/** The same, number by number. */
export function readIndexList(text: string | undefined, limit: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [first, last] of readIndexRanges(text, limit))
    for (let index = first; index <= last; index += 1) found.add(index);
  return found;
}
