import { readFileSync } from 'node:fs';
import process from 'node:process';

/** A file's text by the path of its address (`/c:/folder/file` on Windows); null where there is none. */
export function readFile(path: string): string | null {
  try {
    return readFileSync(process.platform === 'win32' ? path.replace(/^\/(?=[A-Za-z]:)/, '') : path, 'utf8');
  } catch {
    return null;
  }
}
