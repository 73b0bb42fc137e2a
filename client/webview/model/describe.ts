import * as l10n from '@vscode/l10n';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatDuration, plural } from './duration.ts';
import { podEnding } from './segments.ts';
import { conditionChanges } from './status-at.ts';

/** A pod's name as people say it: `Pod 3`, or `Index 2, attempt 1` (both as the API counts, from 0). */
export function podTitle(pod: PodRun): string {
  return pod.index === null ? `Pod ${pod.ordinal}` : l10n.t('Index {0}, attempt {1}', pod.index, pod.attempt);
}

/** A pod's life in one sentence. */
export function describePod(pod: PodRun): string {
  const parts = [`created at ${formatDuration(pod.created)}`];
  if (pod.started !== null) parts.push(`running from ${formatDuration(pod.started)}`);
  if (pod.deleting !== null) parts.push(`deletion asked for at ${formatDuration(pod.deleting)}`);
  switch (podEnding(pod)) {
    case 'succeeded':
      parts.push(`succeeded at ${formatDuration(pod.finished ?? 0)}`);
      break;
    case 'failed':
      parts.push(
        `failed at ${formatDuration(pod.finished ?? 0)}` +
          (pod.exitCode === null ? '' : ` with exit code ${pod.exitCode}`) +
          (pod.reason === undefined ? '' : ` (${pod.reason})`),
      );
      break;
    case 'gone':
      parts.push(`removed at ${formatDuration(pod.removed ?? 0)}`);
      break;
    case 'unknown':
      parts.push('its end is not known');
      break;
    case 'open':
      parts.push(pod.started === null ? 'still pending' : 'not ended');
  }
  if (pod.restarts > 0) parts.push(plural(pod.restarts, 'in-place restart'));
  return `${podTitle(pod)}: ${parts.join(', ')}.`;
}

export interface Sentence {
  readonly t: number;
  readonly text: string;
}

/**
 * The run as sentences in order of time, for those who listen to it: what was asked for, waits, conditions and the end,
 * and pods that did not succeed; pods that succeeded are counted, since the table lists them. At most `limit` sentences.
 */
export function describeRun(timeline: Timeline, limit = 200): readonly Sentence[] {
  const sentences: Sentence[] = [];
  timeline.targets.forEach(({ t, parallelism, completions, suspend }, position) => {
    const wanted =
      completions === null ? l10n.t('a work queue (completions unset)') : plural(completions, 'completion');
    const text = suspend
      ? l10n.t('Suspended: no pods are wanted.')
      : l10n.t('{0} {1}, {2} at a time.', position === 0 ? 'Asked for' : 'Changed to', wanted, parallelism);
    sentences.push({ t, text });
  });
  for (const wait of timeline.waits) {
    const who = wait.index === null ? l10n.t('The Job') : l10n.t('Index {0}', wait.index);
    sentences.push({
      t: wait.from,
      text: l10n.t(
        '{0} waits {1} after {2}; the next try comes at {3}.',
        who,
        formatDuration(wait.until - wait.from),
        plural(wait.failures, 'failure'),
        formatDuration(wait.until),
      ),
    });
  }
  for (const gap of timeline.gaps) {
    sentences.push({ t: gap.from, text: l10n.t('Nobody observed the time until {0}.', formatDuration(gap.until)) });
  }
  for (const pod of timeline.pods) {
    if (podEnding(pod) !== 'succeeded') {
      sentences.push({ t: pod.finished ?? pod.removed ?? pod.created, text: describePod(pod) });
    }
  }
  for (const change of conditionChanges(timeline)) {
    const why = change.text === '' ? '' : ` ${change.text}`;
    sentences.push({
      t: change.t,
      text: l10n.t('Condition {0} becomes {1}, {2}.{3}', change.type, change.status, change.reason, why),
    });
  }
  sentences.sort((a, b) => a.t - b.t);
  const succeeded = timeline.pods.filter((pod) => pod.phase === 'Succeeded').length;
  const rest = sentences.length - limit;
  return [
    ...sentences.slice(0, limit),
    ...(rest > 0 ? [{ t: timeline.until, text: l10n.t('{0}: see the tables.', plural(rest, 'more happening')) }] : []),
    {
      t: timeline.until,
      text: l10n.t('{0} succeeded of {1}.', plural(succeeded, 'pod'), plural(timeline.pods.length, 'pod')),
    },
  ];
}
