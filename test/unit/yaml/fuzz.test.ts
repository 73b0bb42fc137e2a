import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { decodeObject } from '../../../server/core/validation/decoding.ts';
import type { ManifestNode } from '../../../server/core/manifest/tree.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';

const SEED = Number(process.env['JOBWRIGHT_FUZZ_SEED'] ?? 1);
const ROUNDS = Number(process.env['JOBWRIGHT_FUZZ_ROUNDS'] ?? 4000);

const BASES = [
  'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x # c\n  labels: {a: "b", c: \'d\'}\nspec:\n  parallelism: 0777\n  template:\n    spec:\n      containers:\n      - name: a\n        command: ["sh", "-c", \'echo "x"\']\n        args:\n          - |\n            foo\n              bar\n\n          - >-\n            folded\n            text\n      restartPolicy: Never\n',
  'a: &x\n  b: 1\n  c: [1, 2]\nd:\n  <<: *x\n  e: yes\nf: *x\ng: !!str 20\n? h\n: i\n',
  '- a\n- - b\n  - c: d\n    e:\n- {f: [g, {h: }], "i" : j}\n- "multi\n  line"\n- plain\n  multi\n',
  '{"kind": "Job", "spec": {"a": [1, 2.5, null, true], "b": {}}}\n',
  "--- # x\r\na: 1\r\nb:\r\n    - 'q''r'\r\n    -\r\n      z: \"\\u0041\\n\"\r\n...\r\nc: 1\r\n",
];
const PIECES = [
  '\t',
  ' ',
  '  ',
  '\n',
  ':',
  ': ',
  '-',
  '- ',
  '#',
  ' #',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '&a ',
  '*x',
  '!!int ',
  '!',
  '|',
  '>',
  '%',
  '@',
  '`',
  '?',
  '? ',
  '<<: *x\n',
  '~',
  '0x1F',
  '1_0',
  '.5',
  'yes',
  '---\n',
  '...\n',
  '\r\n',
  '\r',
  '\\',
  'é',
  '\u{1f600}',
  '\ud800',
  '\0',
  '\u0018',
  '\u001f',
  '\u0002',
  '\ufeff',
  '\u2028',
  'null: 1\n',
  '"a" : b\n',
  '|2\n',
  '>+\n',
];

describe('mutated text', () => {
  it(`never throws and never takes long (${ROUNDS} texts, seed ${SEED})`, () => {
    let state = SEED;
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const bases = [...BASES, ...examples()];
    for (let round = 0; round < ROUNDS; round++) {
      let text = bases[random(bases.length)]!;
      for (let change = random(4); change >= 0; change--) {
        const at = random(text.length + 1);
        const kind = random(4);
        if (kind < 2) text = text.slice(0, at) + PIECES[random(PIECES.length)]! + text.slice(at);
        else if (kind === 2) text = text.slice(0, at) + text.slice(at + 1 + random(5));
        else {
          const from = random(text.length);
          text = text.slice(0, at) + text.slice(from, from + 1 + random(12)) + text.slice(at);
        }
      }
      const begin = performance.now();
      const documents = readDocuments(text);
      for (const { root, problems } of documents) {
        for (const { span } of problems)
          assert.ok(span.start >= 0 && span.end <= text.length + 1, JSON.stringify(text));
        if (root === null) continue;
        checkSpans(root, text);
        decodeObject(root, 'Job');
        decodeObject(root, 'CronJob');
      }
      assert.ok(performance.now() - begin < 1000, JSON.stringify(text));
    }
  });
});

function checkSpans(node: ManifestNode, text: string): void {
  assert.ok(
    node.span.start >= 0 && node.span.start <= node.span.end && node.span.end <= text.length,
    JSON.stringify(text),
  );
  if (node.kind === 'sequence') for (const item of node.items) checkSpans(item, text);
  else if (node.kind === 'mapping')
    for (const { keySpan, value } of node.entries) {
      assert.ok(keySpan.start <= keySpan.end && keySpan.end <= text.length, JSON.stringify(text));
      checkSpans(value, text);
    }
}

function examples(): string[] {
  const folder = new URL('../../../examples/', import.meta.url);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
}
