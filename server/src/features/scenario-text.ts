import type { ManifestNode } from '../../core/manifest/tree.ts';
import type { ScenarioResult } from '../protocol/protocol.ts';
import { readDocuments } from '../yaml/reader.ts';

/**
 * A scenario file's text as data, for whoever simulates; only its YAML is judged here. Of several documents the first
 * one counts. Whole numbers too large for JSON lose digits, which no scenario misses.
 */
export function readScenarioText(text: string): ScenarioResult {
  const documents = readDocuments(text);
  return {
    value: dataOf(documents[0]?.root ?? null),
    problems: documents.flatMap(({ problems }) => problems.map(({ message }) => message)),
  };
}

/** A source tree as plain data that JSON can carry. Of a key written twice the later one counts. */
function dataOf(node: ManifestNode | null): unknown {
  if (node === null) return null;
  if (node.kind === 'scalar') return typeof node.value === 'bigint' ? Number(node.value) : node.value;
  if (node.kind === 'sequence') return node.items.map(dataOf);
  return Object.fromEntries(
    node.entries.filter(({ shadowed }) => shadowed !== true).map(({ key, value }) => [key, dataOf(value)]),
  );
}
