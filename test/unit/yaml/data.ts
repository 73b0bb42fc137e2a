import type { Json } from '../../../server/core/manifest/edit.ts';
import type { ManifestNode } from '../../../server/core/manifest/tree.ts';

/** The plain data that a tree stands for. */
export function dataOf(node: ManifestNode | null): Json {
  if (node === null) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(dataOf);
  return Object.fromEntries(
    node.entries.filter((entry) => entry.shadowed !== true).map((entry) => [entry.key, dataOf(entry.value)]),
  );
}
