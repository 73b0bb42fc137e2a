import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { entryOf, nodeAt, type ManifestNode } from '../../../server/core/manifest/tree.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';
import { dataOf } from './data.ts';

/** First document: its data, and its problems as `message @ source`. */
function read(text: string): { data: unknown; problems: string[] } {
  const document = readDocuments(text)[0]!;
  return {
    data: dataOf(document.root),
    problems: document.problems.map(({ message, span }) => `${message} @ ${text.slice(span.start, span.end)}`),
  };
}

function reads(text: string, data: unknown): void {
  assert.deepEqual(read(text), { data, problems: [] }, text);
}

function sourceOf(text: string, node: ManifestNode | undefined): string | undefined {
  return node === undefined ? undefined : text.slice(node.span.start, node.span.end);
}

describe('readDocuments: values', () => {
  it('resolves plain scalars as the API server does', () => {
    const cases: [string, unknown][] = [
      ['yes', true],
      ['Y', true],
      ['On', true],
      ['off', false],
      ['n', false],
      ['TRUE', true],
      ['tRue', 'tRue'],
      ['~', null],
      ['null', null],
      ['Null', null],
      ['nULL', 'nULL'],
      ['', null],
      ['0777', 511],
      ['0o17', 15],
      ['0x1F', 31],
      ['0b101', 5],
      ['-0b1', -1],
      ['1_000', 1000],
      ['_1', '_1'],
      ['+1', 1],
      ['1e3', 1000],
      ['1.0', 1],
      ['08', 8],
      ['.5', 0.5],
      ['-.5', -0.5],
      ['1.', 1],
      ['1e400', '1e400'],
      ['.', '.'],
      ['12:30:45', '12:30:45'],
      ['2026-01-01', '2026-01-01'],
      ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00Z'],
      ['"3"', '3'],
      ["'yes'", 'yes'],
      ['!!int "3"', 3],
      ['!!str 20', '20'],
      ['! 20', '20'],
      ['!!float 3', 3],
      ['!!bool "yes"', true],
      ['!!null ""', null],
      ['!foo 20', '20'],
      ['!!binary aGk=', 'hi'],
      ['!<tag:yaml.org,2002:int> 0x10', 16],
      ['!!timestamp 2026-01-01', '2026-01-01'],
      ['9007199254740993', 9007199254740993n],
      ['18446744073709551615', 18446744073709551615n],
      ['18446744073709551616', 18446744073709552000],
      ['-9223372036854775808', -9223372036854775808n],
      ['0x', '0x'],
      ['1__0', 10],
      ['a: b'.slice(0, 1), 'a'],
      ['<<', '<<'],
    ];
    for (const [source, value] of cases) reads(`a: ${source}\n`, { a: value });
  });

  it('says why a value cannot be sent', () => {
    for (const source of ['.inf', '-.INF', '.NaN', '!!int abc', '!!bool 1', '!!null x', '!!binary "?"']) {
      const value = entryOf(readDocuments(`a: ${source}`)[0]!.root, 'a')?.value;
      assert.ok(value?.kind === 'scalar' && value.unreadable !== undefined, source);
    }
  });

  it('folds, unescapes and chomps', () => {
    reads('a: "x\\u0041\\n\\\n  y"\n', { a: 'xA\ny' });
    reads("a: 'it''s\n  so'\n", { a: "it's so" });
    reads('a: "x\n\n  y"\n', { a: 'x\ny' });
    reads('a: |\n  x\n   y\n\nb: >-\n  x\n  y\n', { a: 'x\n y\n', b: 'x y' });
    reads('a: |+\n  x\n\nb: |2-\n   x\n', { a: 'x\n\n', b: ' x' });
    reads('a: x\n  y\n', { a: 'x y' });
  });

  it('names keys as JSON does', () => {
    reads('yes: 1\n0x10: 2\n1.5: 3\n"x": 4\n', { true: 1, 16: 2, 1.5: 3, x: 4 });
  });

  it('reads JSON, CRLF, byte order marks and text without a last line end', () => {
    reads('{"a": [1, 2.5, null, true, "\\u0041"], "b": {}}', { a: [1, 2.5, null, true, 'A'], b: {} });
    reads('\ufeffa: 1\r\nb:\r\n- |\r\n  x\r\n  y\r\n', { a: 1, b: ['x\ny\n'] });
    reads('a:\n  - b', { a: ['b'] });
  });

  it('does not mind indentation inside brackets and quotes', () => {
    reads('a: [\n1,\n  2\n]\nb: "x\ny"\nc: 1\n', { a: [1, 2], b: 'x y', c: 1 });
    reads('a:\n  b: {\nc: "d\ne",\n}\n  f: 1\n', { a: { b: { c: 'd e' }, f: 1 } });
  });
});

