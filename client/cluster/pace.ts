import type { ClusterProblem } from './problem.ts';

/** How long a watch waits for what, in seconds, and where its randomness comes from. */
export interface Pace {
  /** Greatest wait before the first retry. */
  readonly base: number;
  /** Greatest wait before any retry. */
  readonly cap: number;
  /** Without a byte for so long a watch counts as half-open; the server sends a bookmark about once a minute. */
  readonly idle: number;
  /** Least time after which the server is asked to close a watch; up to half as much again is added at random. */
  readonly watch: number;
  /** Between two lists where watching is forbidden. */
  readonly poll: number;
  /** In [0, 1). */
  readonly random: () => number;
}

export const DEFAULT_PACE: Pace = { base: 0.5, cap: 30, idle: 90, watch: 240, poll: 5, random: () => Math.random() };

/**
 * Seconds to wait before the n-th retry in a row (1-based): doubling up to the cap, the upper half of it at random, so
 * that many watches do not come back at once. Never less than what the server asked for.
 */
export function retryDelay(pace: Pace, failures: number, problem: ClusterProblem | null): number {
  const full = Math.min(pace.cap, pace.base * 2 ** Math.min(failures - 1, 30));
  return Math.max(full * (0.5 + pace.random() / 2), problem?.retryAfter ?? 0);
}

/** Resolves after so many seconds, or at once when the signal aborts. */
export function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal.addEventListener('abort', end, { once: true });
  });
}
