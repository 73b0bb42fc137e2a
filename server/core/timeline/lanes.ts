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

/** How many pods lived at each change of their number. */
export function livingPods(pods: readonly PodRun[], until: number): { readonly t: number; readonly n: number }[] {
  const starts = new Float64Array(pods.length);
  const ends = new Float64Array(pods.length);
  for (const [at, pod] of pods.entries()) {
    const { from, to } = podSpan(pod, until);
    starts[at] = from;
    ends[at] = to;
  }
  starts.sort();
  ends.sort();
  const counts: { t: number; n: number }[] = [];
  for (let started = 0, ended = 0; ended < ends.length;) {
    const t = Math.min(starts[started] ?? Infinity, ends[ended]!);
    while (ends[ended] === t) ended++;
    while (starts[started] === t) started++;
    counts.push({ t, n: started - ended });
  }
  return counts;
}

/** The most pods that lived at once. */
export function mostLiving(pods: readonly PodRun[], until: number): number {
  return livingPods(pods, until).reduce((most, { n }) => Math.max(most, n), 0);
}
