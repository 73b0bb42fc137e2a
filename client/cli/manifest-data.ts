import type { ManifestNode } from '../../server/core/manifest/tree.ts';

/** A source tree as plain data: maps, lists and scalars. Of a key written twice the later one counts. */
export function dataOf(node: ManifestNode | null): unknown {
  if (node === null) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(dataOf);
  return Object.fromEntries(
    node.entries.filter(({ shadowed }) => shadowed !== true).map(({ key, value }) => [key, dataOf(value)]),
  );
}
