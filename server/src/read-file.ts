import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** A file's text by the path of its address (`/c:/folder/file` on Windows); null where there is none. */
export function readFile(path: string): string | null {
  try {
    return readFileSync(process.platform === 'win32' ? path.replace(/^\/(?=[A-Za-z]:)/, '') : path, 'utf8');
  } catch {
    return null;
  }
}

/** What the build left beside the program that runs: the API's own words. Null from sources, where there is no build. */
export function readApiDocs(): string | null {
  try {
    return readFileSync(join(dirname(realpathSync(process.argv[1] ?? '')), 'api-docs.json'), 'utf8');
  } catch {
    return null;
  }
}
