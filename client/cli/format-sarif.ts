import { ALL_RULES } from '../../server/core/advice/all-rules.ts';
import type { Severity } from '../../server/core/validation/finding.ts';
import { docsOf } from '../../server/core/validation/rules.ts';
import { madeFrom, type ReportedFinding } from './lint-report.ts';
import type { LintOutput } from './lint.ts';
import { versionOf } from './usage.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, for code scanning. Lines and columns count from 1, columns in UTF-16 code units. */
export function asSarif({ files, gone }: LintOutput): string {
  const compared = gone !== undefined;
  const rules = ALL_RULES;
  const places = new Map(rules.map(({ id }, at) => [id, at]));
  const results = files.flatMap(({ file, documents }) =>
    documents.flatMap(({ findings, source }) =>
      findings.map((finding) => ({
        ...resultOf(file, finding, source, places.get(finding.rule)),
        ...(compared ? { baselineState: finding.known === true ? 'unchanged' : 'new' } : {}),
      })),
    ),
  );
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Jobwright',
            version: versionOf(),
            rules: rules.map(({ id, title, why, severity }) => ({
              id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              help: { text: why, markdown: `**${title}**\n\n${why}\n\n[More](${docsOf(id)})` },
              helpUri: docsOf(id),
              defaultConfiguration: { level: LEVELS[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(
  file: string,
  finding: ReportedFinding,
  source: string | undefined,
  ruleIndex: number | undefined,
): object {
  const { rule, severity, message, range, field } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message + madeFrom(source) },
    ...(finding.suppressed === true ? { suppressions: [{ kind: 'inSource' }] } : {}),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file === '-' ? 'stdin' : encodeURI(file.replaceAll('\\', '/')) },
          region: {
            startLine: range.start.line + 1,
            startColumn: range.start.character + 1,
            endLine: range.end.line + 1,
            endColumn: range.end.character + 1,
          },
        },
        ...(field === '' ? {} : { logicalLocations: [{ fullyQualifiedName: field }] }),
      },
    ],
  };
}