describe('readDocuments: aliases, merge keys, repeats', () => {
  it('resolves aliases at their own place', () => {
    const text = 'a: &x {b: 1}\nc: *x\n';
    reads(text, { a: { b: 1 }, c: { b: 1 } });
    const { root } = readDocuments(text)[0]!;
    const alias = nodeAt(root, ['c']);
    assert.equal(sourceOf(text, alias), '*x');
    assert.deepEqual(alias?.aliasOf, nodeAt(root, ['a'])?.span);
  });

  it('merges as the server does: in the order of the text, the first of a list last', () => {
    reads('a: &a {x: 1, w: 1}\nb:\n  <<: *a\n  z: 2\n', { a: { x: 1, w: 1 }, b: { x: 1, w: 1, z: 2 } });
    reads('a: &a {x: 1}\nb: &b {x: 2, w: 2}\nc:\n  <<: [*a, *b]\n', {
      a: { x: 1 },
      b: { x: 2, w: 2 },
      c: { x: 1, w: 2 },
    });
    const merged = nodeAt(readDocuments('a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n')[0]!.root, ['b']);
    assert.deepEqual(
      merged?.kind === 'mapping' &&
        merged.entries.map(({ key, merged: m, shadowed, duplicate }) => [key, m, shadowed, duplicate]),
      [
        ['x', true, true, undefined],
        ['x', undefined, undefined, true],
      ],
    );
  });

  it('marks repeated keys', () => {
    const { root } = readDocuments('a: 1\nb: 2\na: 3\na: 4\n')[0]!;
    assert.deepEqual(dataOf(root), { b: 2, a: 4 });
    assert.deepEqual(root?.kind === 'mapping' && root.entries.map(({ shadowed, duplicate }) => [shadowed, duplicate]), [
      [true, undefined],
      [undefined, undefined],
      [true, true],
      [undefined, true],
    ]);
  });

  it('refuses unknown anchors, loops, and what is neither', () => {
    assert.deepEqual(read('a: *x\n').problems, ["unknown anchor 'x' referenced @ *x"]);
    assert.deepEqual(read('a: &x [*x]\n').problems, ["anchor 'x' value contains itself @ *x"]);
    assert.deepEqual(read('a:\n  <<: 1\n').problems, ['map merge requires map or sequence of maps as the value @ <<']);
    assert.deepEqual(read('? [a]\n: 1\n').problems, ['a key must be a plain value, not a mapping or list @ [a]']);
  });
});

describe('readDocuments: places', () => {
  const text = '# c\nspec:\n  a: "x" # d\n  b:\n  - c: 1\n  - |\n    t\n  d:\n';
  const { root } = readDocuments(text)[0]!;

  it('spans what is written', () => {
    assert.equal(sourceOf(text, nodeAt(root, ['spec', 'a'])), '"x"');
    assert.equal(sourceOf(text, nodeAt(root, ['spec', 'b'])), '- c: 1\n  - |\n    t');
    assert.equal(sourceOf(text, nodeAt(root, ['spec', 'b', 0])), 'c: 1');
    assert.equal(sourceOf(text, nodeAt(root, ['spec', 'b', 1])), '|\n    t');
    const empty = nodeAt(root, ['spec', 'd'])!;
    assert.deepEqual(empty.span, { start: text.length - 1, end: text.length - 1 });
  });

  it('counts from the start of the whole text', () => {
    const stream = '---\na: 1\n--- # x\nb: [2, {c: 3}]\n...\nd: 4\n';
    const documents = readDocuments(stream);
    assert.deepEqual(
      documents.map(({ root: each }) => dataOf(each)),
      [{ a: 1 }, { b: [2, { c: 3 }] }, { d: 4 }],
    );
    assert.equal(sourceOf(stream, nodeAt(documents[1]!.root, ['b', 1, 'c'])), '3');
    assert.equal(stream.slice(documents[1]!.span.start, documents[1]!.span.end), ' # x\nb: [2, {c: 3}]\n');
  });
});

