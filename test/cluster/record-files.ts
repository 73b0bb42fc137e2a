/** Files that the recorders read and write. */
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

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

/** Writes a file, and makes its folder where that is missing. */
export async function writeInFolder(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** Writes one JSON object a line, compressed. */
export function writeCases(path: string, cases: readonly object[]): Promise<void> {
  return writeInFolder(path, gzipSync(cases.map((item) => `${JSON.stringify(item)}\n`).join(''), { level: 9 }));
}
