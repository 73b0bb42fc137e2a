import { dataOf } from '../../core/manifest/data.ts';
import type { ScenarioResult } from '../protocol/protocol.ts';
import { readDocuments } from '../yaml/reader.ts';

/**
 * A scenario file's text as data, for whoever simulates; only its YAML is judged here. Of several documents the first
 * one counts. Whole numbers too large for JSON lose digits, which no scenario misses.
 */
export function readScenarioText(text: string): ScenarioResult {
  const documents = readDocuments(text);
  return {
    value: dataOf(documents[0]?.root ?? null, Number),
    problems: documents.flatMap(({ problems }) => problems.map(({ message }) => message)),
  };
}
