import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeObject } from '../../../server/core/validation/decoding.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';

const count = (length: number): number[] => Array.from({ length }, (_, at) => at);

/** Texts that cost a careless reader minutes or all memory. */
const TEXTS: Readonly<Record<string, () => string>> = {
  '5 MB of brackets': () => '['.repeat(5e6),
  '10 MB of empty brackets': () => '[]'.repeat(5e6),
  '5 MB of braces': () => '{'.repeat(5e6),
  'a million open keys': () => '{a: '.repeat(1e6),
  '40,000 keys': () =>
    count(40_000)
      .map((at) => `key${at}: ${at}`)
      .join('\n'),
  '40,000 times one key': () => 'key: 1\n'.repeat(40_000),
  '10,000 anchors': () =>
    count(10_000)
      .map((at) => `k${at}: &a${at} [${at > 0 ? `*a${at - 1}` : '1'}]`)
      .join('\n'),
  'an alias bomb': () =>
    `a: &a [${'1,'.repeat(9)}1]\n` +
    Array.from(
      'bcdefghij',
      (name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[at]!}`).join(',')}]`,
    ).join('\n'),
  'a merge bomb': () =>
    'k0: &k0 {a: 1}\n' +
    count(9000)
      .map((at) => `k${at + 1}: &k${at + 1}\n  <<: *k${at}\n  b${at}: 1`)
      .join('\n'),
  'a string of 100,000 lines': () => `a: |\n${'  line\n'.repeat(100_000)}`,
  'a quoted string of 100,000 lines': () => `a: "x\n${'  line\n'.repeat(100_000)}"`,
  'an open string of 100,000 lines': () => `a: "x\n${'  line\n'.repeat(100_000)}`,
  '5,000 levels of mappings': () =>
    count(5000)
      .map((at) => `${' '.repeat(at)}a:`)
      .join('\n'),
  '300,000 stray colons': () => ': '.repeat(300_000),
  '300,000 question marks': () => '? '.repeat(300_000),
  '50,000 open lists': () => 'a: [\n'.repeat(50_000),
  '200,000 quotes': () => '"\n'.repeat(200_000),
  '200,000 half keys': () => 'a:\n  b\n'.repeat(50_000),
  '200,000 comments': () => `a:\n${'  # c\n'.repeat(200_000)}b: 1`,
  '2,500,000 documents': () => '---\n'.repeat(2_500_000),
  'a million digits': () => `a: 0x${'f'.repeat(1e6)}`,
};

describe('hostile text', () => {
  for (const [name, make] of Object.entries(TEXTS))
    it(name, () => {
      const text = make();
      const begin = performance.now();
      const documents = readDocuments(text);
      // Generous: a machine may be busy; a quadratic reader takes minutes.
      assert.ok(performance.now() - begin < 8000, `${Math.round(performance.now() - begin)} ms`);
      for (const { problems, root } of documents) {
        assert.ok(problems.length <= 101);
        if (root !== null) decodeObject(root, 'Job');
      }
    });

  it('reads 1,000 levels', () => {
    for (const text of [
      '['.repeat(1000) + ']'.repeat(1000),
      '- '.repeat(1000) + 'x',
      count(1000)
        .map((at) => `${' '.repeat(at)}a:`)
        .join('\n'),
    ]) {
      const [document] = readDocuments(text);
      assert.deepEqual(document!.problems, []);
      assert.equal(document!.truncated, undefined);
    }
  });

  it('says in one problem where a budget ends', () => {
    const [document] = readDocuments('a: 1\n'.repeat(100), { tokens: 50 });
    assert.equal(document!.truncated, true);
    assert.deepEqual(
      document!.problems.map(({ message }) => message),
      ['this document is too long to be checked to its end; what follows here was not read'],
    );
  });

  it('refuses an alias bomb in the words of the server', () => {
    const [document] = readDocuments(TEXTS['an alias bomb']!());
    assert.equal(document!.truncated, true);
    assert.deepEqual(
      document!.problems.map(({ message }) => message),
      ['document contains excessive aliasing'],
    );
  });
});
