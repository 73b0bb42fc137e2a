import assert from 'node:assert/strict';

/**
 * Fails for work that grows faster than what it is given: four times as much may take eight times as long (where time
 * grows with the square, it is sixteen times). No absolute time: a slow machine is slow for both; the quickest of three
 * runs counts, so one that stands still for a moment does no harm.
 */
export function assertLinear(size: number, work: (size: number) => unknown): void {
  const quickest = (amount: number): number =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const started = performance.now();
        work(amount);
        return performance.now() - started;
      }),
    );
  quickest(size);
  const few = quickest(size);
  const many = quickest(4 * size);
  assert.ok(many < 8 * few, `${few.toFixed(2)} ms for ${size}, ${many.toFixed(2)} ms for ${4 * size}`);
}