describe('readDocuments: streams', () => {
  const indices = (text: string): [number, unknown][] =>
    readDocuments(text).map(({ index, root }) => [index, dataOf(root)]);

  it('counts documents from 0, empty ones included', () => {
    assert.deepEqual(indices('a: 1\n---\n---\n# c\n---\nb: 1'), [
      [0, { a: 1 }],
      [1, null],
      [2, null],
      [3, { b: 1 }],
    ]);
    assert.deepEqual(indices('# comment\n---\na: 1\n'), [[0, { a: 1 }]]);
    assert.deepEqual(indices('%YAML 1.1\n---\na: 1\n'), [[0, { a: 1 }]]);
    assert.deepEqual(indices(''), [[0, null]]);
    assert.deepEqual(indices('a: 1\n...\n'), [[0, { a: 1 }]]);
    assert.deepEqual(indices('a: |\n  ---\n--- {b: 1}\n'), [
      [0, { a: '---\n' }],
      [1, { b: 1 }],
    ]);
  });

  it('keeps what is wrong with one document from the others', () => {
    const documents = readDocuments('a: [\n---\nb: 1\n');
    assert.deepEqual(
      documents.map(({ problems }) => problems.length),
      [1, 0],
    );
  });
});

describe('readDocuments: half-typed text', () => {
  const cases: [string, string, unknown, string[]][] = [
    [
      'a name without a colon',
      'spec:\n  a: 1\n  fo\n  b: 2\n',
      { spec: { a: 1, b: 2 } },
      ["could not find expected ':' @ fo"],
    ],
    ['at the end', 'spec:\n  a: 1\n  fo', { spec: { a: 1 } }, ["could not find expected ':' @ fo"]],
    [
      'in front of less indentation',
      'x:\n  - a: 1\n    fo\n  - b: 1\nc: 1\n',
      { x: [{ a: 1 }, { b: 1 }], c: 1 },
      ["could not find expected ':' @ fo"],
    ],
    [
      'an open list',
      'x:\n- a: [b, c\n- d: 1\ne: 2\n',
      { x: [{ a: null }, { d: 1 }], e: 2 },
      ['[ is not closed: missing ] @ ['],
    ],
    [
      'an open quote',
      'x:\n- a: "b\n  c: 1\ne: "f"\n',
      { x: [{ a: null, c: 1 }], e: 'f' },
      ['a double quote is not closed: missing " @ "b'],
    ],
    ['an open quote at the end', "a: 'b\nc: 1\n", { a: null, c: 1 }, ["a single quote is not closed: missing ' @ 'b"]],
    [
      'a second colon',
      'a: b: c\nd: 1\n',
      { a: 'b  c', d: 1 },
      ['mapping values are not allowed in this context @ b: c'],
    ],
    [
      'a key under a value',
      'a: 1\n  b: 2\nc: 3\n',
      { a: 1, c: 3 },
      ['mapping values are not allowed in this context @ b: 2'],
    ],
    [
      'a key in no column',
      'a:\n    b: 1\n  c: 2\nd: 3\n',
      { a: { b: 1 }, c: 2, d: 3 },
      ['keys of one mapping must begin in the same column @ c'],
    ],
    ['a dash behind a key', 'a: - b\nc: 1\n', { a: null, c: 1 }, ['unexpected - @ -']],
    ['a stray bracket', 'a: 1\n]\nb: 2\n', { a: 1, b: 2 }, ['unexpected ] @ ]']],
    ['a tab', 'a:\n\tb: 1\nc: 2\n', { a: null, b: 1, c: 2 }, ['tabs are not allowed as indentation @ \t']],
    ['a reserved sign', 'a: @b\nc: 2\n', { a: '@b', c: 2 }, ['plain value cannot start with reserved character @ @ @']],
    ['a control character', 'a: b\u0001\nc: 2\n', { a: 'b', c: 2 }, ['control characters are not allowed @ \u0001']],
  ];
  for (const [name, text, data, problems] of cases) it(name, () => assert.deepEqual(read(text), { data, problems }));
});
