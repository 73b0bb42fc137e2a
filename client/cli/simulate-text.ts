import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import type { ResourcePrices } from '../../server/core/kubernetes/resource-prices.ts';
import { sayDuration } from '../../server/core/kubernetes/duration-words.ts';
import { sayTime } from '../../server/core/kubernetes/next-runs.ts';
import { summarizeRuns, type RunOutcome } from '../../server/core/simulation/monte-carlo.ts';
import { costOfHours, costOfRun, costOfRuns, type ResourceCost } from '../../server/core/simulation/resource-cost.ts';
import { hoursInWords, peakInWords, rounded } from '../../server/core/simulation/cost-words.ts';
import { cronAsTimeline, cronSentence } from '../../server/core/timeline/cron-picture.ts';
import type { CronRun, CronTimeline } from '../../server/core/timeline/cron-timeline.ts';
import { drawTerminal, drawTerminalRows } from '../../server/core/timeline/terminal.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import type { OutputOptions, Simulated } from './simulate-output.ts';
import { wrapped } from './wrap.ts';

/** Jobs of a CronJob that the text names, and reasons that it gives: the latest. */
const CRON_ROWS = 40;

/** One object as text for people, in lines of at most the terminal's width. */
export function textOf(each: Simulated, options: OutputOptions): string {
  const parts =
    each.kind === 'CronJob'
      ? [
          cronText(each.timeline, options),
          costText(costOfRuns(each.cronJob, each.timeline, options.prices)),
          manyText(each.runs, options, null),
        ]
      : [
          drawTerminal(each.timeline, options).trimEnd(),
          notesOf(each.timeline),
          costText(costOfRun(each.job, each.timeline, options.prices)),
          manyText(each.runs, options, each.job),
        ];
  const [picture = '', ...texts] = parts.filter((part) => part !== '');
  return `${[picture, ...texts.map((text) => inLines(text, options))].join('\n\n')}\n`;
}

/** Each line of a text in lines that fit a terminal; what goes on stands a little to the right. Piped lines stay whole. */
function inLines(text: string, { width, terminal }: OutputOptions): string {
  if (!terminal) return text;
  return text
    .split('\n')
    .map((line) => wrapped(line, width, 0, 4))
    .join('\n');
}

/** What the run has to say beside its pods: refused changes, rules that match nothing, … */
function notesOf({ explanations }: Timeline): string {
  const notes = explanations.filter(({ about }) => about.kind === 'job');
  return notes.map(({ t, text }) => `${sayDuration(t)}: ${text}`).join('\n');
}

function costText(cost: ResourceCost): string {
  const parts = hoursInWords(cost);
  if (parts.length === 0) return '';
  const { wasted, peak, price } = cost;
  const lost = wasted === 0 ? '' : ` (${Math.round(wasted * 100)} % of them on pods that did not succeed)`;
  const paid = price === null ? '' : ` By the prices given: ${rounded(price)}.`;
  return `Requests: ${parts.join(', ')}${lost}; at most ${peakInWords(peak).join(', ')} at once.${paid}`;
}

/** The sum of many runs; of a CronJob (`job` null) each as the worst of its Jobs, the time that of the longest. */
function manyText(runs: readonly RunOutcome[], { seed, prices }: OutputOptions, job: Job | null): string {
  if (runs.length < 2) return '';
  const { ends, seconds, pods, decidedBy } = summarizeRuns(seed, runs);
  const share = (count: number): string => `${((100 * count) / runs.length).toFixed(1).padStart(5)} %`;
  const lines = [
    `${runs.length} runs from seed ${seed}${job === null ? ', each by its worst Job' : ''}:`,
    ...ends.map(({ outcome, reason, count, podHours }) => {
      const words = job === null ? '' : averageCost(job, podHours, prices);
      return `${share(count)}  ${outcome} ${reason}${words}`;
    }),
    `time  p50 ${sayDuration(seconds.p50)}, p95 ${sayDuration(seconds.p95)}, worst ${sayDuration(seconds.worst)}`,
    `pods  p50 ${pods.p50}, p95 ${pods.p95}, most ${pods.worst}`,
    ...(decidedBy.length === 0
      ? []
      : [`Failures are decided by ${decidedBy.map(({ field, count }) => `${field} (${count})`).join(', ')}.`]),
  ];
  return lines.join('\n');
}

function averageCost(job: Job, podHours: number, prices: ResourcePrices): string {
  const cost = costOfHours(job, podHours, prices);
  const hours = hoursInWords(cost);
  const average = cost.price === null ? hours : [...hours, `at a price of ${rounded(cost.price)}`];
  return hours.length === 0 ? '' : ` (on average ${average.join(', ')})`;
}

function cronText(timeline: CronTimeline, options: OutputOptions): string {
  const { jobs } = options;
  const { name, origin, timeZone, runs } = timeline;
  const rowName = ({ ordinal }: { readonly ordinal: number }): string => `job ${ordinal}`;
  const clock = (t: number): string => sayTime(Math.floor(Date.parse(origin) / 1000 + t), timeZone);
  const rows = runs.slice(-CRON_ROWS).map((run, at) => {
    const ordinal = Math.max(0, runs.length - CRON_ROWS) + at;
    return `${rowName({ ordinal }).padEnd(7)} ${clock(run.slot)}  ${run.name}  ${endOfRun(run)}`;
  });
  const left = runs.length - rows.length;
  const table = [`Times are those of ${timeZone}.`, ...(left > 0 ? [`… ${left} before`] : []), ...rows];
  // That a slot makes a Job is what the rows say already; and the controller gives the same reason each time it looks.
  const told = new Map<string, string>();
  for (const { t, text, field } of timeline.explanations)
    if (field !== 'spec.schedule' && !told.has(text)) told.set(text, `${clock(t)}: ${text}`);
  const sections = [
    inLines(`${name}  ${cronSentence(timeline)}`, options),
    runs.length === 0 ? '' : drawTerminalRows(cronAsTimeline(timeline), { ...options, rowName }),
    runs.length === 0 ? '' : inLines(table.join('\n'), options),
    inLines([...told.values()].slice(-CRON_ROWS).join('\n'), options),
    ...(jobs ? runs.map((run) => drawTerminal(run.timeline, options).trimEnd()) : []),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

/** How one of its Jobs ended. */
function endOfRun({ slot, created, ended, end, deleted }: CronRun): string {
  const [type = '', reason = ''] = (end ?? '').split(':');
  const lasted = sayDuration((ended ?? created) - created);
  const late = created - slot >= 1 ? `, ${sayDuration(created - slot)} late` : '';
  if (end === null) return `${deleted === null ? 'goes on' : 'deleted unfinished'}${late}`;
  return `${type === 'Complete' ? 'complete' : 'failed'} after ${lasted}${type === 'Complete' ? '' : `, ${reason}`}${late}`;
}
