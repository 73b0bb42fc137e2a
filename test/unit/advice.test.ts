import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { adviseObject } from '../../server/core/advice/advice.ts';
import type { KnownKeys } from '../../server/core/advice/missing-key.ts';
import { ADVICE_RULES } from '../../server/core/advice/rules.ts';
import { formatPath, segmentKey } from '../../server/core/manifest/path.ts';
import type { Fix, Json, ManifestEdit } from '../../server/core/manifest/edit.ts';
import type { Finding } from '../../server/core/validation/finding.ts';
import { judgeCronJob, judgeJob } from '../../server/core/validation/verdict.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import { applyChanges, editText } from '../../server/src/yaml/writer.ts';
import type { AdviceCase } from './advice-cases/advice-case.ts';
import { ADVICE_CASES } from './advice-cases/all-cases.ts';

type Tree = Record<string, unknown>;

function read(text: string): Tree {
  return parse(text) as Tree;
}

/** What the cases call `settings` has two keys, of everything else nothing is known. */
const keysOf: KnownKeys = (_, name) => (name === 'settings' ? new Set(['level', 'mode']) : null);

/** Namespaces of the cases enforce what they are called. */
function advise(object: Tree): Finding[] {
  const namespace = (object['metadata'] as { namespace?: string } | undefined)?.namespace;
  const podSecurity = namespace === 'baseline' || namespace === 'restricted' ? namespace : null;
  return adviseObject(object['kind'] === 'CronJob' ? 'CronJob' : 'Job', object, { podSecurity, keysOf });
}

/** Edits on plain data, one after the other. */
function applyEdits(object: Tree, edits: readonly ManifestEdit[]): Tree {
  const result = structuredClone(object);
  for (const edit of edits) applyEdit(result, edit);
  return result;
}

function applyEdit(root: Tree, edit: ManifestEdit): void {
  const keys = edit.path.map(segmentKey);
  const last = keys.pop();
  assert.ok(last !== undefined);
  let parent: unknown = root;
  for (const key of keys) {
    const holder = parent as Record<string | number, unknown>;
    parent = holder[key] ??= {};
  }
  const holder = parent as Record<string | number, unknown>;
  if (edit.kind === 'move') {
    // Of items only: advice moves nothing else.
    const [item] = (holder as unknown as Json[]).splice(Number(last), 1);
    let target: unknown = root;
    for (const key of edit.to.slice(0, -1).map(segmentKey)) {
      const inside = target as Record<string | number, unknown>;
      target = inside[key] ??= [];
    }
    (target as Json[]).splice(Number(segmentKey(edit.to.at(-1)!)), 0, item!);
  } else if (edit.kind === 'set') holder[last] = edit.value;
  else if (edit.kind === 'insert') (holder[last] as Json[]).splice(edit.index, 0, edit.value);
  else if (edit.kind === 'rename') {
    holder[edit.name] = holder[last];
    Reflect.deleteProperty(holder, last);
  } else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
}

/** The text with the fix says what the data with the fix does, keeps its end, and is accepted if it was before. */
function checkFixOfText(text: string, { title, edits }: Fix): void {
  const document = readDocuments(text)[0];
  assert.ok(document?.root != null);
  const changed = applyChanges(text, editText(text, document, edits));
  const expected = applyEdits(read(text), edits);
  assert.deepEqual(read(changed), expected, `${title}:\n${changed}`);
  const errors = (object: Tree): string[] =>
    (object['kind'] === 'CronJob' ? judgeCronJob(object) : judgeJob(object))
      .filter(({ severity }) => severity === 'error')
      .map(({ message, path }) => `${formatPath(path)}: ${message}`);
  assert.deepEqual(errors(read(text)), [], text);
  assert.deepEqual(errors(expected), [], changed);
}

function checkCase(rule: string, { says, quiet, fixed }: AdviceCase): void {
  for (const [at, expected] of says.entries()) {
    const object = read(expected.text);
    const found = advise(object).filter((finding) => finding.rule === rule);
    assert.deepEqual(
      found.map(({ path, severity }) => `${severity} ${formatPath(path)}`),
      expected.findings,
      `case ${at}`,
    );
    for (const finding of found) {
      assert.match(finding.message, /\.$/);
      assert.equal(finding.type, 'Advice');
      assert.ok((finding.fixes ?? []).filter(({ preferred }) => preferred === true).length <= 1);
      for (const fix of finding.fixes ?? []) {
        checkFixOfText(expected.text, fix);
        const after = advise(applyEdits(object, fix.edits)).filter((next) => next.rule === rule);
        const same = after.filter(
          (next) => next.message === finding.message && formatPath(next.path) === formatPath(finding.path),
        );
        assert.deepEqual(same, [], `${fix.title} mends it`);
      }
    }
    if (fixed !== undefined && at === 0) {
      const fix = found[0]?.fixes?.[0];
      assert.ok(fix !== undefined, 'has a fix');
      assert.deepEqual(applyEdits(object, fix.edits), applyEdits(read(expected.text), fixed));
    }
  }
  for (const text of quiet)
    assert.deepEqual(
      advise(read(text)).filter((finding) => finding.rule === rule),
      [],
      text,
    );
}

describe('advice', () => {
  for (const rule of ADVICE_RULES)
    it(rule.id, () => {
      const cases = ADVICE_CASES[rule.id];
      assert.ok(cases !== undefined, 'has cases');
      assert.ok(cases.says.length > 0 && cases.quiet.length > 0);
      const fixable = cases.says.some(({ text }) =>
        advise(read(text)).some((finding) => finding.rule === rule.id && (finding.fixes ?? []).length > 0),
      );
      assert.equal(fixable, rule.fixable, 'fixable');
      checkCase(rule.id, cases);
    });

  it('has unique ids and says enough on the page of each rule', () => {
    const ids = ADVICE_RULES.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, why, title } of ADVICE_RULES) {
      assert.match(id, /^advice\/[a-z]+(-[a-z]+)*$/);
      assert.ok(why.length > 80 && title.length > 10, id);
    }
  });

  it('is one hint about all that is absent', () => {
    const found = advise(
      read('kind: Job\nspec:\n  template:\n    spec: {restartPolicy: Never, containers: [{name: a, image: "a:1"}]}\n'),
    );
    assert.deepEqual(
      found.map(({ rule, severity }) => `${rule} ${severity}`),
      ['advice/left-unset hint'],
    );
  });

  it('says nothing about a Job of another controller, and bears anything that decodes', () => {
    assert.deepEqual(
      advise({ kind: 'Job', spec: { managedBy: 'example.com/queue', parallelism: 9, completions: 1 } }),
      [],
    );
    for (const kind of ['Job', 'CronJob']) {
      advise({ kind });
      advise({ kind, spec: {} });
      advise({
        kind,
        spec: { jobTemplate: {}, template: {}, podFailurePolicy: { rules: [{}] }, schedule: 'x', completions: -3 },
      });
    }
  });
});
