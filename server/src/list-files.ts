import { readdir, stat } from 'node:fs/promises';

/** Beyond these, a folder is looked into no further. */
const MOST_FILES = 2000;
const MOST_FOLDERS = 5000;
/** Bytes; larger files are no manifests that people write. */
const LARGEST = 1_000_000;
/** Folders of tools and packages. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'vendor', 'dist', 'out', 'target']);

/**
 * The YAML and JSON files under a folder, by their paths with slashes: nearest first, none in hidden folders or those
 * of packages, a bounded number. Links are not followed. A folder that cannot be read counts as empty.
 */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [folder.replace(/\/$/, '')];
  for (let at = 0; at < folders.length && at < MOST_FOLDERS && files.length < MOST_FILES; at++) {
    const entries = await readdir(folders[at]! || '/', { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folders[at]}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) folders.push(path);
      else if (entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name) && files.length < MOST_FILES) {
        const size = await stat(path).then(
          (found) => found.size,
          () => Infinity,
        );
        if (size <= LARGEST) files.push(path);
      }
    }
  }
  return files;
}
