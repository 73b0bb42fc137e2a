import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { CommandError } from './io.ts';
import type { DocumentReport, FileReport, ReportedFinding } from './lint-report.ts';

/** A finding that was there when the baseline was written. Lines move, so none stands here. */
interface KnownFinding {
  /** From the baseline's folder, with slashes. */
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly rule: string;
  readonly field: string;
}

const FORMAT = 1;

export interface Compared {
  readonly files: readonly FileReport[];
  /** How many known findings are gone. */
  readonly gone: number;
}

/**
 * Marks the findings that the baseline knows: as many of each as it has.
 * @throws CommandError for a baseline that cannot be read
 */
export function compareWithBaseline(path: string, files: readonly FileReport[]): Compared {
  const left = new Map<string, number>();
  for (const finding of readBaseline(path)) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  const marked = files.map((report) => ({
    ...report,
    documents: report.documents.map((document) => ({
      ...document,
      findings: document.findings.map((finding): ReportedFinding => {
        const key = keyOf(knownAs(path, report, document, finding));
        const count = left.get(key) ?? 0;
        if (count === 0 || finding.suppressed === true) return finding;
        left.set(key, count - 1);
        return { ...finding, known: true };
      }),
    })),
  }));
  const linted = new Set(files.map(({ file }) => pathFrom(path, file)));
  let gone = 0;
  for (const [key, count] of left) if (linted.has(key.split('\n', 1)[0]!)) gone += count;
  return { files: marked, gone };
}

/**
 * Writes what there is now; the next run with this baseline is quiet about it.
 * @throws CommandError for a file that cannot be written
 */
export function writeBaseline(path: string, files: readonly FileReport[]): number {
  const findings = files.flatMap((report) =>
    report.documents.flatMap((document) =>
      document.findings
        .filter(({ suppressed }) => suppressed !== true)
        .map((finding) => knownAs(path, report, document, finding)),
    ),
  );
  try {
    writeFileSync(path, `${JSON.stringify({ version: FORMAT, findings }, null, 2)}\n`);
  } catch (error) {
    throw new CommandError(`cannot write the baseline ${path}: ${error instanceof Error ? error.message : ''}`);
  }
  return findings.length;
}

function readBaseline(path: string): readonly KnownFinding[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(`cannot read the baseline ${path} (--update-baseline writes it)`);
  }
  try {
    const { version, findings } = JSON.parse(text) as { version?: unknown; findings?: unknown };
    if (version === FORMAT && Array.isArray(findings) && findings.every(isKnownFinding)) return findings;
  } catch {
    // Said below.
  }
  throw new CommandError(`${path} is no baseline that --update-baseline wrote`);
}

function isKnownFinding(value: unknown): value is KnownFinding {
  const fields = ['file', 'kind', 'name', 'rule', 'field'] as const;
  return (
    typeof value === 'object' &&
    value !== null &&
    fields.every((field) => typeof (value as Readonly<Record<string, unknown>>)[field] === 'string')
  );
}

function knownAs(
  path: string,
  { file }: FileReport,
  { kind, name, items }: DocumentReport,
  { rule, field, item }: ReportedFinding,
): KnownFinding {
  const object = items?.find((one) => one.item === item) ?? { kind, name };
  return { file: pathFrom(path, file), kind: object.kind ?? '', name: object.name ?? '', rule, field };
}

function pathFrom(baseline: string, file: string): string {
  return file === '-'
    ? '-'
    : relative(dirname(resolve(baseline)), resolve(file))
        .split(sep)
        .join('/');
}

/** The file stands first. */
function keyOf({ file, kind, name, rule, field }: KnownFinding): string {
  return [file, kind, name, rule, field].join('\n');
}
