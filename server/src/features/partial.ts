import { KUSTOMIZATION_FILES, patchesOf } from '../yaml/kustomization.ts';
import { foldersAbove, joined, normalPath, type ReadFile } from './file-paths.ts';

/** How many folders above a file its kustomization may stand. */
const HIGHEST = 8;

/**
 * Tells for the paths of files (with slashes) whether a kustomization in their folder, or in one above, applies them as
 * patches: then they hold parts of objects. Reads each folder's kustomization once.
 */
export function patchFinder(read: ReadFile): (path: string) => boolean {
  const known = new Map<string, readonly string[]>();
  const patchesOfFolder = (folder: string): readonly string[] => {
    const patches = known.get(folder) ?? patchesIn(folder, read);
    known.set(folder, patches);
    return patches;
  };
  return (path) => isPatch(normalPath(path), patchesOfFolder);
}

function isPatch(file: string, patchesOfFolder: (folder: string) => readonly string[]): boolean {
  return foldersAbove(file, HIGHEST).some((folder) => patchesOfFolder(folder).includes(file));
}

/** Paths of the patches of a folder's kustomization. */
function patchesIn(folder: string, read: ReadFile): readonly string[] {
  for (const name of KUSTOMIZATION_FILES) {
    const text = read(joined(folder, name));
    if (text !== null)
      return text.includes('atch') ? patchesOf(text).map((patch) => normalPath(joined(folder, patch))) : [];
  }
  return [];
}

/** True for the name of a kustomization. */
export function isKustomization(path: string): boolean {
  return KUSTOMIZATION_FILES.some((name) => path === name || path.endsWith(`/${name}`));
}
