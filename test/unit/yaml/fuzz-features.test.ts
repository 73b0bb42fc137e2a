import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ManifestEdit } from '../../../server/core/manifest/edit.ts';
import { clusterObjectsIn } from '../../../server/src/features/cluster-objects.ts';
import { analyse, type Analysis } from '../../../server/src/features/analysis.ts';
import { codeActionsOf } from '../../../server/src/features/code-actions.ts';
import { codeLensesOf } from '../../../server/src/features/code-lens.ts';
import { completionsOf } from '../../../server/src/features/completion.ts';
import { diagnosticsOf } from '../../../server/src/features/diagnostics.ts';
import { documentSymbolsOf } from '../../../server/src/features/document-symbols.ts';
import { fixAll } from '../../../server/src/features/fixes.ts';
import { foldingRangesOf } from '../../../server/src/features/folding.ts';
import { hoverAt } from '../../../server/src/features/hover.ts';
import { inlayHintsOf } from '../../../server/src/features/inlay-hints.ts';
import { manifestOf, manifestsOf } from '../../../server/src/features/manifests.ts';
import {
  definitionsAt,
  highlightsAt,
  referencesAt,
  renameAt,
  renameRangeAt,
} from '../../../server/src/features/navigation.ts';
import { objectDefinitionsAt, objectLinksOf } from '../../../server/src/features/object-references.ts';
import { positionAt } from '../../../server/src/features/place.ts';
import {
  scenarioCompletionsAt,
  scenarioDiagnosticsOf,
  scenarioHoverAt,
} from '../../../server/src/features/scenario-file.ts';
import { scenarioSymbolsOf } from '../../../server/src/features/scenario-symbols.ts';
import { readScenarioText } from '../../../server/src/features/scenario-text.ts';
import { selectionRangesAt } from '../../../server/src/features/selection-ranges.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../server/src/features/settings.ts';
import type { Position } from '../../../server/src/protocol/protocol.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';
import { applyChanges, editText } from '../../../server/src/yaml/writer.ts';
import { measured, mutations, randomFrom } from './mutations.ts';

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
  it(`answers, is quick and keeps nothing (${ROUNDS} texts, seed ${SEED})`, (context) => {
    const random = randomFrom(SEED);
    let before: Analysis | undefined;
    const { longest, grown } = measured(mutations(SEED + 1), ROUNDS, (text, round) => {
      before = analyse(text, round, before);
      everyFeature(before, text, random);
      scenarioFeatures(before, text, random);
      edits(text, random);
    });
    context.diagnostic(
      `longest ${longest.toFixed(0)} ms; heap grown by ${(grown / 1e6).toFixed(1)} MB in the second half`,
    );
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
    definitionsAt(analysis, URI, position);
    referencesAt(analysis, URI, position, true);
    highlightsAt(analysis, position);
    renameRangeAt(analysis, position);
    renameAt(analysis, URI, position, 'other');
    selectionRangesAt(analysis, [position]);
    objectDefinitionsAt(analysis, position, clusterObjectsIn(text, URI));
  }
  documentSymbolsOf(analysis);
  codeLensesOf(analysis, URI, { watch: true, now: NOW });
  const all = { start: { line: 0, character: 0 }, end };
  foldingRangesOf(analysis);
  objectLinksOf(analysis, clusterObjectsIn(text, URI));
  inlayHintsOf(analysis, all, { defaults: true, schedule: true, worstCase: true }, NOW);
  const fixed = fixAll(text, settings, new Set(['error', 'warning', 'information', 'hint']));
  readDocuments(fixed.text);
  const actions = codeActionsOf(analysis, URI, all, { diagnostics: [] }, settings);
  for (const { edit } of actions)
    for (const { range } of edit?.changes?.[URI] ?? []) assert.ok(isBefore(range.start, range.end));
  for (const summary of manifestsOf(analysis, URI)) manifestOf(analysis, summary);
  assert.equal(analysis.text, text);
}

/** The same text taken for a scenario file. */
function scenarioFeatures(analysis: Analysis, text: string, random: (below: number) => number): void {
  const position = { line: random(analysis.documents.at(-1)!.line + 10), character: random(40) };
  scenarioDiagnosticsOf(analysis.documents[0]!);
  scenarioHoverAt(analysis, position);
  scenarioCompletionsAt(analysis, position);
  scenarioSymbolsOf(analysis);
  readScenarioText(text);
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
