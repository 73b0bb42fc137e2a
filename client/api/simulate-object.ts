import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { DEFAULT_UNTIL, simulateJob } from '../../server/core/simulation/simulate.ts';
import { simulateCronJob } from '../../server/core/simulation/simulate-cronjob.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import type { CronTimeline } from '../../server/core/timeline/cron-timeline.ts';
import { summarizeTimeline } from '../../server/core/timeline/summary.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';

/** Seconds for which a CronJob is followed where nobody says: a day. */
const CRON_JOB_UNTIL = 86_400;

export interface SimulationWishes {
  /** What a scenario file says, as data (docs/scenario.md); all pods run 4 s and succeed where it is missing. */
  readonly scenario?: unknown;
  /** Seed of all random draws, 0 where not given. */
  readonly seed?: number;
  /** Seconds after which a run that has not ended is cut. */
  readonly until?: number;
}

export type Simulated =
  | { readonly kind: 'Job'; readonly name: string; readonly timeline: Timeline }
  | { readonly kind: 'CronJob'; readonly name: string; readonly runs: CronTimeline };

/** Plays a Job or CronJob as written. Throws an `Error` that says what is wrong with the scenario. */
export function simulateObject(
  kind: 'Job' | 'CronJob',
  name: string,
  object: Job | CronJob,
  { scenario: wished, seed = 0, until }: SimulationWishes,
): Simulated {
  const { scenario, problems } = parseScenario(wished);
  if (problems[0] !== undefined) throw new Error(`The scenario cannot be used: ${sayProblem(problems[0])}`);
  if (kind === 'Job') {
    return { kind, name, timeline: simulateJob(object as Job, scenario, { seed, until: until ?? DEFAULT_UNTIL }) };
  }
  return { kind, name, runs: simulateCronJob(object as CronJob, scenario, { seed, until: until ?? CRON_JOB_UNTIL }) };
}

/** A simulation in sentences: how each Job ends, when, and what it took. */
export function saySimulated(simulated: Simulated): string {
  if (simulated.kind === 'Job') return sayTimeline(simulated.timeline);
  const { runs } = simulated.runs;
  const first = runs[0];
  const said = `${simulated.name}: ${runs.length} runs within the time that was simulated.`;
  return first === undefined ? said : `${said} The first: ${sayTimeline(first.timeline)}`;
}

function sayTimeline(timeline: Timeline): string {
  const { sentence, seconds, pods, failed, retries, peak } = summarizeTimeline(timeline);
  const reasons = timeline.end?.reason === undefined ? '' : ` (${timeline.end.reason})`;
  return `${timeline.name}: ${sentence}${reasons} ${pods} pods in ${Math.round(seconds)} s, at most ${peak} at once; ${failed} failed, ${retries} were retries.`;
}

function sayProblem({ path, message }: { readonly path: string; readonly message: string }): string {
  return path === '' ? message : `${path}: ${message}`;
}
