import type { ManifestAddress, ManifestSummary } from '../../../server/src/protocol/protocol.ts';

/**
 * Where a Job is after its text was edited: at its old address, unless another Job stands there now and one with its
 * name elsewhere (a document was inserted before it, say). Null when neither is there.
 */
export function followManifest(
  address: ManifestAddress,
  name: string,
  manifests: readonly ManifestSummary[],
): ManifestSummary | null {
  const here = manifests.find(({ document, item }) => document === address.document && item === address.item);
  if (here !== undefined && here.name === name) return here;
  const moved = name === '' ? undefined : manifests.find((manifest) => manifest.name === name);
  return moved ?? here ?? null;
}

/** A field and what it is in, innermost first: `spec.a[1].b`, `spec.a[1]`, `spec.a`, `spec`. */
export function fieldAndParents(field: string): readonly string[] {
  const paths = [field];
  for (let path = field; ;) {
    const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    if (cut <= 0) return paths;
    path = path.slice(0, cut);
    paths.push(path);
  }
}
