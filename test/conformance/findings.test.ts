// One manifest for each kind of finding: where it stands, what it says and how it is mended.
//
// `findings/NAME.yaml` begins with lines `# want: RULE FIELD: PART OF THE MESSAGE`; the n-th of them is shown where the
// n-th ⟦…⟧ stands. `findings/NAME.fixed.yaml` is the manifest after the preferred fix of each, or the first where none is
// preferred; `UPDATE=1` writes it.
// A first line `# version: 1.30` has it checked for that version; `findings/NAME.before.yaml` is what is there already.
// A manifest whose wants are advice is asked for what those rules say.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { adviseObject } from '../../server/core/advice/advice.ts';
import type { KnownKeys } from '../../server/core/advice/missing-key.ts';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { NEWEST, parseVersion, type KubernetesVersion } from '../../server/core/kubernetes/versions.ts';
import { formatPath, type FieldPath } from '../../server/core/manifest/path.ts';
import { spanOf, type Span } from '../../server/core/manifest/tree.ts';
import type { Finding } from '../../server/core/validation/finding.ts';
import { API_RULES } from '../../server/core/validation/rules.ts';
import { judgeObjectUpdate } from '../../server/core/validation/update.ts';
import { judgeDocument } from '../../server/core/validation/verdict.ts';
import { judgeVersion } from '../../server/core/validation/version.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import { applyChanges, editText } from '../../server/src/yaml/writer.ts';

/**
 * Unreadable text is the reader's to report, no field of a Job is answered with `type-invalid`, and the others need more
 * than a manifest: another Kubernetes version, or what was there before.
 */
const ELSEWHERE = new Set(['api/syntax', 'api/type-invalid']);

const FOLDER = new URL('findings/', import.meta.url);

interface Fixture {
  readonly wants: readonly { readonly rule: string; readonly field: string; readonly message: string }[];
  /** Empty for the newest. */
  readonly version: string;
  readonly text: string;
  /** In the order in which they begin. */
  readonly marks: readonly Span[];
}

function readFixture(name: string): Fixture {
  const source = readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8');
  const wants = [...source.matchAll(/^# want: (\S+) (\S+): (.*)$/gm)].map(([, rule = '', field = '', message = '']) => ({
    rule,
    field,
    message,
  }));
  const body = source.replaceAll(/^# (?:want|version): .*\n/gm, '');
  const version = /^# version: (.*)$/m.exec(source)?.[1] ?? '';
  const marks: { start: number; end: number }[] = [];
  const open: { start: number; end: number }[] = [];
  let text = '';
  for (const character of body) {
    if (character === '⟦') {
      const mark = { start: text.length, end: -1 };
      marks.push(mark);
      open.push(mark);
    } else if (character === '⟧') open.pop()!.end = text.length;
    else text += character;
  }
  return { wants, version, text, marks };
}

/** What else a fixture is about beside the newest server's answer to its creation. */
interface Scope {
  /** Rules of advice. */
  readonly advice: ReadonlySet<string>;
  readonly version: KubernetesVersion;
  /** The manifest that was applied before. */
  readonly before: Job | CronJob | null;
}

function scopeOf(name: string, { wants, version }: Fixture): Scope {
  const advice = new Set(wants.flatMap(({ rule }) => (rule.startsWith('advice/') ? [rule] : [])));
  const file = new URL(`${name}.before.yaml`, FOLDER);
  const root = existsSync(file) ? readDocuments(readFileSync(file, 'utf8'))[0]!.root : null;
  const before = root === null ? null : (judgeDocument(root)?.object ?? null);
  return { advice, version: parseVersion(version) ?? NEWEST, before };
}

