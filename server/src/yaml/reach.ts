import { segmentKey, type FieldPath } from '../../core/manifest/path.ts';
import { entryOf, type ManifestNode } from '../../core/manifest/tree.ts';

/** The node at a path, unless the way to it leads through an alias. */
export function reach(root: ManifestNode | null, path: FieldPath): ManifestNode | undefined {
  let node = root ?? undefined;
  for (const segment of path) {
    const key = segmentKey(segment);
    if (typeof key === 'number') node = node?.kind === 'sequence' ? node.items[key] : undefined;
    else {
      const entry = entryOf(node, key);
      node = entry?.merged === true ? undefined : entry?.value;
    }
    if (node === undefined || node.aliasOf !== undefined) return undefined;
  }
  return node;
}
