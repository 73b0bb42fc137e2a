/** Reads a text file by its path; null when there is none. */
export type ReadFile = (path: string) => string | null;

/** How many folders above a file are looked into. */
const HIGHEST = 32;

export function joined(folder: string, name: string): string {
  if (folder === '' || name.startsWith('/')) return name;
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** `a/b` -> `a`, `a` -> empty (the folder where we are), `/a` -> `/`. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at === -1 ? '' : at === 0 ? '/' : path.slice(0, at);
}

/** The folder of a file and those above it, the nearest first. Paths have slashes. */
export function foldersAbove(file: string, most: number = HIGHEST): readonly string[] {
  const folders = [folderOf(file)];
  while (folders.length < most) {
    const last = folders.at(-1)!;
    const above = folderOf(last);
    if (above === last || last === '' || last === '/') break;
    folders.push(above);
  }
  return folders;
}

/** Without `.` and `..`. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}

/** The path of a file's address; null for what is no file. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:///')) return null;
  try {
    return decodeURIComponent(uri.slice('file://'.length));
  } catch {
    return null;
  }
}
