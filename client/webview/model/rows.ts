import type { BackoffWait, PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { podEndTime } from './segments.ts';

/** One row of the picture: a pod, or an index with all its attempts beside each other. */
export interface Row {
  /** Short text of the left gutter: the index, or the pod's own part of its name. */
  readonly label: string;
  /** Completion index; null in a NonIndexed Job. */
  readonly index: number | null;
  /** In order of creation. */
  readonly pods: readonly PodRun[];
  /** For each pod the lane within the row, 0-based: attempts that overlap in time lie under each other. */
  readonly laneOfPod: readonly number[];
  readonly lanes: number;
  /** Stretches in which this row waits for its next pod. */
  readonly waits: readonly BackoffWait[];
}

/** How much later than the end of a wait a pod may appear and still be the one that was waited for, in seconds. */
const awaitedWithin = 1.6;

/**
 * Rows in order of creation: one for each pod of a NonIndexed Job, or where the person wants it so; else one for each
 * index, in its order. Indexes that never had a pod have no row.
 */
export function layoutRows(timeline: Timeline, rowsBy: 'index' | 'pod' = 'index'): readonly Row[] {
  const pods = [...timeline.pods].sort((a, b) => a.created - b.created || a.ordinal - b.ordinal);
  if (timeline.completionMode === 'NonIndexed' || rowsBy === 'pod') {
    const awaited = podsAwaited(pods, timeline.waits);
    return pods.map((pod) => ({
      label: pod.index === null ? podLabel(timeline.name, pod) : `${pod.index}/${pod.attempt}`,
      index: pod.index,
      pods: [pod],
      laneOfPod: [0],
      lanes: 1,
      waits: (awaited.get(pod) ?? []).filter(({ index }) => index === null || index === pod.index),
    }));
  }
  const byIndex = new Map<number, PodRun[]>();
  for (const pod of pods) {
    const index = pod.index ?? -1;
    const attempts = byIndex.get(index);
    if (attempts === undefined) byIndex.set(index, [pod]);
    else attempts.push(pod);
  }
  const waitsOfIndex = new Map<number, BackoffWait[]>();
  for (const wait of timeline.waits) {
    if (wait.index !== null) waitsOfIndex.set(wait.index, [...(waitsOfIndex.get(wait.index) ?? []), wait]);
  }
  const awaited = podsAwaited(
    pods,
    timeline.waits.filter((wait) => wait.index === null),
  );
  return [...byIndex.entries()]
    .sort(([a], [b]) => a - b)
    .map(([index, attempts]) => ({
      label: index < 0 ? '?' : String(index),
      index: index < 0 ? null : index,
      pods: attempts,
      ...lanes(attempts),
      waits: [
        ...(waitsOfIndex.get(index) ?? []),
        ...attempts.slice(1).flatMap((pod, position) => {
          const before = podEndTime(attempts[position]!);
          return (awaited.get(pod) ?? []).filter((wait) => before !== null && before <= wait.until);
        }),
      ],
    }));
}

/** Waits of the whole Job, by the first pods that appear when they are over. */
function podsAwaited(pods: readonly PodRun[], waits: readonly BackoffWait[]): Map<PodRun, BackoffWait[]> {
  const found = new Map<PodRun, BackoffWait[]>();
  let position = 0;
  for (const wait of [...waits].sort((a, b) => a.until - b.until)) {
    while (position < pods.length && pods[position]!.created < wait.until - 0.05) position += 1;
    const first = pods[position];
    if (first === undefined || first.created > wait.until + awaitedWithin) continue;
    for (let n = position; n < pods.length && pods[n]!.created <= first.created + 0.05; n += 1) {
      found.set(pods[n]!, [...(found.get(pods[n]!) ?? []), wait]);
    }
  }
  return found;
}

function lanes(pods: readonly PodRun[]): { readonly laneOfPod: readonly number[]; readonly lanes: number } {
  const freeFrom: number[] = [];
  const laneOfPod = pods.map((pod) => {
    const free = freeFrom.findIndex((t) => t <= pod.created);
    const lane = free === -1 ? freeFrom.length : free;
    freeFrom[lane] = podEndTime(pod) ?? Infinity;
    return lane;
  });
  return { laneOfPod, lanes: Math.max(1, freeFrom.length) };
}

/** The part of a pod's name that tells it from its siblings, or its number. */
export function podLabel(jobName: string, pod: PodRun): string {
  const own = pod.name.startsWith(`${jobName}-`) ? pod.name.slice(jobName.length + 1) : '';
  return own === '' ? String(pod.ordinal) : own;
}

/** How many indexes of an Indexed Job never had a pod, or null where that means nothing. */
export function indexesWithoutPod(timeline: Timeline, rows: readonly Row[]): number | null {
  const completions = timeline.targets.at(-1)?.completions ?? null;
  if (timeline.completionMode !== 'Indexed' || completions === null) return null;
  return Math.max(0, completions - new Set(rows.flatMap(({ index }) => index ?? [])).size);
}

/** Where each pod (by ordinal) lies: the row's number. */
export function rowOfPod(rows: readonly Row[]): ReadonlyMap<number, number> {
  return new Map(rows.flatMap((row, number) => row.pods.map((pod) => [pod.ordinal, number] as const)));
}
