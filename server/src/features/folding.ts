import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-protocol';
import type { ManifestNode, Span } from '../../core/manifest/tree.ts';
import type { AnalysedDocument, Analysis, PlacedDocument } from './analysis.ts';
import { lineAt } from './lines.ts';

/** So many of one text; the outermost are kept, since they come first. */
const MOST = 5000;

/** First and last line of its document, both inclusive. */
interface Fold {
  readonly first: number;
  readonly last: number;
  readonly kind?: FoldingRangeKind;
}

/** What can be folded in a document, itself first; remembered, so that an edit elsewhere in the stream reads nothing. */
export function foldsOf({ document }: PlacedDocument): readonly Fold[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const folds: Fold[] = [];
  const { root } = document.tree;
  const fold = ({ start, end }: Span): void => {
    const first = lineAt(document.lineStarts, start);
    const last = lastWritten(document.text, document.lineStarts, lineAt(document.lineStarts, end));
    if (folds.length < MOST) folds.push({ first, last });
  };
  if (root !== null) {
    fold(root.span);
    visit(root, fold);
    for (const [first, last] of commentBlocks(document)) folds.push({ first, last, kind: FoldingRangeKind.Comment });
  }
  remembered.set(document, folds);
  return folds;
}

const remembered = new WeakMap<AnalysedDocument, readonly Fold[]>();

/**
 * What can be folded away: documents of a stream, blocks, list items, block scalars, comments of several lines. Null
 * for a text without Jobs: an editor's own folding serves it better.
 */
export function foldingRangesOf(analysis: Analysis): readonly FoldingRange[] | null {
  if (!analysis.documents.some(({ document }) => document.objects.length > 0)) return null;
  const ranges: FoldingRange[] = [];
  for (const placed of analysis.documents)
    for (const [at, { first, last, kind }] of foldsOf(placed).entries()) {
      if (last <= first || ranges.length >= MOST || (at === 0 && analysis.documents.length === 1)) continue;
      const range = { startLine: placed.line + first, endLine: placed.line + last };
      ranges.push(kind === undefined ? range : { ...range, kind });
    }
  return ranges;
}

/** The last line up to this one that is not blank. */
function lastWritten(text: string, lineStarts: readonly number[], line: number): number {
  let at = line;
  while (at > 0 && text.slice(lineStarts[at], lineStarts[at + 1]).trim() === '') at--;
  return at;
}

function visit(node: ManifestNode, fold: (span: Span) => void): void {
  if (node.aliasOf !== undefined) return;
  if (node.kind === 'sequence') {
    for (const item of node.items) {
      if (item.kind !== 'sequence' && item.aliasOf === undefined) fold(item.span);
      visit(item, fold);
    }
  } else if (node.kind === 'mapping') {
    for (const { keySpan, value, merged } of node.entries) {
      if (merged === true || value.aliasOf !== undefined) continue;
      fold({ start: keySpan.start, end: value.span.end });
      visit(value, fold);
    }
  }
}

/** First and last lines of comments that stand alone on two lines or more. */
function commentBlocks({ text, lineStarts, tree }: AnalysedDocument): readonly (readonly [number, number])[] {
  const blocks: (readonly [number, number])[] = [];
  const literals = literalLines(tree.root, lineStarts);
  let first = -1;
  for (let line = 0; line <= lineStarts.length; line++) {
    const start = lineStarts[line];
    const comment = start !== undefined && !literals.has(line) && /^\s*#/.test(text.slice(start, lineStarts[line + 1]));
    if (comment && first === -1) first = line;
    if (comment || first === -1) continue;
    if (line - 1 > first) blocks.push([first, line - 1]);
    first = -1;
  }
  return blocks;
}

/** Lines inside block scalars: a `#` there is text. */
function literalLines(root: ManifestNode | null, lineStarts: readonly number[]): ReadonlySet<number> {
  const lines = new Set<number>();
  const look = (node: ManifestNode): void => {
    if (node.aliasOf !== undefined) return;
    if (node.kind === 'mapping') for (const { value } of node.entries) look(value);
    else if (node.kind === 'sequence') for (const item of node.items) look(item);
    else if (node.style === 'literal' || node.style === 'folded')
      for (let line = lineAt(lineStarts, node.span.start); line <= lineAt(lineStarts, node.span.end); line++)
        lines.add(line);
  };
  if (root !== null) look(root);
  return lines;
}
