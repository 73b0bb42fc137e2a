import type { SelectionRange } from 'vscode-languageserver-protocol';
import type { ManifestNode, Span } from '../../core/manifest/tree.ts';
import type { Position } from '../protocol/protocol.ts';
import type { Analysis } from './analysis.ts';
import { documentAt, offsetAt, rangeOf } from './place.ts';

/** For each place, what "expand selection" goes through: value, field, block, item, …, document. */
export function selectionRangesAt(analysis: Analysis, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const placed = documentAt(analysis, position.line);
    const offset = offsetAt(placed, position);
    const { root } = placed.document.tree;
    const spans: Span[] = [{ start: 0, end: placed.document.text.length }];
    if (root !== null) enclosing(root, offset, spans);
    let range: SelectionRange | undefined;
    for (const span of spans) {
      const here = rangeOf(placed, span);
      range = range === undefined ? { range: here } : { range: here, parent: range };
    }
    return range ?? { range: { start: position, end: position } };
  });
}

/** Adds the spans around an offset, the widest first; equal ones once. */
function enclosing(root: ManifestNode, offset: number, spans: Span[]): void {
  const add = (span: Span): void => {
    const last = spans.at(-1)!;
    if (span.start === last.start && span.end === last.end) return;
    if (span.start >= last.start && span.end <= last.end) spans.push(span);
  };
  let node: ManifestNode | undefined = root;
  while (node !== undefined && node.span.start <= offset && offset <= node.span.end) {
    add(node.span);
    let next: ManifestNode | undefined;
    if (node.kind === 'sequence') next = node.items.find(({ span }) => span.start <= offset && offset <= span.end);
    else if (node.kind === 'mapping') {
      const entry = node.entries.find(
        ({ keySpan, value, merged }) =>
          merged !== true && keySpan.start <= offset && offset <= Math.max(keySpan.end, value.span.end),
      );
      if (entry === undefined) return;
      add({ start: entry.keySpan.start, end: Math.max(entry.keySpan.end, entry.value.span.end) });
      if (offset <= entry.keySpan.end) {
        add(entry.keySpan);
        return;
      }
      next = entry.value;
    } else if (node.style === 'single' || node.style === 'double')
      add({ start: node.span.start + 1, end: node.span.end - 1 });
    if (next?.kind !== 'scalar' && next?.aliasOf !== undefined) return;
    node = next;
  }
}
