import { sayDuration } from '../kubernetes/duration-words.ts';
import { summarizeTimeline } from '../timeline/summary.ts';
import type { PodRun, Timeline, TimelineEvent } from '../timeline/timeline.ts';
import { lineOf } from './markdown.ts';
import { maskText } from './mask.ts';

/** Rows of a table; a Job of thousands of pods needs a recording, not a table. */
const PODS_SHOWN = 200;
const EVENTS_SHOWN = 200;

/**
 * A run for a pull request or an incident: its end in a sentence, its numbers, its pods and events as Markdown tables.
 * What may be a secret is masked, and nothing in it is markup.
 */
export function runMarkdown(timeline: Timeline): string {
  const safe = maskTimeline(timeline);
  const summary = summarizeTimeline(safe);
  const numbers: readonly (readonly [string, string])[] = [
    ['Time', sayDuration(summary.seconds)],
    ['Pods', String(summary.pods)],
    ['Succeeded', String(summary.succeeded)],
    ['Failed', String(summary.failed)],
    ['Retries', String(summary.retries)],
    ['Restarts in place', String(summary.restarts)],
    ['Most pods at once', String(summary.peak)],
    ['Wasted pod seconds', summary.wastedPodSeconds.toFixed(1)],
  ];
  const { name, namespace } = timeline;
  const sections = [
    `## Job ${lineOf(namespace === undefined ? name : `${namespace}/${name}`)}${timeline.certainty === 'simulated' ? ' (simulated)' : ''}`,
    lineOf(summary.sentence),
    tableOf(
      numbers.map(([title]) => title),
      [numbers.map(([, value]) => value)],
    ),
    `### Pods\n\n${podsOf(safe, 'save the run as a trace to have them all')}`,
    ...(safe.events.length === 0 ? [] : [`### Events\n\n${eventsOf(safe.events)}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A heading and what stands below it. */
export function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

/**
 * The pods as a table, the failed ones first.
 * @param where where those are that are too many to show
 */
export function podsOf({ pods }: Timeline, where: string): string {
  if (pods.length === 0) return 'There are none.';
  // Those that failed are what a report is read for.
  const ordered = [...pods].sort(
    (a, b) => Number(b.phase === 'Failed') - Number(a.phase === 'Failed') || a.ordinal - b.ordinal,
  );
  const rows = ordered.slice(0, PODS_SHOWN).map(podRow);
  const more = pods.length > PODS_SHOWN ? `\n\nAnd ${pods.length - PODS_SHOWN} more; ${where}.` : '';
  const head = ['Pod', 'Index', 'Phase', 'Exit code', 'Reason', 'Created', 'Started', 'Finished', 'Restarts', 'Node'];
  return `Times are seconds since the Job's creation.\n\n${tableOf(head, rows)}${more}`;
}

function podRow(pod: PodRun): string[] {
  const {
    name,
    index,
    phase,
    exitCode,
    reason = '',
    message = '',
    created,
    started,
    finished,
    restarts,
    node = '',
  } = pod;
  const moment = (t: number | null): string => (t === null ? '' : t.toFixed(1));
  return [
    name,
    index === null ? '' : String(index),
    phase,
    exitCode === null ? '' : String(exitCode),
    message === '' ? reason : `${reason}: ${message}`,
    moment(created),
    moment(started),
    moment(finished),
    String(restarts),
    node,
  ];
}

/** The last events as a table. */
export function eventsOf(events: readonly TimelineEvent[]): string {
  if (events.length === 0) return 'There are none (the server forgets events after an hour).';
  const rows = events
    .slice(-EVENTS_SHOWN)
    .map(({ t, type, reason, message, count }) => [t.toFixed(1), type, reason, message, String(count)]);
  return tableOf(['Second', 'Type', 'Reason', 'Message', 'Times'], rows);
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(lineOf).join(' | ')} |`;
  return [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row)].join('\n');
}

/** The timeline with what may be a secret masked. */
export function maskTimeline(timeline: Timeline): Timeline {
  return {
    ...timeline,
    pods: timeline.pods.map((pod) => (pod.message === undefined ? pod : { ...pod, message: maskText(pod.message) })),
    events: timeline.events.map((event) => ({ ...event, message: maskText(event.message) })),
    explanations: timeline.explanations.map((each) => ({ ...each, text: maskText(each.text) })),
    end: timeline.end === null ? null : { ...timeline.end, message: maskText(timeline.end.message) },
  };
}
