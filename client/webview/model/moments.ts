import type { Timeline } from '../../../server/core/timeline/timeline.ts';

/** All times at which something happened, ascending, each once (within a millisecond). */
export function moments(timeline: Timeline): Float64Array {
  const times: number[] = [0];
  for (const pod of timeline.pods) {
    for (const t of [pod.created, pod.started, pod.ready, pod.deleting, pod.finished]) if (t !== null) times.push(t);
  }
  for (const { t } of timeline.statuses) times.push(t);
  for (const { t } of timeline.events) times.push(t);
  for (const { t } of timeline.targets) times.push(t);
  if (timeline.end !== null && timeline.end.outcome !== 'Unfinished') times.push(timeline.end.t);
  const sorted = Float64Array.from(times).sort();
  return sorted.filter((t, position) => position === 0 || t - sorted[position - 1]! > 0.001);
}

/** The first moment after `t`, or null. */
export function nextMoment(sorted: Float64Array, t: number): number | null {
  return sorted[firstAbove(sorted, t + 0.001)] ?? null;
}

/** The last moment before `t`, or null. */
export function previousMoment(sorted: Float64Array, t: number): number | null {
  return sorted[firstAbove(sorted, t - 0.001) - 1] ?? null;
}

function firstAbove(sorted: Float64Array, t: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}
