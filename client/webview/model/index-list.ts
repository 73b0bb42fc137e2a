/**
 * The numbers that an index list of the Job's status names (`0,2-5`), each below `limit`; what cannot be read is left
 * out. Used on what a cluster or the simulator wrote, so it forgives where the manifest's validation would not.
 */
export function readIndexList(text: string | undefined, limit: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const part of (text ?? '').split(',')) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    if (range === null) continue;
    const last = Math.min(Number(range[2] ?? range[1]), limit - 1);
    for (let index = Number(range[1]); index <= last; index += 1) found.add(index);
  }
  return found;
}
