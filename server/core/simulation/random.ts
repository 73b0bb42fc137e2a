/** Draws numbers from a seed; the same seed draws the same numbers everywhere. */
export type Random = () => number;

/** Mixes integers into one 32-bit number, so that neighbouring seeds and ordinals draw unrelated numbers. */
export function mixSeed(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** A generator of numbers from 0 (included) to 1 (excluded). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A draw from the standard normal distribution (mean 0, deviation 1). */
export function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** How many deviations the 95th percentile of a normal distribution lies above its median. */
const P95_DEVIATIONS = 1.6448536269514722;

/** A draw from the log-normal distribution with this median and 95th percentile. */
export function drawLogNormal(random: Random, p50: number, p95: number): number {
  if (p50 <= 0) return 0;
  const deviation = Math.log(Math.max(p95, p50) / p50) / P95_DEVIATIONS;
  return p50 * Math.exp(deviation * drawNormal(random));
}
