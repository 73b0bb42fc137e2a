import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { sayDuration } from '../../server/core/kubernetes/duration-words.ts';
import { summarizeRuns, type RunOutcome } from '../../server/core/simulation/monte-carlo.ts';
import { costOfHours, costOfRun, costOfRuns, type ResourceCost } from '../../server/core/simulation/resource-cost.ts';
import type { ResourcePrices } from '../../server/core/kubernetes/resource-prices.ts';
import { hoursInWords, peakInWords, rounded } from '../../server/core/simulation/cost-words.ts';
import { cronAsTimeline, cronSentence } from '../../server/core/timeline/cron-picture.ts';
import type { CronTimeline } from '../../server/core/timeline/cron-timeline.ts';
import { cronTraceOfTimeline } from '../../server/core/timeline/cron-trace.ts';
import { summarizeTimeline } from '../../server/core/timeline/summary.ts';
import { drawSvg } from '../../server/core/timeline/svg.ts';
import { drawTerminal } from '../../server/core/timeline/terminal.ts';
import { jsonPieces } from './json-pieces.ts';
import { podByPod } from '../../server/core/timeline/explanations.ts';
import type { Explanation, Timeline } from '../../server/core/timeline/timeline.ts';
import { lazyTraceOf } from '../../server/core/timeline/trace.ts';

/** Jobs of a CronJob that the text names: the latest. */
const CRON_ROWS = 40;

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

function textOf(each: Simulated, options: OutputOptions): string {
  const { width, colour } = options;
  if (each.kind === 'CronJob')
    return cronText(each.timeline, options) + costText(costOfRuns(each.cronJob, each.timeline, options.prices));
  return (
    drawTerminal(each.timeline, { width, colour }) +
    notesOf(each.timeline) +
    costText(costOfRun(each.job, each.timeline, options.prices)) +
    manyText(each.runs, options, each.job)
  );
}

/** What the run has to say beside its pods: refused changes, rules that match nothing, … */
function notesOf({ explanations }: Timeline): string {
  const notes = explanations.filter(({ about }) => about.kind === 'job');
  return notes.length === 0 ? '' : `\n${notes.map(({ t, text }) => `${sayDuration(t)}: ${text}`).join('\n')}\n`;
}

function costText(cost: ResourceCost): string {
  const parts = hoursInWords(cost);
  if (parts.length === 0) return '';
  const { wasted, peak, price } = cost;
  return `\nRequests: ${parts.join(', ')} (${Math.round(wasted * 100)} % of them on pods that did not succeed); at most ${peakInWords(peak).join(', ')} at once.${price === null ? '' : ` By the prices given: ${rounded(price)}.`}\n`;
}

function manyText(runs: readonly RunOutcome[], { seed, prices }: OutputOptions, job: Job): string {
  if (runs.length < 2) return '';
  const { ends, seconds, pods, decidedBy } = summarizeRuns(seed, runs);
  const share = (count: number): string => `${((100 * count) / runs.length).toFixed(1).padStart(5)} %`;
  const lines = [
    `${runs.length} runs from seed ${seed}:`,
    ...ends.map(({ outcome, reason, count, podHours }) => {
      const cost = costOfHours(job, podHours, prices);
      const hours = hoursInWords(cost);
      const average = cost.price === null ? hours : [...hours, `at a price of ${rounded(cost.price)}`];
      const words = hours.length === 0 ? '' : ` (on average ${average.join(', ')})`;
      return `${share(count)}  ${outcome} ${reason}${words}`;
    }),
    `time  p50 ${sayDuration(seconds.p50)}, p95 ${sayDuration(seconds.p95)}, worst ${sayDuration(seconds.worst)}`,
    `pods  p50 ${pods.p50}, p95 ${pods.p95}, most ${pods.worst}`,
    ...(decidedBy.length === 0
      ? []
      : [`Failures are decided by ${decidedBy.map(({ field, count }) => `${field} (${count})`).join(', ')}.`]),
  ];
  return `\n${lines.join('\n')}\n`;
}

function cronText(timeline: CronTimeline, { width, colour, jobs }: OutputOptions): string {
  const picture = drawTerminal(cronAsTimeline(timeline), { width, colour, rowName: ({ ordinal }) => `job ${ordinal}` });
  const [, ...lines] = picture.split('\n');
  const origin = Date.parse(timeline.origin);
  const rows = timeline.runs.slice(-CRON_ROWS).map(({ name, slot, created, ended, end, deleted }) => {
    const late = created - slot;
    const parts = [
      new Date(origin + slot * 1000).toISOString().replace('.000Z', 'Z'),
      name,
      end === null
        ? deleted === null
          ? 'goes on'
          : 'deleted unfinished'
        : `${end} after ${sayDuration((ended ?? created) - created)}`,
      ...(late >= 1 ? [`${sayDuration(late)} late`] : []),
    ];
    return parts.join('  ');
  });
  const left = timeline.runs.length - rows.length;
  if (left > 0) rows.unshift(`… ${left} before`);
  const notes = timeline.explanations.map(({ t, text }) => `${sayDuration(t)}: ${text}`).slice(-CRON_ROWS);
  const inside = jobs ? timeline.runs.map((run) => `\n${drawTerminal(run.timeline, { width, colour })}`).join('') : '';
  return `${[`${timeline.name}  ${cronSentence(timeline)}`, ...lines].join('\n').trimEnd()}\n\n${rows.join('\n')}\n\n${notes.join('\n')}\n${inside}`;
}

/** As a picture of the first object. */
export function simulatedAsSvg(simulated: readonly Simulated[]): readonly string[] {
  const first = simulated[0];
  if (first === undefined) return [];
  if (first.kind === 'Job') return [drawSvg(first.timeline)];
  return [drawSvg(cronAsTimeline(first.timeline), { rowName: ({ ordinal }) => `job ${ordinal}` })];
}
