import * as l10n from '@vscode/l10n';
import type { PanelSummary } from '../../../server/src/protocol/panel.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { summarizeTimeline } from '../../../server/core/timeline/summary.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatDuration, plural } from './duration.ts';
import { targetAt } from './status-at.ts';

/** What the head of the panel says about a run. */
export interface RunSummary {
  readonly tone: 'succeeded' | 'failed' | 'running' | 'unfinished' | 'deleted';
  /** The final condition, or what the run is doing: `Complete`, `Failed`, `Running`, `Unfinished`, `Deleted`. */
  readonly headline: string;
  /** The condition's reason as the API writes it; empty when there is none. */
  readonly reason: string;
  /** One sentence in words. */
  readonly sentence: string;
  /** Seconds to the end, or so far. */
  readonly seconds: number;
  readonly pods: number;
  /** Pods that took the place of one that had not succeeded. */
  readonly retries: number;
  readonly failures: number;
  /** The most pods that were on at the same time. */
  readonly peak: number;
  /** Seconds that pods ran without succeeding, all together. */
  readonly wasted: number;
}

/** Why a Job ended, by the reason of its final condition. */
const reasons: Readonly<Record<string, string>> = {
  CompletionsReached: l10n.t('Every completion that was asked for was reached'),
  SuccessPolicy: l10n.t('The success policy was met, so the rest was not needed'),
  BackoffLimitExceeded: l10n.t('More pods failed than backoffLimit allows'),
  DeadlineExceeded: l10n.t('It ran longer than activeDeadlineSeconds allows'),
  PodFailurePolicy: l10n.t('A pod failed in a way that podFailurePolicy answers with FailJob'),
  FailedIndexes: l10n.t('At least one index failed for good'),
  MaxFailedIndexesExceeded: l10n.t('More indexes failed than maxFailedIndexes allows'),
};

export function summarise(timeline: Timeline): RunSummary {
  const { end, pods } = timeline;
  const seconds = end === null || end.outcome === 'Unfinished' ? timeline.until : end.t;
  const failures = pods.filter((pod) => pod.phase === 'Failed').length;
  const wasted = summarizeTimeline(timeline).wastedPodSeconds;
  const numbers = { seconds, pods: pods.length, retries: retries(timeline), failures, peak: peak(timeline), wasted };
  if (end === null) {
    const suspended = targetAt(timeline, timeline.until)?.suspend === true;
    const waiting = timeline.waits.find((wait) => wait.from <= timeline.until && wait.until > timeline.until);
    const sentence =
      waiting === undefined
        ? suspended
          ? l10n.t('Suspended: no pods run until it is resumed.')
          : l10n.t('Going on since {0}.', formatDuration(seconds))
        : l10n.t('Waiting to retry: the next pod comes at {0}.', formatDuration(waiting.until));
    return { tone: 'running', headline: suspended ? 'Suspended' : 'Running', reason: '', sentence, ...numbers };
  }
  const inWords = reasons[end.reason] ?? end.message;
  switch (end.outcome) {
    case 'Complete':
      return withEnd('succeeded', 'Complete', l10n.t('{0}, after {1}.', inWords, formatDuration(seconds)));
    case 'Failed':
      return withEnd('failed', 'Failed', l10n.t('{0}; it failed after {1}.', inWords, formatDuration(seconds)));
    case 'Deleted':
      return withEnd('deleted', 'Deleted', l10n.t('The Job was deleted after {0}.', formatDuration(seconds)));
    case 'Unfinished':
      return withEnd('unfinished', 'Unfinished', stop(end.message || end.reason || l10n.t('The run did not end')));
  }
  function withEnd(tone: RunSummary['tone'], headline: string, sentence: string): RunSummary {
    return { tone, headline, reason: tone === 'unfinished' ? '' : (end?.reason ?? ''), sentence, ...numbers };
  }
}

function stop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The summary as one line for screen readers and the status of the panel. */
export function summaryLine(name: string, summary: RunSummary): string {
  const parts = [
    plural(summary.pods, l10n.t('{0} pod'), l10n.t('{0} pods')),
    plural(summary.retries, l10n.t('{0} retry'), l10n.t('{0} retries')),
    l10n.t('at most {0} at once', summary.peak),
  ];
  return `${name}: ${summary.headline}${summary.reason === '' ? '' : `, ${summary.reason}`}. ${summary.sentence} ${parts.join(', ')}.`;
}

/** The same of a CronJob's runs. */
export function cronSummary({ runs, until }: CronTimeline): PanelSummary {
  return {
    pods: runs.reduce((sum, { timeline }) => sum + timeline.pods.length, 0),
    runs: runs.length,
    until,
    end: null,
  };
}

/** What the panel tells its host after a drawing. */
export function panelSummary(timeline: Timeline): PanelSummary {
  const { end, until, pods } = timeline;
  return {
    pods: pods.length,
    until,
    end: end === null ? null : { outcome: end.outcome, reason: end.reason, t: end.t },
  };
}

function retries(timeline: Timeline): number {
  if (timeline.completionMode === 'Indexed') return timeline.pods.filter((pod) => pod.attempt > 0).length;
  const failures = timeline.pods
    .filter((pod) => pod.phase !== 'Succeeded' && (pod.finished ?? pod.deleting) !== null)
    .map((pod) => pod.deleting ?? pod.finished ?? Infinity)
    .sort((a, b) => a - b);
  // A pod created after a failure, beyond those that parallelism asked for anyway, stands in for it.
  const completions = targetAt(timeline, timeline.until)?.completions ?? null;
  const later = timeline.pods.filter((pod) => failures.length > 0 && pod.created >= failures[0]!).length;
  const beyond = completions === null ? later : Math.max(0, timeline.pods.length - completions);
  return Math.min(failures.length, later, beyond);
}

/** The most pods between creation and end at any one time. */
function peak(timeline: Timeline): number {
  const changes = timeline.pods.flatMap((pod) => [
    { t: pod.created, by: 1 },
    { t: pod.finished ?? pod.removed ?? Infinity, by: -1 },
  ]);
  changes.sort((a, b) => a.t - b.t || a.by - b.by);
  let on = 0;
  let most = 0;
  for (const { by } of changes) {
    on += by;
    most = Math.max(most, on);
  }
  return most;
}
