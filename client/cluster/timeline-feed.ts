import { observe, UNOBSERVED, type Observation, type ObservedRun } from '../../server/core/timeline/observed.ts';

export interface TimelineFeed {
  readonly run: ObservedRun;
  /** Takes an observation in; a timeline follows soon. */
  push(observation: Observation): void;
  /** What goes with the timeline changed: it is handed out again soon. */
  touch(): void;
  /** Hands the latest timeline out now. */
  flush(): void;
  /** No timeline follows any more. */
  close(): void;
}

/**
 * A timeline of thousands of pods is megabytes that the next one replaces: made ten times a second, it fills memory
 * faster than it is cleaned. So it is made the less often the more pods there are, which no eye sees.
 */
const MILLISECONDS_FOR_A_POD = 0.1;
const LONGEST_MILLISECONDS = 2000;

/**
 * Gathers observations and hands timelines out: the first at once, then not more often than every `throttle`
 * milliseconds, for large Jobs less often, and where a timeline takes long to make, not more than a fifth of the time.
 *
 * @param emit gets the run, of which timeline and snapshot are made
 */
export function timelineFeed(throttle: number, emit: (run: ObservedRun) => void): TimelineFeed {
  let run = UNOBSERVED;
  let waiting: Observation[] = [];
  let timer: NodeJS.Timeout | null = null;
  let last = -Infinity;
  let cost = 0;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const begun = performance.now();
    run = observe(run, waiting);
    waiting = [];
    if (run.job !== null) emit(run);
    last = performance.now();
    cost = last - begun;
  };
  const touch = (): void => {
    const pace = Math.min(throttle + run.pods.size * MILLISECONDS_FOR_A_POD, LONGEST_MILLISECONDS);
    const due = last + Math.max(pace, cost * 5) - performance.now();
    timer ??= setTimeout(flush, Math.max(0, due));
  };
  return {
    get run() {
      return run;
    },
    push(observation) {
      waiting.push(observation);
      touch();
    },
    touch,
    flush,
    close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
