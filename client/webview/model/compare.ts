import * as l10n from '@vscode/l10n';
import { summarizeTimeline, type TimelineSummary } from '../../../server/core/timeline/summary.ts';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatCount, formatDuration, plural } from './duration.ts';

/** One figure of both runs. */
export interface ComparedFigure {
  readonly name: string;
  readonly pinned: string;
  readonly now: string;
  readonly differs: boolean;
}

const FIGURES: readonly { readonly name: string; readonly of: (summary: TimelineSummary) => string }[] = [
  {
    name: l10n.t('End'),
    of: ({ outcome, reason }) => [outcome ?? l10n.t('goes on'), reason].filter((part) => part !== '').join(' '),
  },
  { name: l10n.t('Time'), of: ({ seconds }) => formatDuration(seconds) },
  { name: 'Pods', of: ({ pods }) => formatCount(pods) },
  { name: 'Succeeded', of: ({ succeeded }) => formatCount(succeeded) },
  { name: 'Failed', of: ({ failed }) => formatCount(failed) },
  { name: l10n.t('Retries'), of: ({ retries }) => formatCount(retries) },
  { name: l10n.t('At once'), of: ({ peak }) => formatCount(peak) },
  { name: l10n.t('Pod time'), of: ({ podSeconds }) => formatDuration(podSeconds) },
  { name: l10n.t('Without success'), of: ({ wastedPodSeconds }) => formatDuration(wastedPodSeconds) },
];

/** The figures of both runs side by side. */
export function compareFigures(pinned: Timeline, now: Timeline): readonly ComparedFigure[] {
  const [before, after] = [summarizeTimeline(pinned), summarizeTimeline(now)];
  return FIGURES.map(({ name, of }) => {
    const [a, b] = [of(before), of(after)];
    return { name, pinned: a, now: b, differs: a !== b };
  });
}

/** Which pod of one run stands for which of another: the same attempt of an index, or the same ordinal. */
export function podKey({ index, attempt, ordinal }: PodRun): string {
  return index === null ? `#${ordinal}` : `${index}/${attempt}`;
}

/** The pods of a run by that key. */
export function podsByKey({ pods }: Timeline): ReadonlyMap<string, PodRun> {
  return new Map(pods.map((pod) => [podKey(pod), pod]));
}

/** Seconds by which a pod's start or end may differ and still count as the same. */
const SAME = 1.6;

export interface ComparedPods {
  /** How many pods begin or end at other times, or otherwise. */
  readonly changed: number;
  /** How many only the pinned run has, and only the one that is drawn. */
  readonly gone: number;
  readonly added: number;
}

/** Pod by pod. */
export function comparePods(pinned: Timeline, now: Timeline): ComparedPods {
  const before = podsByKey(pinned);
  let changed = 0;
  let added = 0;
  for (const pod of now.pods) {
    const other = before.get(podKey(pod));
    if (other === undefined) added++;
    else if (differs(other, pod)) changed++;
  }
  return { changed, added, gone: before.size - (now.pods.length - added) };
}

/** `1 pod changed, 3 new`: only what there is. */
export function differenceInWords({ changed, added, gone }: ComparedPods): string {
  const parts = [
    { count: changed, one: l10n.t('{0} pod changed'), many: l10n.t('{0} pods changed'), next: l10n.t('{0} changed') },
    { count: added, one: l10n.t('{0} pod new'), many: l10n.t('{0} pods new'), next: l10n.t('{0} new') },
    { count: gone, one: l10n.t('{0} pod gone'), many: l10n.t('{0} pods gone'), next: l10n.t('{0} gone') },
  ];
  return parts
    .filter(({ count }) => count > 0)
    .map(({ count, one, many, next }, at) => (at === 0 ? plural(count, one, many) : plural(count, next, next)))
    .join(', ');
}

/** True for pods that a person would call different. */
export function differs(a: PodRun, b: PodRun): boolean {
  const apart = (x: number | null, y: number | null): boolean =>
    x === null || y === null ? x !== y : Math.abs(x - y) > SAME;
  return (
    a.phase !== b.phase || a.exitCode !== b.exitCode || apart(a.created, b.created) || apart(a.finished, b.finished)
  );
}
