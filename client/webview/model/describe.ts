import * as l10n from '@vscode/l10n';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatDuration, plural } from './duration.ts';
import { podEnding } from './segments.ts';
import { conditionChanges } from './status-at.ts';

/** A pod's name as people say it: `Pod 3`, or `Index 2, attempt 1` (both as the API counts, from 0). */
export function podTitle(pod: PodRun): string {
  return pod.index === null ? l10n.t('Pod {0}', pod.ordinal) : l10n.t('Index {0}, attempt {1}', pod.index, pod.attempt);
}

/** A pod's life in one sentence. */
export function describePod(pod: PodRun): string {
  const parts = [l10n.t('created at {0}', formatDuration(pod.created))];
  if (pod.started !== null) parts.push(l10n.t('running from {0}', formatDuration(pod.started)));
  if (pod.deleting !== null) parts.push(l10n.t('deletion asked for at {0}', formatDuration(pod.deleting)));
  switch (podEnding(pod)) {
    case 'succeeded':
      parts.push(l10n.t('succeeded at {0}', formatDuration(pod.finished ?? 0)));
      break;
    case 'failed':
      parts.push(
        [
          pod.exitCode === null
            ? l10n.t('failed at {0}', formatDuration(pod.finished ?? 0))
            : l10n.t('failed at {0} with exit code {1}', formatDuration(pod.finished ?? 0), pod.exitCode),
          ...(pod.reason === undefined ? [] : [`(${pod.reason})`]),
        ].join(' '),
      );
      break;
    case 'gone':
      parts.push(l10n.t('removed at {0}', formatDuration(pod.removed ?? 0)));
      break;
    case 'unknown':
      parts.push(l10n.t('its end is not known'));
      break;
    case 'open':
      parts.push(pod.started === null ? l10n.t('still pending') : l10n.t('not ended'));
  }
  if (pod.restarts > 0)
    parts.push(plural(pod.restarts, l10n.t('{0} in-place restart'), l10n.t('{0} in-place restarts')));
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
      completions === null
        ? l10n.t('a work queue (completions unset)')
        : plural(completions, l10n.t('{0} completion'), l10n.t('{0} completions'));
    const text = suspend
      ? l10n.t('Suspended: no pods are wanted.')
      : position === 0
        ? l10n.t('Asked for {0}, {1} at a time.', wanted, parallelism)
        : l10n.t('Changed to {0}, {1} at a time.', wanted, parallelism);
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
        plural(wait.failures, l10n.t('{0} failure'), l10n.t('{0} failures')),
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
    ...(rest > 0
      ? [
          {
            t: timeline.until,
            text: l10n.t(
              '{0}: see the tables.',
              plural(rest, l10n.t('{0} more happening'), l10n.t('{0} more happenings')),
            ),
          },
        ]
      : []),
    {
      t: timeline.until,
      text: l10n.t(
        '{0} succeeded of {1}.',
        plural(succeeded, l10n.t('{0} pod'), l10n.t('{0} pods')),
        plural(timeline.pods.length, l10n.t('{0} pod'), l10n.t('{0} pods')),
      ),
    },
  ];
}
