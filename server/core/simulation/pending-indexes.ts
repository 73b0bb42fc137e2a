/**
 * The completion indexes that want a pod, lowest first, without a walk over all of them: those never tried lie behind a
 * cursor, those that came back (their pod ended or is being deleted) in a small sorted heap.
 */
export interface PendingIndexes {
  /** Notes an index whose pod no longer occupies it. */
  release(index: number): void;
  /**
   * Takes the lowest `count` indexes under `completions` that are pending. What is taken and gets no pod must be
   * released again.
   */
  take(count: number, completions: number, isPending: (index: number) => boolean): number[];
  /** Starts over: after completions changed, any index may be pending again. */
  reset(): void;
}

/** No index is occupied yet. */
export function createPendingIndexes(): PendingIndexes {
  let cursor = 0;
  let released: number[] = [];
  let sorted = true;

  return {
    release(index) {
      if (index >= cursor) return;
      released.push(index);
      sorted = false;
    },
    take(count, completions, isPending) {
      if (!sorted) {
        released.sort((a, b) => a - b);
        sorted = true;
      }
      const taken: number[] = [];
      let used = 0;
      let last = -1;
      for (; used < released.length && taken.length < count; used++) {
        const index = released[used]!;
        if (index === last || index >= completions || !isPending(index)) continue;
        taken.push(index);
        last = index;
      }
      released = released.slice(used);
      for (; cursor < completions && taken.length < count; cursor++) if (isPending(cursor)) taken.push(cursor);
      return taken;
    },
    reset() {
      cursor = 0;
      released = [];
    },
  };
}
