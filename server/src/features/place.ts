import type { Span } from '../../core/manifest/tree.ts';
import type { Position, Range } from '../protocol/protocol.ts';
import type { AnalysedDocument, AnalysedObject, Analysis, PlacedDocument } from './analysis.ts';
import { lineAt } from './lines.ts';

/**
 * Between the editor's places (0-based lines and UTF-16 characters of the whole text) and those of a document (offsets
 * from its own start). A document starts at the start of a line, so only lines shift.
 */

/** The document that holds a line; the last one for lines after the end. */
export function documentAt(analysis: Analysis, line: number): PlacedDocument {
  let low = 0;
  let high = analysis.documents.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (analysis.documents[middle]!.line <= line) low = middle;
    else high = middle - 1;
  }
  return analysis.documents[low]!;
}

/** Offset in the document's own text; places beyond a line's end or outside the document become the nearest inside. */
export function offsetAt(placed: PlacedDocument, position: Position): number {
  const { lineStarts, text } = placed.document;
  const line = position.line - placed.line;
  if (line < 0) return 0;
  const start = lineStarts[line];
  if (start === undefined) return text.length;
  let end = lineStarts[line + 1] ?? text.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return Math.min(start + Math.max(0, position.character), end);
}

/** The editor's place of an offset in the document's own text. */
export function positionAt(placed: PlacedDocument, offset: number): Position {
  const { lineStarts } = placed.document;
  const line = lineAt(lineStarts, offset);
  return { line: placed.line + line, character: offset - lineStarts[line]! };
}

/** The editor's range of a span of the document's own text. */
export function rangeOf(placed: PlacedDocument, span: Span): Range {
  return { start: positionAt(placed, span.start), end: positionAt(placed, span.end) };
}

/** The Job or CronJob around an offset of its document: the only one, or that item of a List. */
export function objectAt(document: AnalysedDocument, offset: number): AnalysedObject | undefined {
  const { objects } = document;
  if (objects.length === 1 && objects[0]!.item === null) return objects[0];
  return objects.find(({ span }) => span.start <= offset && offset <= span.end);
}
