import type { PodRun } from '../../server/core/timeline/timeline.ts';

/** A line of a container's log, `t` seconds after the Job's creation. */
export interface DemoLine {
  readonly t: number;
  readonly text: string;
}

/** Seconds between two lines of a container that works. */
const EVERY = 1.5;
/** A container that never ends is not heard of for ever. */
const MOST_LINES = 2_000;

/** What a pod of the demo writes. `until`: how far the run is known, in seconds. */
export function linesOf(pod: PodRun, until: number): DemoLine[] {
  const { started, finished, index, ordinal, exitCode, phase } = pod;
  if (started === null) return [];
  const part = index ?? ordinal;
  const lines: DemoLine[] = [{ t: started, text: `part ${part}: started, attempt ${pod.attempt + 1}` }];
  const end = finished ?? until;
  for (let t = started + EVERY, n = 1; t < end && n < MOST_LINES; t += EVERY, n++)
    lines.push({ t, text: `part ${part}: ${n * 25} photos done` });
  if (finished === null) return lines;
  const last = phase === 'Succeeded' ? 'all done' : `stopping: ${pod.reason ?? 'error'}, exit code ${exitCode ?? 1}`;
  return [...lines, { t: finished, text: `part ${part}: ${last}` }];
}
