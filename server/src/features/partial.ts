import { KUSTOMIZATION_FILES, patchesOf } from '../yaml/kustomization.ts';

/** Reads a text file by its path; null when there is none. */
export type ReadFile = (path: string) => string | null;

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
  let folder = folderOf(file);
  for (let level = 0; level < HIGHEST; level++) {
    if (patchesOfFolder(folder).includes(file)) return true;
    const above = folderOf(folder);
    if (above === folder || folder === '' || folder === '/') return false;
    folder = above;
  }
  return false;
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

function joined(folder: string, name: string): string {
  if (folder === '' || name.startsWith('/')) return name;
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** `a/b` -> `a`, `a` -> empty (the folder where we are), `/a` -> `/`. */
function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at === -1 ? '' : at === 0 ? '/' : path.slice(0, at);
}

/** Without `.` and `..`. */
function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}
