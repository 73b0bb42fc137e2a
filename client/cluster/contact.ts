import type { Observation } from '../../server/core/timeline/observed.ts';
import type { ClusterProblem } from './problem.ts';

/** The streams without which a timeline is out of date. */
export type Stream = 'job' | 'pods';

/** Keeps account of when each stream last spoke, and says when the timeline is out of date. */
export interface Contact {
  /** The cluster spoke on this stream. */
  heard(stream: Stream): void;
  /** This stream has a problem. Being allowed to poll only is none: what was polled is current. */
  lost(stream: Stream, problem: ClusterProblem): void;
  /** When the stream last spoke (milliseconds by the server's clock); null before the first word. */
  lastHeard(stream: Stream): number | null;
  /** True while contact is lost. */
  isLost(stream: Stream): boolean;
  /** False just after contact came back: what is heard then happened earlier. */
  isLive(stream: Stream): boolean;
  /** Time goes by: says so to the timeline unless contact is lost. */
  tick(): void;
}

/** So long after contact came back, what comes is what was missed. */
const CATCHING_UP_MILLISECONDS = 1000;

/** @param now the server's clock; `push` takes the observations `contact` and `lost` */
export function contactOf(now: () => number, push: (observation: Observation) => void): Contact {
  const heardAt = new Map<Stream, number>();
  const backAt = new Map<Stream, number>();
  const lost = new Map<Stream, number>();
  return {
    heard(stream) {
      const at = now();
      heardAt.set(stream, at);
      if (!lost.delete(stream)) return;
      backAt.set(stream, at);
      if (lost.size === 0) push({ kind: 'contact', at });
    },
    lost(stream, problem) {
      if (problem.kind === 'forbidden' || lost.has(stream)) return;
      const at = heardAt.get(stream) ?? now();
      lost.set(stream, at);
      push({ kind: 'lost', at });
    },
    lastHeard: (stream) => heardAt.get(stream) ?? null,
    isLost: (stream) => lost.has(stream),
    isLive: (stream) => now() - (backAt.get(stream) ?? -Infinity) > CATCHING_UP_MILLISECONDS,
    tick() {
      if (lost.size === 0 && heardAt.size > 0) push({ kind: 'contact', at: now() });
    },
  };
}
