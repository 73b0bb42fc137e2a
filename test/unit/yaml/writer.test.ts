import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json, ManifestEdit } from '../../../server/core/manifest/edit.ts';
import { segmentKey } from '../../../server/core/manifest/path.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';
import { applyChanges, editText } from '../../../server/src/yaml/writer.ts';
import { dataOf } from './data.ts';

function edited(text: string, edits: readonly ManifestEdit[], index = 0): string {
  const document = readDocuments(text)[index]!;
  return applyChanges(text, editText(text, document, edits));
}

const set = (path: readonly (string | number)[], value: Json): ManifestEdit => ({ kind: 'set', path, value });
const remove = (...path: (string | number)[]): ManifestEdit => ({ kind: 'remove', path });

const job = `# a Job
spec:
  parallelism: 3 # at once
  template:
    spec:
      containers:
        - name: a # first
          image: "busybox"
          resources:
            limits:
              cpu: 1

        - name: b
      restartPolicy: Never
`;

describe('editText', () => {
  it('moves an item to another place with its comments, or with what it says where lists stand on one line', () => {
    const move = (from: number, to: readonly (string | number)[]): ManifestEdit => ({
      kind: 'move',
      path: ['a', from],
      to,
    });
    const list = 'a:\n  # one\n  - 1 # first\n\n  # two\n  - x: 2\n    z: 3\nb: [7]\n';
    assert.equal(
      edited(list, [move(1, ['a', 0])]),
      'a:\n  # two\n  - x: 2\n    z: 3\n\n  # one\n  - 1 # first\nb: [7]\n',
    );
    assert.equal(edited(list, [move(1, ['b', 0])]), 'a:\n  # one\n  - 1 # first\n\nb: [{x: 2, z: 3}, 7]\n');
    assert.equal(edited(list, [move(0, ['c', 'd', 0])]), list, 'a parents that are missing are not made up');
    assert.equal(
      edited(list, [move(0, ['c', 0])]),
      'a:\n\n  # two\n  - x: 2\n    z: 3\nb: [7]\nc:\n  # one\n  - 1 # first\n',
    );
    assert.equal(edited('a: [1, 2, 3]\n', [move(0, ['a', 2])]), 'a: [2, 3, 1]\n');
    assert.equal(edited('a: [1, 2]\n', [move(1, ['b', 0])]), 'a: [1]\nb:\n  - 2\n');
    assert.equal(edited('a:\n  - 1\n', [move(0, ['b', 0])]), 'a:\n  - 1\n', 'the only one stays');
  });

  it('replaces a value and keeps what is behind it', () => {
    assert.equal(edited(job, [set(['spec', 'parallelism'], 5)]), job.replace('3 #', '5 #'));
    assert.equal(
      edited(job, [set(['spec', 'template', 'spec', 'containers', 0, 'image'], 'alpine')]),
      job.replace('"busybox"', '"alpine"'),
    );
  });

  it('adds a simple field behind the simple ones', () => {
    assert.equal(
      edited(job, [set(['spec', 'backoffLimit'], 2)]),
      job.replace('at once\n', 'at once\n  backoffLimit: 2\n'),
    );
    assert.equal(
      edited(job, [set(['spec', 'template', 'spec', 'containers', 0, 'tty'], true)]),
      job.replace('"busybox"\n', '"busybox"\n          tty: true\n'),
    );
  });

  it('makes missing parents in the style of the text', () => {
    const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }];
    assert.equal(
      edited(job, [set(['spec', 'podFailurePolicy', 'rules'], rules)]),
      job +
        `  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          operator: In
          values:
            - 42
`,
    );
  });

  it('keeps CRLF, lists without indentation and a missing last line end', () => {
    const text = 'spec:\r\n  a:\r\n  - x: 1\r\n  b: 2';
    assert.equal(
      edited(text, [set(['spec', 'c'], { d: [1] })]),
      'spec:\r\n  a:\r\n  - x: 1\r\n  b: 2\r\n  c:\r\n    d:\r\n    - 1',
    );
    assert.equal(edited(text, [remove('spec', 'b')]), 'spec:\r\n  a:\r\n  - x: 1');
    assert.equal(edited(text, [set(['spec', 'a', 0, 'z'], 2)]), 'spec:\r\n  a:\r\n  - x: 1\r\n    z: 2\r\n  b: 2');
  });

  it('removes a field with its line, and leaves an empty mapping or list where it was the only one', () => {
    assert.equal(edited(job, [remove('spec', 'parallelism')]), job.replace('  parallelism: 3 # at once\n', ''));
    assert.equal(
      edited(job, [remove('spec', 'template', 'spec', 'restartPolicy')]),
      job.replace('      restartPolicy: Never\n', ''),
    );
    assert.equal(
      edited(job, [remove('spec', 'template', 'spec', 'containers', 0, 'resources', 'limits', 'cpu')]),
      job.replace('limits:\n              cpu: 1', 'limits: {}'),
    );
    assert.equal(edited('a:\n- b\nc: 1\n', [remove('a', 0)]), 'a: []\nc: 1\n');
  });

  it('moves the next key up to the dash', () => {
    const text = edited(job, [remove('spec', 'template', 'spec', 'containers', 0, 'name')]);
    assert.ok(text.includes('        - image: "busybox"\n          resources:'), text);
  });

  it('writes in flow style where the text does', () => {
    assert.equal(edited('a: {b: 1, c: [1, 2]}\n', [set(['a', 'd'], { e: 'x' })]), 'a: {b: 1, c: [1, 2], d: {e: x}}\n');
    assert.equal(edited('a: {b: 1, c: [1, 2]}\n', [remove('a', 'b')]), 'a: {c: [1, 2]}\n');
    assert.equal(edited('a: {b: 1, c: [1, 2]}\n', [remove('a', 'c', 1)]), 'a: {b: 1, c: [1]}\n');
    assert.equal(edited('a: [3, 1]\n', [set(['a'], [1, 3])]), 'a: [1, 3]\n');
    assert.equal(edited('{"a": 1}', [set(['b'], 'x')]), '{"a": 1, "b": "x"}');
    assert.equal(edited('{\n  "a": 1\n}', [set(['b'], ['x'])]), '{\n  "a": 1,\n  "b": ["x"]\n}');
  });

  it('renames, and inserts items', () => {
    assert.equal(
      edited('spec:\n  paralelism: 3 # x\n', [{ kind: 'rename', path: ['spec', 'paralelism'], name: 'parallelism' }]),
      'spec:\n  parallelism: 3 # x\n',
    );
    assert.equal(
      edited('a:\n  - x\n  - y\n', [{ kind: 'insert', path: ['a'], index: 1, value: { b: 1, c: 2 } }]),
      'a:\n  - x\n  - b: 1\n    c: 2\n  - y\n',
    );
    assert.equal(
      edited('a:\n  - x\nb: 1\n', [{ kind: 'insert', path: ['a'], index: 1, value: 'z' }]),
      'a:\n  - x\n  - z\nb: 1\n',
    );
    assert.equal(edited('a:\nb: 1\n', [{ kind: 'insert', path: ['a'], index: 0, value: 'z' }]), 'a:\n  - z\nb: 1\n');
  });

  it('quotes what would be read as something else', () => {
    assert.equal(edited('a: yes\n', [set(['a'], 'yes')]), 'a: "yes"\n');
    assert.equal(edited('a: x\n', [set(['a'], '0777')]), 'a: "0777"\n');
    assert.equal(edited('a: x\n', [set(['a'], 'b: c')]), 'a: "b: c"\n');
    assert.equal(edited("a: 'x'\n", [set(['a'], "it's")]), "a: 'it''s'\n");
    assert.equal(edited('a: "3"\n', [set(['a'], 3)]), 'a: 3\n');
    assert.equal(edited('a:\n  b: x\n', [set(['a', 'b'], 'l1\nl2\n')]), 'a:\n  b: |\n    l1\n    l2\n');
  });

  it('leaves alone what an alias or a merge key shares', () => {
    const text = 'a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n';
    assert.deepEqual(editText(text, readDocuments(text)[0]!, [set(['c', 'b'], 2)]), []);
    assert.deepEqual(editText(text, readDocuments(text)[0]!, [remove('d', 'b')]), []);
    assert.equal(edited(text, [set(['c'], 2)]), text.replace('*x\nd', '2\nd'));
  });

  it('makes several edits at once, also of one place', () => {
    assert.equal(
      edited(job, [set(['spec', 'suspend'], true), remove('spec', 'parallelism')]),
      job.replace('parallelism: 3 # at once', 'suspend: true'),
    );
    assert.equal(
      edited('spec:\n  x: 1\n', [set(['spec', 'p', 'a'], 1), set(['spec', 'p', 'b'], 2)]),
      'spec:\n  x: 1\n  p:\n    a: 1\n    b: 2\n',
    );
  });

  it('edits the document that was asked for', () => {
    assert.equal(edited('a: 1\n---\na: 1\n', [set(['a'], 2)], 1), 'a: 1\n---\na: 2\n');
  });

  it('gives the edited tree when read again, and changes nothing else', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const texts = [
      job,
      job.replaceAll('\n', '\r\n'),
      'a: {b: 1, c: [1, {d: e}]}\nf:\n- g: |\n    x\n     y\n\n- - h\n  - i: j # c\n    k:\n- "l\n  m"\n',
      '{\n  "a": [1, 2, {"b": null}],\n  "c": {}\n}\n',
      'a:\n  b:\n    c: |+\n      x\n\n  d: >-\n    y\n    z\n# end\n',
      '- a\n- b: 1\n  c: 2\n-\n  d: 3\n- []\n',
    ];
    const values: Json[] = [
      1,
      'x',
      'yes',
      '12',
      'a: b',
      null,
      true,
      [1, 'b'],
      { p: { q: 'r' }, s: [] },
      {},
      [],
      'l\nm\n',
    ];
    let made = 0;
    for (let round = 0; round < 4000; round++) {
      const text = texts[random(texts.length)]!;
      const document = readDocuments(text)[0]!;
      const before = dataOf(document.root);
      const paths = pathsOf(before);
      const path = paths[random(paths.length)]!;
      const value = values[random(values.length)]!;
      const edit = anyEdit(random(4), path, value, before);
      if (edit === null) continue;
      const changes = editText(text, document, [edit]);
      if (changes.length === 0) continue;
      made += 1;
      const after = readDocuments(applyChanges(text, changes))[0]!;
      const say = `${JSON.stringify(edit)}\n${text}\n=>\n${applyChanges(text, changes)}`;
      assert.deepEqual(after.problems, [], say);
      assert.deepEqual(dataOf(after.root), applied(before, edit), say);
    }
    assert.ok(made > 2000, String(made));
  });
});

