import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { PanelSource } from '../../../server/src/protocol/panel.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatCount, formatDuration } from '../model/duration.ts';
import { type RunSummary, summaryLine } from '../model/summary.ts';
import { Icon } from './icons.tsx';

/** The head of the panel: how the run ended and its few numbers. Screen readers hear it when it changes. */
export function SummaryHead({
  timeline,
  summary,
  title,
  source,
}: {
  readonly timeline: Timeline;
  readonly summary: RunSummary;
  readonly title: string;
  readonly source: PanelSource | null;
}): JSX.Element {
  const numbers: readonly (readonly [string, string])[] = [
    [
      summary.tone === 'running'
        ? l10n.t('Running for')
        : summary.tone === 'unfinished'
          ? l10n.t('Seen')
          : l10n.t('Time'),
      formatDuration(summary.seconds),
    ],
    ['Pods', formatCount(summary.pods)],
    [l10n.t('Retries'), formatCount(summary.retries)],
    [l10n.t('Peak'), formatCount(summary.peak)],
    ...(summary.wasted > 0 ? [[l10n.t('Without success'), formatDuration(summary.wasted)] as const] : []),
  ];
  return (
    <header class={`head tone-${summary.tone}`}>
      <div class="verdict">
        <Icon name={summary.tone} size={26} />
        <div>
          <p class="origin">
            {title} <span class="badge">{originOf(timeline, source)}</span>
          </p>
          <h1>
            {summary.headline}
            {summary.reason === '' ? null : <code class="reason">{summary.reason}</code>}
          </h1>
          <p>{keepUnits(summary.sentence)}</p>
        </div>
      </div>
      <dl class="numbers">
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="heard" role="status" aria-live="polite">
        {summaryLine(timeline.name, summary)}
      </p>
    </header>
  );
}

/** Where the run comes from, in one word. */
function originOf({ certainty }: Timeline, source: PanelSource | null): string {
  if (source?.kind === 'recording') return l10n.t('Recorded');
  return certainty === 'simulated' ? l10n.t('Simulated') : l10n.t('Live');
}

/** No line break between a number and its unit. */
export function keepUnits(text: string): string {
  return text.replace(/(\d) (s|min|h|d)\b/g, '$1\u00a0$2');
}
