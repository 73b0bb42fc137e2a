import type { FieldPath, PathSegment } from '../../core/manifest/path.ts';
import type { ManifestNode, ScalarNode, Span } from '../../core/manifest/tree.ts';

/** What stands at an offset: a key of a mapping or a scalar. */
export interface ManifestPlace {
  /** From the root that was searched, the key or item included. */
  readonly path: FieldPath;
  /** Of the key, or of the scalar. */
  readonly span: Span;
  /** The scalar that stands there; null on a key. */
  readonly value: ScalarNode | null;
}

/** Finds the key or scalar at an offset (both ends of it included), or null between them. */
export function placeAt(root: ManifestNode, offset: number): ManifestPlace | null {
  const path: PathSegment[] = [];
  let node = root;
  for (;;) {
    if (node.kind === 'scalar') return holds(node.span, offset) ? { path, span: node.span, value: node } : null;
    let next: ManifestNode | undefined;
    if (node.kind === 'sequence') {
      const at = node.items.findIndex((item) => holds(item.span, offset));
      next = node.items[at];
      path.push(at);
    } else {
      for (const entry of node.entries) {
        if (entry.merged === true) continue;
        if (holds(entry.keySpan, offset)) return { path: [...path, entry.key], span: entry.keySpan, value: null };
        if (holds(entry.value.span, offset)) {
          path.push(entry.key);
          next = entry.value;
          break;
        }
      }
    }
    // What an alias stands for is written elsewhere: there is nothing below it here.
    if (next === undefined || (next.kind !== 'scalar' && next.aliasOf !== undefined)) return null;
    node = next;
  }
}

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
