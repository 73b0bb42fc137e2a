import * as l10n from '@vscode/l10n';
import { diagnose } from '../../../server/core/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../server/core/diagnosis/diagnosis.ts';
import { sayDuration } from '../../../server/core/kubernetes/duration-words.ts';
import { jobProgress } from '../../../server/core/timeline/job-progress.ts';
import { jobState, type JobState } from '../../../server/core/timeline/job-state.ts';
import type { ClusterEvent, Pod } from '../../../server/core/timeline/observed-objects.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { jobCondition } from '../../../server/core/timeline/observed-status.ts';
import { ageWords, failedWords, forWords, progressWords, tookWords } from './row-words.ts';
import { ago, BAD, GOOD, WARNING, WORKING, type Icon, type Row } from './row.ts';

export const JOB_ICONS: Readonly<Record<JobState, Icon>> = {
  Running: { name: 'play-circle', color: WORKING },
  SuccessCriteriaMet: { name: 'pass', color: WORKING },
  Complete: { name: 'pass', color: GOOD },
  Failed: { name: 'error', color: BAD },
  FailureTarget: { name: 'error', color: WARNING },
  Suspended: { name: 'debug-pause' },
  Terminating: { name: 'trash' },
};

/** How many reasons a tooltip tells. */
const MOST_REASONS = 3;
/** Longer lists of indexes are cut in a row; the tooltip has them whole. */
const LONGEST_LIST = 16;

/** What is known about a Job beyond its object. */
export interface JobKnowledge {
  readonly pods: readonly Pod[];
  readonly events: readonly ClusterEvent[];
}

/** Why the Job is where it is, the most telling first; empty where the rules fail on what the cluster sent. */
export function reasonsOf(job: ObservedJob, { pods, events }: JobKnowledge, now: number): readonly Diagnosis[] {
  try {
    return diagnose({ job, pods, events, now });
  } catch {
    return [];
  }
}

/** @param reasons why it is where it is: `reasonsOf` */
export function jobRow(job: ObservedJob, reasons: readonly Diagnosis[], now: number): Row {
  const state = jobState(job);
  const progress = jobProgress(job, now);
  const { failedIndexes, failed, age, duration, endedAgo } = progress;
  const retry = nextRetry(reasons);
  const why = state === 'Failed' || state === 'FailureTarget' ? jobCondition(job, state)?.reason : undefined;
  const troubled = state === 'Running' && reasons.some(({ severity }) => severity === 'error');
  const words = [
    state,
    progressWords(progress),
    ...(why === undefined ? [] : [why]),
    ...failedWords(progress, cut),
    ...(retry === null ? [] : [l10n.t('retry in {0}', sayDuration(Math.ceil(Math.max(0, retry - now) / 1000)))]),
    ...sayTimes({ state, age, duration, endedAgo }),
  ];
  return {
    label: job.metadata.name,
    description: words.join(' · '),
    icon: troubled ? { name: 'warning', color: WARNING } : JOB_ICONS[state],
    tooltip: [
      `Job ${job.metadata.namespace ?? ''}/${job.metadata.name}: ${state}`,
      [
        progress.completions === null
          ? progressWords(progress)
          : l10n.t('{0}/{1} succeeded', progress.succeeded, progress.completions),
        l10n.t('{0} active', progress.active),
        l10n.t('{0} failed', failed),
        ...(failedIndexes === '' ? [] : [l10n.t('failed indexes {0}', failedIndexes)]),
        ...(age === null ? [] : [l10n.t('created {0}', ago(age))]),
      ].join(', '),
      ...reasons
        .slice(0, MOST_REASONS)
        .map(({ summary, suggestion }) => (suggestion === undefined ? summary : `${summary} ${suggestion}`)),
    ],
  };
}

/** When the next pod comes after a failure: milliseconds since the epoch; null when nothing waits. */
function nextRetry(reasons: readonly Diagnosis[]): number | null {
  const waits = reasons.flatMap(({ rule, until }) =>
    rule === 'why/backoff-wait' && until !== undefined ? [until] : [],
  );
  return waits.length === 0 ? null : Math.min(...waits);
}

interface Times {
  readonly state: JobState;
  readonly age: number | null;
  readonly duration: number | null;
  readonly endedAgo: number | null;
}

function sayTimes({ state, age, duration, endedAgo }: Times): string[] {
  if (endedAgo !== null) return [...(duration === null ? [] : [tookWords(duration)]), ago(endedAgo)];
  if (duration !== null && state !== 'Suspended') return [forWords(duration)];
  return age === null ? [] : [ageWords(age)];
}

function cut(list: string): string {
  if (list.length <= LONGEST_LIST) return list;
  return `${list.slice(0, list.lastIndexOf(',', LONGEST_LIST) + 1 || LONGEST_LIST)}…`;
}
