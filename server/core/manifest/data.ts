import type { ManifestNode } from './tree.ts';

/**
 * A source tree as plain data: maps, lists and scalars. Of a key written twice the later one counts. `large` says what
 * becomes of an integer that a double cannot hold; it stays a bigint unless told.
 */
export function dataOf(node: ManifestNode | null, large: (value: bigint) => unknown = (value) => value): unknown {
  if (node === null) return null;
  if (node.kind === 'scalar') return typeof node.value === 'bigint' ? large(node.value) : node.value;
  if (node.kind === 'sequence') return node.items.map((item) => dataOf(item, large));
  return Object.fromEntries(
    node.entries.filter(({ shadowed }) => shadowed !== true).map(({ key, value }) => [key, dataOf(value, large)]),
  );
}
