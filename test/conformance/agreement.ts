import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { formatPath } from '../../server/core/manifest/path.ts';
import type { ManifestDocument } from '../../server/core/manifest/tree.ts';
import type { Finding } from '../../server/core/validation/finding.ts';
import { judgeDocument } from '../../server/core/validation/verdict.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';

/** One recorded answer of an API server to the creation of a manifest. */
export interface RecordedVerdict {
  readonly id: number | string;
  readonly yaml: string;
  readonly verdict: {
    readonly accepted: boolean;
    readonly code: number;
    readonly errors?: readonly { readonly type: string; readonly field: string; readonly message: string }[] | null;
    readonly message?: string;
    readonly warnings?: readonly string[] | null;
  };
}

export interface Disagreement {
  readonly id: number | string;
  /** `- type field` for what only the server said, `+ type field` for what only we did. */
  readonly what: string;
  readonly message: string;
}

/** How often we say what the server said. */
export interface Agreement {
  readonly manifests: number;
  readonly sameAnswer: number;
  /** Of the manifests that the server refused with HTTP 422. */
  readonly invalid: number;
  readonly sameErrors: number;
  /** Of the messages of manifests whose errors are the same. */
  readonly messages: number;
  readonly sameMessages: number;
  /** Of the manifests that the server accepted. */
  readonly accepted: number;
  readonly sameWarnings: number;
  readonly disagreements: readonly Disagreement[];
}

/** Reads a file of recorded verdicts, one JSON object a line, gzipped. */
export function readVerdicts(path: string | URL): RecordedVerdict[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RecordedVerdict);
}

/** What we say to a manifest of one document: findings that the server would have come to, or a syntax error. */
export function answerTo(yaml: string): Answer {
  return answerToDocument(readDocuments(yaml)[0]);
}

export interface Answer {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
}

/** The same for a document of a stream. */
export function answerToDocument(document: ManifestDocument | undefined): Answer {
  const problems = (document?.problems ?? []).map(
    ({ message }): Finding => ({ rule: 'api/syntax', type: 'Syntax', severity: 'error', path: [], message }),
  );
  const verdict = document?.root === null || document === undefined ? undefined : judgeDocument(document.root)?.verdict;
  const findings = [...problems, ...(verdict?.findings ?? [])].filter(({ unreached }) => unreached !== true);
  return { accepted: problems.length === 0 && verdict?.accepted === true, findings };
}

/** Compares our answers with recorded ones. */
export function agreementWith(records: readonly RecordedVerdict[]): Agreement {
  const sum = { sameAnswer: 0, invalid: 0, sameErrors: 0, messages: 0, sameMessages: 0, accepted: 0, sameWarnings: 0 };
  const disagreements: Disagreement[] = [];
  for (const { id, yaml, verdict } of records) {
    const ours = answerTo(yaml);
    const note = (what: string, message = ''): unknown => disagreements.push({ id, what, message });
    if (ours.accepted === verdict.accepted) sum.sameAnswer++;
    else note(`answer ${verdict.code}`, verdict.message ?? ours.findings[0]?.message);
    const recorded = verdict.errors ?? [];
    if (verdict.code === 422) {
      sum.invalid++;
      const differences = differencesOf(ours.findings, recorded);
      for (const { what, message } of differences) note(what, message);
      if (differences.length === 0) {
        sum.sameErrors++;
        const said = new Set(ours.findings.map(({ path, message }) => `${formatPath(path)} ${message}`));
        sum.messages += recorded.length;
        sum.sameMessages += recorded.filter(({ field, message }) => said.has(`${field} ${message}`)).length;
      }
    }
    if (!verdict.accepted) continue;
    sum.accepted++;
    const warnings = ours.findings.filter(({ type }) => type === 'Warning').map(({ message }) => message);
    if (sameSet(warnings, verdict.warnings ?? [])) sum.sameWarnings++;
    else note('warnings', `${warnings.join(' | ')} instead of ${(verdict.warnings ?? []).join(' | ')}`);
  }
  return { manifests: records.length, ...sum, disagreements };
}

function differencesOf(
  findings: readonly Finding[],
  recorded: readonly { readonly type: string; readonly field: string; readonly message: string }[],
): { what: string; message: string }[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const ours = new Map(errors.map(({ type, path, message }) => [`${type} ${formatPath(path)}`, message]));
  const theirs = new Map(recorded.map(({ type, field, message }) => [`${type} ${field}`, message]));
  const only = (a: Map<string, string>, b: Map<string, string>, sign: string): { what: string; message: string }[] =>
    [...a].filter(([key]) => !b.has(key)).map(([key, message]) => ({ what: `${sign} ${key}`, message }));
  return [...only(theirs, ours, '-'), ...only(ours, theirs, '+')];
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = [...new Set(a)].sort();
  const right = [...new Set(b)].sort();
  return left.length === right.length && left.every((item, at) => item === right[at]);
}

/** Disagreements by field (indexes left out), the most frequent first, each with one example. */
export function groupDisagreements(disagreements: readonly Disagreement[]): string[] {
  const groups = new Map<string, { count: number; example: Disagreement }>();
  for (const example of disagreements) {
    const key = example.what.replaceAll(/\[[^\]]*\]/g, '[]').replace('spec.jobTemplate.spec.', 'spec.');
    const group = groups.get(key) ?? { count: 0, example };
    group.count++;
    groups.set(key, group);
  }
  return [...groups]
    .sort((a, b) => b[1].count - a[1].count)
    .map(([key, { count, example }]) => `${count} ${key} (${example.id}: ${example.message.slice(0, 200)})`);
}
