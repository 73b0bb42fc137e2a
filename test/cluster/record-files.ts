/** Files that the recorders read and write. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that arguments name; of folders those whose name matches, in order of name. */
export async function filesOf(paths: readonly string[], name: RegExp): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) files.push(path);
    else
      files.push(
        ...(await readdir(path))
          .filter((each) => name.test(each))
          .sort()
          .map((each) => join(path, each)),
      );
  }
  return files;
}

/** A JSON list with one line for each item, so that a difference between two recordings reads well. */
export function lines(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n]`;
}
