import * as l10n from '@vscode/l10n';
import { jobProgress } from '../../../server/core/timeline/job-progress.ts';
import { jobState } from '../../../server/core/timeline/job-state.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { jobCondition } from '../../../server/core/timeline/observed-status.ts';
import { failedWords, forWords, progressWords, tookWords } from './row-words.ts';

/** A Job that is watched, as the status bar knows it. */
export interface WatchedJob {
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
  /** Null before the cluster told anything. */
  readonly job: ObservedJob | null;
  /** The cluster's clock: milliseconds since the epoch. */
  readonly now: number;
}

/** What the status bar says of the Jobs that are watched; null where there is none. */
export function watchedWords(
  watched: readonly WatchedJob[],
): { readonly text: string; readonly tooltip: string } | null {
  const [first] = watched;
  if (first === undefined) return null;
  const tooltip = watched
    .map((each) => l10n.t('{0}/{1} on {2}: {3}', each.namespace, each.name, each.context, sayOne(each)))
    .join('\n');
  if (watched.length === 1) {
    const said = first.job === null ? '' : ` ${progressWords(jobProgress(first.job, first.now))}`;
    return { text: `$(${iconOf(first)}) ${plain(first.name)}${said}`, tooltip };
  }
  const progress = watched.flatMap(({ job, now }) => (job === null ? [] : [jobProgress(job, now)]));
  const succeeded = progress.reduce((sum, each) => sum + each.succeeded, 0);
  // Of a work queue nobody knows how much there is to do.
  const known = progress.every(({ completions }) => completions !== null);
  const all = progress.reduce((sum, { completions }) => sum + (completions ?? 0), 0);
  const failed = watched.some((each) => iconOf(each) === 'error');
  return {
    text: `$(${failed ? 'error' : 'play-circle'}) ${
      known
        ? l10n.t('{0} Jobs {1}/{2}', watched.length, succeeded, all)
        : l10n.t('{0} Jobs {1} succeeded', watched.length, succeeded)
    }`,
    tooltip,
  };
}

/** `Running, 7/12, 1 failed, for 5 min`. */
function sayOne({ job, now }: WatchedJob): string {
  if (job === null) return l10n.t('connecting');
  const progress = jobProgress(job, now);
  const { duration, endedAgo } = progress;
  return [
    jobState(job),
    progressWords(progress),
    ...failedWords(progress),
    ...(duration === null ? [] : [endedAgo === null ? forWords(duration) : tookWords(duration)]),
  ].join(', ');
}

function iconOf({ job }: WatchedJob): string {
  const state = job === null ? null : jobState(job);
  if (state === 'Complete') return 'pass';
  if (state === 'Failed' || state === 'FailureTarget') return 'error';
  return state === 'Suspended' ? 'debug-pause' : 'play-circle';
}

/** The end of a Job in one sentence; null while it goes on. */
export function endWords(job: ObservedJob, now: number): { readonly failed: boolean; readonly text: string } | null {
  const called = l10n.t('Job {0}/{1}', job.metadata.namespace ?? '', job.metadata.name);
  const failure = jobCondition(job, 'Failed');
  if (failure !== undefined) {
    const why = [failure.reason, failure.message].filter((text) => text !== undefined && text !== '').join(': ');
    return {
      failed: true,
      text: why === '' ? l10n.t('{0} failed.', called) : l10n.t('{0} failed ({1}).', called, why),
    };
  }
  if (jobCondition(job, 'Complete') === undefined) return null;
  const progress = jobProgress(job, now);
  const took = progress.duration === null ? [] : [tookWords(progress.duration)];
  const how = [progressWords(progress), ...took].join(', ');
  return { failed: false, text: l10n.t('{0} is complete ({1}).', called, how) };
}

/** A name without what the status bar would draw as an icon. */
function plain(text: string): string {
  return text.replace(/\$\(/g, '$ (');
}
