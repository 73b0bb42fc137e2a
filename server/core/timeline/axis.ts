import type { Timeline } from './timeline.ts';

const STEPS = [
  ...[1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800],
  ...[3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400, 172_800, 259_200, 345_600, 604_800],
];

/** Round times for an axis from 0 to `until` seconds: at most `most` of them, 0 among them. */
export function axisTicks(until: number, most: number): number[] {
  const wanted = until / Math.max(1, most);
  const step = STEPS.find((each) => each >= wanted) ?? Math.ceil(wanted / 604_800) * 604_800;
  const fine = until < 2 && wanted <= 0.5 ? 0.5 : step;
  return Array.from({ length: Math.floor(until / fine + 1e-9) + 1 }, (_, at) => at * fine);
}

/** How far a drawing of a timeline should reach, in seconds: past its last moment, never 0. */
export function axisEnd({ end, pods, until }: Timeline): number {
  let last = end?.t ?? 0;
  for (const { finished } of pods) last = Math.max(last, finished ?? until);
  return last > 0 ? last : 1;
}