type Path = (string | number)[];

function pathsOf(data: Json, at: Path = []): Path[] {
  if (data === null || typeof data !== 'object') return [at];
  const inner = Array.isArray(data)
    ? (data as Json[]).flatMap((item, index) => pathsOf(item, [...at, index]))
    : Object.entries(data).flatMap(([key, item]) => pathsOf(item, [...at, key]));
  return [at, ...inner];
}

function get(data: Json, path: Path): Json | undefined {
  let value: Json | undefined = data;
  for (const key of path) value = (value as Record<string | number, Json> | null | undefined)?.[key];
  return value;
}

function anyEdit(kind: number, path: Path, value: Json, data: Json): ManifestEdit | null {
  const here = get(data, path);
  switch (kind) {
    case 0:
      return path.length === 0 ? null : { kind: 'set', path, value };
    case 1:
      return path.length === 0 ? null : { kind: 'remove', path };
    case 2:
      if (Array.isArray(here)) return { kind: 'insert', path, index: here.length === 0 ? 0 : here.length - 1, value };
      if (here !== null && typeof here === 'object') return { kind: 'set', path: [...path, 'new', 'er'], value };
      return null;
    default:
      if (typeof path.at(-1) === 'string') return { kind: 'rename', path, name: 'renamed' };
      return Array.isArray(here) ? { kind: 'insert', path, index: here.length, value } : null;
  }
}

/** The edit on plain data: what the edited text must say. */
function applied(data: Json, edit: ManifestEdit): Json {
  const copy = structuredClone<Json>(data);
  const path = edit.path.map(segmentKey);
  const last = path.at(-1)!;
  const parent = get(copy, edit.kind === 'insert' ? path : path.slice(0, -1)) as
    Record<string | number, Json> | undefined;
  switch (edit.kind) {
    case 'set':
      if (parent === undefined) {
        const above = get(copy, path.slice(0, -2)) as Record<string | number, Json>;
        above[path.at(-2)!] = { [last]: edit.value };
      } else parent[last] = edit.value;
      return copy;
    case 'remove':
      if (Array.isArray(parent)) parent.splice(last as number, 1);
      else Reflect.deleteProperty(parent!, last);
      return copy;
    case 'rename': {
      const entries = Object.entries(parent!);
      for (const [key] of entries) Reflect.deleteProperty(parent!, key);
      for (const [key, value] of entries) parent![key === last ? edit.name : key] = value;
      return copy;
    }
    case 'insert':
      (parent as unknown as Json[]).splice(edit.index, 0, edit.value);
      return copy;
    case 'move':
      throw new Error('the refactorings have tests of their own');
  }
}
