import { entryOf, type ManifestNode } from '../../core/manifest/tree.ts';
import { readDocuments } from './reader.ts';

/** The names under which kustomize looks for its file, in this order. */
export const KUSTOMIZATION_FILES: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * The files that a kustomization applies as patches, as it names them (relative to its folder): they hold parts of
 * objects, never whole ones. Patches that are written into the kustomization itself have no file.
 */
export function patchesOf(kustomization: string): readonly string[] {
  const root = readDocuments(kustomization)[0]!.root;
  const files = new Set<string>();
  for (const field of ['patches', 'patchesJson6902'])
    for (const patch of itemsOf(root, field)) addPath(files, entryOf(patch, 'path')?.value);
  for (const patch of itemsOf(root, 'patchesStrategicMerge')) addPath(files, patch);
  return [...files];
}

function itemsOf(root: ManifestNode | null, field: string): readonly ManifestNode[] {
  const list = entryOf(root, field)?.value;
  return list?.kind === 'sequence' ? list.items : [];
}

/** A text of several lines, or with a mapping in it, is a patch itself. */
function addPath(files: Set<string>, node: ManifestNode | undefined): void {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return;
  const path = node.value.trim();
  if (path !== '' && !path.includes('\n') && !path.includes(': ')) files.add(path);
}
