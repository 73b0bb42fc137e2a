import { lineOf } from '../../../server/core/incident/markdown.ts';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import { cronAsTimeline, cronSentence } from '../../../server/core/timeline/cron-picture.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { cronTraceOfTimeline } from '../../../server/core/timeline/cron-trace.ts';
import { drawSvg } from '../../../server/core/timeline/svg.ts';
import type { StatusChange, Timeline } from '../../../server/core/timeline/timeline.ts';
import type { ExportFormat } from '../../../server/src/protocol/panel.ts';
import { drawPng } from '../draw/draw-png.ts';
import { cronRows, endOfRun, wallClock } from './cron-rows.ts';

/** The runs of a CronJob on their way out of the panel; `zone`: that of the controller, where the CronJob names none. */
export const CRON_EXPORTS: Readonly<
  Record<ExportFormat, (cron: CronTimeline, cronJob: CronJob, zone: string) => string>
> = {
  svg: (cron) =>
    drawSvg(cronAsTimeline(cron), { rowName: ({ ordinal }) => `job ${ordinal}`, sentence: cronSentence(cron) }),
  png: (cron) => drawPng(withCounts(cron), `${cron.name}: ${cronSentence(cron)}`),
  trace: (cron) => `${JSON.stringify(cronTraceOfTimeline(cron, false), undefined, 2)}\n`,
  markdown: cronMarkdown,
};

/** What became of each slot, as a table. */
function cronMarkdown(cron: CronTimeline, cronJob: CronJob, controllerZone: string): string {
  const zone = cronJob.spec?.timeZone ?? controllerZone;
  const start = Date.parse(cron.origin) / 1000;
  const rows = cronRows(cronJob, controllerZone, cron).map(
    ({ slot, run, text }) =>
      `| ${wallClock(start + slot, zone)} | ${lineOf(run?.run.name ?? 'none')} | ${lineOf(text)} |`,
  );
  const { name, namespace, certainty } = cron;
  const title = `## CronJob ${lineOf(namespace === undefined ? name : `${namespace}/${name}`)}`;
  return [
    `${title}${certainty === 'simulated' ? ' (simulated)' : ''}`,
    '',
    lineOf(cronSentence(cron)),
    '',
    `| Scheduled (${lineOf(zone)}) | Job | Outcome |`,
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Jobs in the place of pods, and how many of them there are of each kind over time. */
function withCounts(cron: CronTimeline): Timeline {
  const moments = cron.runs.flatMap((run) => [run.created, endOfRun(run) ?? []].flat());
  const statuses = [...new Set(moments)]
    .sort((a, b) => a - b)
    .map((t): StatusChange => {
      const begun = cron.runs.filter(({ created }) => created <= t);
      const over = begun.filter((run) => (endOfRun(run) ?? Infinity) <= t);
      const succeeded = over.filter(({ end }) => end?.startsWith('Complete')).length;
      const failed = over.filter(({ end }) => end?.startsWith('Failed')).length;
      return { t, status: { active: begun.length - over.length, succeeded, failed, started: true } };
    });
  return { ...cronAsTimeline(cron), statuses };
}
