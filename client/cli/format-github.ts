import type { Severity } from '../../server/core/validation/finding.ts';
import { madeFrom } from './lint-report.ts';
import type { LintOutput } from './lint.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Workflow commands that GitHub shows as annotations of the changed lines. Lines and columns count from 1. */
export function asGithub({ files, hints }: LintOutput): string {
  let output = '';
  for (const { file, documents } of files)
    for (const { finding, source } of documents.flatMap(({ findings, source }) =>
      findings.map((finding) => ({ finding, source })),
    )) {
      const { severity, rule, message, range, suppressed, known } = finding;
      if (suppressed === true || known === true) continue;
      if (!hints && (severity === 'hint' || severity === 'information')) continue;
      const properties = {
        file,
        line: range.start.line + 1,
        endLine: range.end.line + 1,
        // GitHub takes columns only within one line.
        ...(range.start.line === range.end.line
          ? { col: range.start.character + 1, endColumn: range.end.character + 1 }
          : {}),
        title: rule,
      };
      const list = Object.entries(properties).map(([name, value]) => `${name}=${escaped(String(value), true)}`);
      output += `::${COMMANDS[severity]} ${list.join(',')}::${escaped(message + madeFrom(source), false)}\n`;
    }
  return output;
}

function escaped(text: string, property: boolean): string {
  const safe = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return property ? safe.replaceAll(':', '%3A').replaceAll(',', '%2C') : safe;
}
