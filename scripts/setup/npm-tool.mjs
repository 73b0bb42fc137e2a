// Packages that only some tests and measurements need: fetched into the cache when first wanted, never a dependency.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from './cache.mjs';
import { npm } from './run.mjs';

/**
 * @param {string} name
 * @param {string} version
 * @param {string} file what is wanted of the package, from its folder
 * @returns {Promise<string | null>} path of the file; null when it cannot be fetched
 */
export async function fetchedFrom(name, version, file) {
  const folder = cachePath(name.replaceAll('/', '-').replace('@', ''), version);
  const wanted = join('node_modules', name, file);
  if (existsSync(join(folder, wanted))) return join(folder, wanted);
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { code, output } = await npm(['install', '--prefix', fresh, ...options, `${name}@${version}`], {
    capture: true,
  });
  if (code === 0) rmSync(folder, { recursive: true, force: true });
  else console.log(`${name} could not be fetched:\n${output}`);
  if (code === 0) renameSync(fresh, folder);
  else rmSync(fresh, { recursive: true, force: true });
  return code === 0 ? join(folder, wanted) : null;
}
