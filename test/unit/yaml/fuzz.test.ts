import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeObject } from '../../../server/core/validation/decoding.ts';
import type { ManifestNode } from '../../../server/core/manifest/tree.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';
import { measured, mutations } from './mutations.ts';

const SEED = Number(process.env['JOBWRIGHT_FUZZ_SEED'] ?? 1);
const ROUNDS = Number(process.env['JOBWRIGHT_FUZZ_ROUNDS'] ?? 4000);

describe('mutated text', () => {
  it(`never throws, never takes long and keeps nothing (${ROUNDS} texts, seed ${SEED})`, (context) => {
    const { longest, grown } = measured(mutations(SEED), ROUNDS, (text) => {
      for (const { root, problems } of readDocuments(text)) {
        for (const { span } of problems)
          assert.ok(span.start >= 0 && span.end <= text.length + 1, JSON.stringify(text));
        if (root === null) continue;
        checkSpans(root, text);
        decodeObject(root, 'Job');
        decodeObject(root, 'CronJob');
      }
    });
    context.diagnostic(
      `longest ${longest.toFixed(0)} ms; heap grown by ${(grown / 1e6).toFixed(1)} MB in the second half`,
    );
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
