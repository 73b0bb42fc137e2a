/** Figures of repeated runs, in milliseconds. */
export interface Figures {
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Sorts a copy; throws when there is nothing to look at. */
export function figuresOf(times: readonly number[]): Figures {
  if (times.length === 0) throw new Error('nothing was measured');
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { min: sorted[0]!, median: at(0.5), p95: at(0.95), max: sorted.at(-1)! };
}

/** Runs `work` `warmUps` times without and `runs` times with a clock. */
export async function measure(runs: number, work: () => unknown, warmUps = 3): Promise<Figures> {
  for (let run = 0; run < warmUps; run++) await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return figuresOf(times);
}

/** `0.42 ms`, `1.3 s`. */
export function time(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}

/** One line of figures. */
export function line(name: string, figures: Figures): string {
  return `${name.padEnd(58)} median ${time(figures.median).padStart(8)}   p95 ${time(figures.p95).padStart(8)}   min ${time(figures.min).padStart(8)}`;
}
