import type { PodRun } from './timeline.ts';

/** When a pod occupies its row, in seconds. */
export function podSpan(pod: PodRun, until: number): { readonly from: number; readonly to: number } {
  return { from: pod.created, to: Math.max(pod.finished ?? pod.removed ?? until, pod.created) };
}

/**
 * Packs pods into as few rows as possible so that none overlap, in order of creation: at most as many rows as pods
 * lived at once. Takes n log n steps.
 */
export function packLanes(pods: readonly PodRun[], until: number): PodRun[][] {
  const lanes: PodRun[][] = [];
  /** Rows by the time at which they are free, as a heap. */
  const free: { at: number; lane: number }[] = [];
  const before = (a: { at: number; lane: number }, b: { at: number; lane: number }): boolean =>
    a.at < b.at || (a.at === b.at && a.lane < b.lane);
  const sift = (): void => {
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < free.length && before(free[child]!, free[least]!)) least = child;
      if (least === at) return;
      [free[at], free[least]] = [free[least]!, free[at]!];
      at = least;
    }
  };
  for (const pod of [...pods].sort((a, b) => a.created - b.created || a.ordinal - b.ordinal)) {
    const { from, to } = podSpan(pod, until);
    const first = free[0];
    if (first !== undefined && first.at <= from) {
      lanes[first.lane]!.push(pod);
      first.at = to;
      sift();
      continue;
    }
    lanes.push([pod]);
    free.push({ at: to, lane: lanes.length - 1 });
    for (let at = free.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!before(free[at]!, free[parent]!)) break;
      [free[at], free[parent]] = [free[parent]!, free[at]!];
      at = parent;
    }
  }
  return lanes;
}

/** The most pods that lived at once, and how many lived at each change. */
export function livingPods(pods: readonly PodRun[], until: number): { readonly t: number; readonly n: number }[] {
  const changes = pods
    .flatMap((pod) => {
      const { from, to } = podSpan(pod, until);
      return [
        { t: from, by: 1 },
        { t: to, by: -1 },
      ];
    })
    .sort((a, b) => a.t - b.t || a.by - b.by);
  const counts: { t: number; n: number }[] = [];
  let n = 0;
  for (const { t, by } of changes) {
    n += by;
    const last = counts.at(-1);
    if (last?.t === t) last.n = n;
    else counts.push({ t, n });
  }
  return counts;
}
