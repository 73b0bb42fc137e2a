import type { Severity } from '../../server/core/validation/finding.ts';
import { madeFrom, type FileReport, type ReportedFinding } from './lint-report.ts';
import type { LintOutput } from './lint.ts';

/** For people: each finding with its line, and a last line that sums up. */
export function asText({ files, hints, gone, fixes }: LintOutput): string {
  let output = '';
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  let objects = 0;
  let known = 0;
  for (const report of files) {
    const lines = report.text.split(/\r\n|\n|\r/);
    for (const { findings, accepted, items, source } of report.documents) {
      objects += items?.length ?? (accepted === undefined ? 0 : 1);
      for (const finding of findings) {
        if (finding.known === true) known++;
        if (finding.suppressed === true || finding.known === true) continue;
        counts[finding.severity] += 1;
        if (hints || finding.severity === 'error' || finding.severity === 'warning')
          output += described(report, lines, finding, source);
      }
    }
  }
  const mended = fixes === undefined ? '' : `${plural(fixes, 'fix', 'fixes')} made\n`;
  return output + mended + summary(files.length, objects, counts, hints) + ofBaseline(known, gone);
}

function described(
  report: FileReport,
  lines: readonly string[],
  finding: ReportedFinding,
  source: string | undefined,
): string {
  const { start } = finding.range;
  const field = finding.field === '' || finding.message.startsWith(finding.field) ? '' : `${finding.field}: `;
  const head = `${report.file}:${start.line + 1}:${start.character + 1}: ${finding.severity}: ${field}${finding.message} [${finding.rule}]${madeFrom(source)}`;
  return `${head}\n${frame(lines, finding)}\n`;
}

/** The line with its predecessor, and what is meant in it underlined. */
function frame(lines: readonly string[], { range }: ReportedFinding): string {
  const { start, end } = range;
  const width = String(start.line + 1).length;
  const numbered = (line: number): string => `  ${String(line + 1).padStart(width)} | ${visible(lines[line] ?? '')}\n`;
  const line = lines[start.line] ?? '';
  const stop = end.line === start.line ? end.character : line.length;
  const shown = start.character <= WIDEST;
  const under = ' '.repeat(start.character) + '^'.repeat(Math.max(1, Math.min(stop, WIDEST) - start.character));
  return (
    (start.line > 0 ? numbered(start.line - 1) : '') +
    numbered(start.line) +
    (shown ? `  ${' '.repeat(width)} | ${under}\n` : '')
  );
}

/** Longer lines are cut. */
const WIDEST = 160;

/** A line as one terminal line: a tab is one place wide, other control characters are not sent to a terminal. */
function visible(line: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters that are looked for
  return (line.length > WIDEST ? `${line.slice(0, WIDEST)}…` : line).replaceAll(/[\x00-\x1f\x7f-\x9f]/g, ' ');
}

function summary(files: number, objects: number, counts: Readonly<Record<Severity, number>>, shown: boolean): string {
  const hints = counts.information + counts.hint;
  const said = [
    plural(counts.error, 'error'),
    plural(counts.warning, 'warning'),
    ...(hints > 0 ? [`${plural(hints, 'hint')}${shown ? '' : ' (--hints)'}`] : []),
  ];
  return `${plural(objects, 'Job or CronJob', 'Jobs and CronJobs')} in ${plural(files, 'file')}: ${said.join(', ')}\n`;
}

/** Nothing without a baseline. */
function ofBaseline(known: number, gone: number | undefined): string {
  if (gone === undefined) return '';
  const stale = gone === 0 ? '' : `; ${gone} of it ${gone === 1 ? 'is' : 'are'} gone (--update-baseline forgets)`;
  return `The baseline knows ${plural(known, 'finding')} of these files${stale}\n`;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
