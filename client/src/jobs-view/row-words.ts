import * as l10n from '@vscode/l10n';
import { sayDuration } from '../../../server/core/kubernetes/duration-words.ts';
import { sayProgress, type JobProgress } from '../../../server/core/timeline/job-progress.ts';

/** What rows and the status bar say in a few words, each as a whole, so that it can be translated. Times in seconds. */

/** `7/12`; of a work queue, whose size nobody knows, `7 succeeded`. */
export function progressWords(progress: JobProgress): string {
  return progress.completions === null ? l10n.t('{0} succeeded', progress.succeeded) : sayProgress(progress);
}

/** `failed indexes 2-4`, else `3 failed`; empty where nothing failed. */
export function failedWords({ failed, failedIndexes }: JobProgress, cut = (list: string): string => list): string[] {
  if (failedIndexes !== '') return [l10n.t('failed indexes {0}', cut(failedIndexes))];
  return failed > 0 ? [l10n.t('{0} failed', failed)] : [];
}

/** `for 5 min`. */
export function forWords(seconds: number): string {
  return l10n.t('for {0}', sayDuration(Math.floor(seconds)));
}

/** `took 5 min`. */
export function tookWords(seconds: number): string {
  return l10n.t('took {0}', sayDuration(Math.floor(seconds)));
}

/** `5 min old`. */
export function ageWords(seconds: number): string {
  return l10n.t('{0} old', sayDuration(Math.floor(seconds)));
}
