import type { JobStatus, Timeline } from '../../../server/core/timeline/timeline.ts';

/** The numbers of a Job's status that are drawn over time. */
export const countNames = ['active', 'ready', 'succeeded', 'failed', 'terminating'] as const;
export type CountName = (typeof countNames)[number];

/** A number that holds from `t` (seconds) until the next point. */
export interface CountPoint {
  readonly t: number;
  readonly value: number;
}

export interface CountSeries {
  readonly name: CountName;
  readonly points: readonly CountPoint[];
}

/** One step line for each count that is ever above zero, `active` and `succeeded` always. */
export function countSeries(timeline: Timeline): readonly CountSeries[] {
  return countNames
    .map((name) => ({ name, points: steps(timeline, (status) => status[name] ?? 0) }))
    .filter(({ name, points }) => name === 'active' || name === 'succeeded' || points.some((point) => point.value > 0));
}

/** Parallelism and completions as step lines; completions is empty for a work queue. */
export function targetSeries(timeline: Timeline): {
  readonly parallelism: readonly CountPoint[];
  readonly completions: readonly CountPoint[];
} {
  return {
    parallelism: timeline.targets.map(({ t, parallelism, suspend }) => ({ t, value: suspend ? 0 : parallelism })),
    completions: timeline.targets.flatMap(({ t, completions }) =>
      completions === null ? [] : [{ t, value: completions }],
    ),
  };
}

function steps(timeline: Timeline, read: (status: JobStatus) => number): readonly CountPoint[] {
  const points: CountPoint[] = [{ t: 0, value: 0 }];
  for (const { t, status } of timeline.statuses) {
    const value = 'deleted' in status ? 0 : read(status);
    if (points.at(-1)!.value !== value) points.push({ t, value });
  }
  return points;
}

/** One scale with its lines and targets. */
export interface CountPanel {
  readonly names: readonly CountName[];
  readonly targets: readonly ('parallelism' | 'completions')[];
  /** The top of the scale. */
  readonly ceiling: number;
}

/** How many times higher the sums must be than what is on at once for both to get a scale of their own. */
const apart = 6;

/**
 * What is on at once and what has ended, on one scale; on two where the one would be flat beside the other (10,000
 * completions, 200 at a time).
 */
export function countPanels(timeline: Timeline): readonly CountPanel[] {
  const series = countSeries(timeline);
  const targets = targetSeries(timeline);
  const top = (names: readonly CountName[], target: readonly CountPoint[]): number => {
    const lines = series.filter(({ name }) => names.includes(name)).flatMap(({ points }) => points);
    const highest = lines.reduce((most, { value }) => Math.max(most, value), 1);
    const wanted = target.reduce((most, { value }) => Math.max(most, value), 1);
    // A target far above everything that happened does not flatten the rest.
    return wanted <= highest * 5 ? Math.max(highest, wanted) : highest;
  };
  const now: readonly CountName[] = ['active', 'ready', 'terminating'];
  const sums: readonly CountName[] = ['succeeded', 'failed'];
  const ceilings = [top(now, targets.parallelism), top(sums, targets.completions)] as const;
  if (ceilings[1] > ceilings[0] * apart) {
    return [
      { names: now, targets: ['parallelism'], ceiling: ceilings[0] },
      { names: sums, targets: ['completions'], ceiling: ceilings[1] },
    ];
  }
  return [{ names: countNames, targets: ['completions', 'parallelism'], ceiling: Math.max(...ceilings) }];
}

/** Whole-number ticks from 0 to at least `ceiling`, about `wanted` of them. */
export function countTicks(ceiling: number, wanted: number): readonly number[] {
  const rough = Math.max(1, ceiling / Math.max(1, wanted));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough - 1e-9) ?? 1;
  const ticks: number[] = [];
  for (let value = 0; value <= ceiling + 1e-9; value += Math.max(1, Math.round(step))) ticks.push(value);
  return ticks;
}
