import * as l10n from '@vscode/l10n';
import { runMarkdown } from '../../../server/core/incident/run-markdown.ts';
import { drawSvg } from '../../../server/core/timeline/svg.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { traceOfTimeline } from '../../../server/core/timeline/trace.ts';
import { drawPng } from '../draw/draw-png.ts';
import type { ExportFormat } from '../../../server/src/protocol/panel.ts';

/** The ways out of the panel: what their buttons say, and how the text is made. */
export const EXPORTS: Readonly<
  Record<
    ExportFormat,
    { readonly label: string; readonly title: string; readonly text: (timeline: Timeline) => string }
  >
> = {
  svg: {
    label: l10n.t('Save as SVG'),
    title: l10n.t('Save the pods over time as a picture'),
    text: (timeline) => drawSvg(timeline),
  },
  png: {
    label: l10n.t('Save as PNG'),
    title: l10n.t('Save the picture with the counts, in the colours of the theme'),
    text: (timeline) => drawPng(timeline),
  },
  trace: {
    label: l10n.t('Save as JSON'),
    title: l10n.t('Save the run as a trace, as the command line prints it'),
    text: (timeline) => `${JSON.stringify(traceOfTimeline(timeline), undefined, 2)}\n`,
  },
  markdown: {
    label: l10n.t('Copy as Markdown'),
    title: l10n.t('Copy the summary and the tables, for an incident or a pull request'),
    text: runMarkdown,
  },
};
