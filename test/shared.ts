import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of something in the folder of recordings beside the repository, or null where that folder is missing:
 * it is no part of the product, and a clone without it passes.
 */
export function sharedPath(name: string): string | null {
  const path = fileURLToPath(new URL(`../../shared/${name}`, import.meta.url));
  return existsSync(path) ? path : null;
}

/** For node:test's `skip`: false where `name` is there, else the reason. */
export function skipWithoutShared(name: string): string | false {
  return sharedPath(name) === null ? `../shared/${name} is not here` : false;
}