function judge(
  text: string,
  { advice, version, before }: Scope,
): { findings: readonly Finding[]; spanFor: (finding: Finding) => Span } {
  const root = readDocuments(text)[0]!.root!;
  const { kind, object, verdict } = judgeDocument(root)!;
  const findings = [
    ...verdict.findings,
    ...adviseObject(kind, object, { podSecurity: levelOf(object), keysOf }).filter(({ rule }) => advice.has(rule)),
    ...judgeVersion(kind, object, version),
    // Under another name it is another object.
    ...(before === null || before.metadata?.name !== object.metadata?.name
      ? []
      : judgeObjectUpdate(kind, before, object, version)),
  ];
  const placeOf = (finding: Finding & { readonly shownAt?: FieldPath }): FieldPath => finding.shownAt ?? finding.path;
  return { findings, spanFor: (finding) => finding.span ?? spanOf(root, placeOf(finding)) };
}

/** What the fixtures call `settings` has two keys, of everything else nothing is known. */
const keysOf: KnownKeys = (_, name) => (name === 'settings' ? new Set(['level', 'mode']) : null);

/** Namespaces of the fixtures enforce what they are called. */
function levelOf({ metadata }: Job | CronJob): 'baseline' | 'restricted' | null {
  const namespace = metadata?.namespace;
  return namespace === 'baseline' || namespace === 'restricted' ? namespace : null;
}

/** Applies the preferred fix of the first finding that has one, again and again. */
function mend(text: string, scope: Scope): string {
  let now = text;
  for (let round = 0; round < 5; round++) {
    const document = readDocuments(now)[0]!;
    const fixes = judge(now, scope).findings.flatMap((finding) => finding.fixes ?? []);
    const fix = fixes.find(({ preferred }) => preferred === true) ?? fixes[0];
    if (fix === undefined) break;
    now = applyChanges(now, editText(now, document, fix.edits));
  }
  return now;
}

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml') && !/\.(?:fixed|before)\.yaml$/.test(file))
  .map((file) => file.slice(0, -'.yaml'.length));

describe('findings', () => {
  for (const name of names)
    it(name, () => {
      const fixture = readFixture(name);
      const { wants, text, marks } = fixture;
      const scope = scopeOf(name, fixture);
      const { findings, spanFor } = judge(text, scope);
      assert.equal(marks.length, wants.length, 'as many marks as wants');
      const said = findings.map((finding) => `${finding.rule} ${formatPath(finding.path)}: ${finding.message}`);
      for (const [at, { rule, field, message }] of wants.entries()) {
        const found = findings.find(
          (finding) => finding.rule === rule && formatPath(finding.path) === field && finding.message.includes(message),
        );
        assert.ok(found, `${rule} ${field}: ${message}\ninstead of\n${said.join('\n')}`);
        const { start, end } = spanFor(found);
        const mark = marks[at]!;
        assert.equal(text.slice(start, end), text.slice(mark.start, mark.end));
        assert.deepEqual({ start, end }, mark);
      }
      assert.equal(findings.length, wants.length, `nothing but\n${said.join('\n')}`);

      const fixedFile = new URL(`${name}.fixed.yaml`, FOLDER);
      const mended = mend(text, scope);
      if (process.env['UPDATE'] === '1' && mended !== text) writeFileSync(fixedFile, mended);
      if (mended === text) assert.ok(!existsSync(fixedFile), 'no preferred fix, so no fixed manifest');
      else {
        assert.equal(mended, readFileSync(fixedFile, 'utf8'));
        assert.deepEqual(judge(mended, scope).findings, []);
      }
    });

  it('cover every rule of the API server', () => {
    const covered = new Set(names.flatMap((name) => readFixture(name).wants.map(({ rule }) => rule)));
    const missing = API_RULES.map(({ id }) => id).filter((id) => !covered.has(id) && !ELSEWHERE.has(id));
    assert.deepEqual(missing, []);
  });

  it('all have their fixed manifest beside them', () => {
    for (const file of readdirSync(FOLDER))
      if (file.endsWith('.fixed.yaml')) assert.ok(names.includes(file.slice(0, -'.fixed.yaml'.length)), file);
  });
});
