import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ManifestEdit } from '../../../server/core/manifest/edit.ts';
import { analyse, type Analysis } from '../../../server/src/features/analysis.ts';
import { codeActionsOf } from '../../../server/src/features/code-actions.ts';
import { codeLensesOf } from '../../../server/src/features/code-lens.ts';
import { completionsOf } from '../../../server/src/features/completion.ts';
import { diagnosticsOf } from '../../../server/src/features/diagnostics.ts';
import { documentSymbolsOf } from '../../../server/src/features/document-symbols.ts';
import { hoverAt } from '../../../server/src/features/hover.ts';
import { manifestOf, manifestsOf } from '../../../server/src/features/manifests.ts';
import { positionAt } from '../../../server/src/features/place.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../server/src/features/settings.ts';
import type { Position } from '../../../server/src/protocol/protocol.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';
import { applyChanges, editText } from '../../../server/src/yaml/writer.ts';
import { assertQuick, mutations, randomFrom } from './mutations.ts';

const SEED = Number(process.env['JOBWRIGHT_FUZZ_SEED'] ?? 1);
const ROUNDS = Number(process.env['JOBWRIGHT_FUZZ_FEATURE_ROUNDS'] ?? 2000);
const URI = 'file:///fuzz.yaml';
const NOW = Date.UTC(2026, 0, 1);
const OTHERS: readonly Settings[] = [
  DEFAULT_SETTINGS,
  { ...DEFAULT_SETTINGS, kubernetesVersion: '1.29' },
  { ...DEFAULT_SETTINGS, partial: true },
];

describe('every feature on mutated text', () => {
  it(`answers and is quick (${ROUNDS} texts, seed ${SEED})`, () => {
    const texts = mutations(SEED + 1);
    const random = randomFrom(SEED);
    let before: Analysis | undefined;
    for (let round = 0; round < ROUNDS; round++) {
      const text = texts.next().value as string;
      assertQuick(text, () => {
        try {
          before = analyse(text, round, before);
          everyFeature(before, text, random);
          edits(text, random);
        } catch (error) {
          throw new Error(`round ${round} on ${JSON.stringify(text)}`, { cause: error });
        }
      });
    }
  });
});

function everyFeature(analysis: Analysis, text: string, random: (below: number) => number): void {
  const settings = OTHERS[random(OTHERS.length)]!;
  const last = analysis.documents.at(-1)!;
  const end = positionAt(last, last.document.text.length);
  const failed = (error: unknown): never => {
    throw error;
  };
  for (const placed of analysis.documents)
    for (const { range } of diagnosticsOf(placed, settings, failed)) {
      assert.ok(isBefore({ line: 0, character: 0 }, range.start) && isBefore(range.start, range.end));
      assert.ok(range.end.line <= end.line);
    }
  for (let look = 0; look < 3; look++) {
    const position = { line: random(end.line + 2), character: random(40) };
    hoverAt(analysis, position, { now: NOW });
    completionsOf(analysis, position);
  }
  documentSymbolsOf(analysis);
  codeLensesOf(analysis, URI, { watch: true, now: NOW });
  const all = { start: { line: 0, character: 0 }, end };
  const actions = codeActionsOf(analysis, URI, all, { diagnostics: [] }, settings);
  for (const { edit } of actions)
    for (const { range } of edit?.changes?.[URI] ?? []) assert.ok(isBefore(range.start, range.end));
  for (const summary of manifestsOf(analysis, URI)) manifestOf(analysis, summary);
  assert.equal(analysis.text, text);
}

/** What is written can be read again, and costs nothing that was there. */
function edits(text: string, random: (below: number) => number): void {
  const documents = readDocuments(text);
  const document = documents[random(documents.length)]!;
  for (const edit of EDITS) {
    const changes = editText(text, document, [edit]);
    for (const { span } of changes) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
    readDocuments(applyChanges(text, changes));
  }
  editText(text, document, EDITS);
}

const EDITS: readonly ManifestEdit[] = [
  { kind: 'set', path: ['spec', 'backoffLimit'], value: 3 },
  { kind: 'set', path: ['spec', 'template', 'spec', 'containers', 0, 'args'], value: ['a\nb', 'yes'] },
  { kind: 'remove', path: ['metadata', 'labels'] },
  { kind: 'rename', path: ['spec', 'parallelism'], name: 'completions' },
  { kind: 'insert', path: ['spec', 'template', 'spec', 'containers'], index: 1, value: { name: 'b' } },
];

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
