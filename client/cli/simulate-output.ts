import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { summarizeRuns, type RunOutcome } from '../../server/core/simulation/monte-carlo.ts';
import { costOfHours, costOfRun, costOfRuns } from '../../server/core/simulation/resource-cost.ts';
import type { ResourcePrices } from '../../server/core/kubernetes/resource-prices.ts';
import { cronAsTimeline, cronSentence } from '../../server/core/timeline/cron-picture.ts';
import type { CronTimeline } from '../../server/core/timeline/cron-timeline.ts';
import { cronTraceOfTimeline } from '../../server/core/timeline/cron-trace.ts';
import { summarizeTimeline } from '../../server/core/timeline/summary.ts';
import { drawSvg } from '../../server/core/timeline/svg.ts';
import { podByPod } from '../../server/core/timeline/explanations.ts';
import type { Explanation, Timeline } from '../../server/core/timeline/timeline.ts';
import { lazyTraceOf } from '../../server/core/timeline/trace.ts';
import { jsonPieces } from './json-pieces.ts';
import { textOf } from './simulate-text.ts';

/** One simulated object, and all its runs. */
export type Simulated =
  | { readonly kind: 'Job'; readonly job: Job; readonly timeline: Timeline; readonly runs: readonly RunOutcome[] }
  | {
      readonly kind: 'CronJob';
      readonly cronJob: CronJob;
      readonly timeline: CronTimeline;
      readonly runs: readonly RunOutcome[];
    };

export interface OutputOptions {
  readonly seed: number;
  /** With the timeline of each Job of a CronJob. */
  readonly jobs: boolean;
  readonly prices: ResourcePrices;
  readonly width: number;
  readonly colour: boolean;
  /** A person reads it there: long lines are broken. */
  readonly terminal: boolean;
}

/** As one JSON object; several objects stand in `jobs`. In pieces: a large run is never one text. */
export function* simulatedAsJson(simulated: readonly Simulated[], options: OutputOptions): Generator<string> {
  const several = simulated.length !== 1;
  if (several) yield '{"jobs":[';
  for (const [at, each] of simulated.entries()) {
    if (at > 0) yield ',';
    yield* jsonPieces(jsonOf(each, options));
  }
  yield several ? ']}\n' : '\n';
}

function jsonOf(each: Simulated, { seed, jobs, prices }: OutputOptions): object {
  const many = each.runs.length > 1 ? { monteCarlo: monteCarloOf(each, seed, prices) } : {};
  if (each.kind === 'CronJob') {
    const cost = costOfRuns(each.cronJob, each.timeline, prices);
    return { ...cronTraceOfTimeline(each.timeline, jobs), seed, cost, ...many };
  }
  return {
    ...lazyTraceOf(each.timeline),
    seed,
    summary: summarizeTimeline(each.timeline),
    cost: costOfRun(each.job, each.timeline, prices),
    explanations: explanationsOf(each.timeline),
    ...many,
  };
}

/** The sum of many runs; of a Job each kind of end with what such a run costs on average. */
function monteCarloOf(each: Simulated, seed: number, prices: ResourcePrices): object {
  const sum = summarizeRuns(seed, each.runs);
  if (each.kind === 'CronJob') return sum;
  return { ...sum, ends: sum.ends.map((end) => ({ ...end, cost: costOfHours(each.job, end.podHours, prices) })) };
}

/** Beyond so many pods nobody reads why each was made: their sentences are left out. */
const EXPLAINED_PODS = 1000;

function explanationsOf({ explanations, pods }: Timeline): readonly Explanation[] {
  return pods.length <= EXPLAINED_PODS
    ? podByPod(explanations)
    : explanations.filter(({ about }) => about.kind !== 'pod');
}

/** As text for people. */
export function simulatedAsText(simulated: readonly Simulated[], options: OutputOptions): readonly string[] {
  return [simulated.map((each) => textOf(each, options)).join('\n')];
}

/** As a picture of the first object. */
export function simulatedAsSvg(simulated: readonly Simulated[]): readonly string[] {
  const first = simulated[0];
  if (first === undefined) return [];
  if (first.kind === 'Job') return [drawSvg(first.timeline)];
  const { timeline } = first;
  const rowName = ({ ordinal }: { readonly ordinal: number }): string => `job ${ordinal}`;
  return [drawSvg(cronAsTimeline(timeline), { rowName, sentence: cronSentence(timeline) })];
}
