// pre-commit, a program in Python, to try our hook with: from its package index into the cache; where there is no pip, as a
// Debian package.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { cachePath } from './cache.mjs';
import { requireProgram } from './debian.mjs';
import { run } from './run.mjs';

export const PRE_COMMIT_VERSION = '4.7.0';

/**
 * @returns {Promise<{ program: string, args: string[], env: NodeJS.ProcessEnv } | null>} what to start, and with which
 *   variables; null after saying what to install
 */
export async function installPreCommit() {
  const folder = cachePath('pre-commit', PRE_COMMIT_VERSION);
  if (!existsSync(folder)) await fetchInto(folder);
  if (existsSync(folder)) return { program: 'python3', args: ['-m', 'pre_commit'], env: { PYTHONPATH: folder } };
  const program = await requireProgram({
    candidates: ['/usr/bin/pre-commit', '/usr/local/bin/pre-commit', '/opt/homebrew/bin/pre-commit'],
    package: 'pre-commit',
    purpose: 'The test of the pre-commit hook',
  });
  return program === null ? null : { program, args: [], env: {} };
}

/** @param {string} folder not there when pip cannot do it */
async function fetchInto(folder) {
  const fresh = `${folder}.${process.pid}`;
  const wanted = `pre-commit==${PRE_COMMIT_VERSION}`;
  const options = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--target', fresh];
  const { code, output } = await run('python3', ['-m', 'pip', 'install', ...options, wanted], { capture: true });
  if (code !== 0) console.log(`pip could not fetch ${wanted}:\n${output}`);
  mkdirSync(cachePath('pre-commit'), { recursive: true });
  if (code === 0 && !existsSync(folder)) renameSync(fresh, folder);
  rmSync(fresh, { recursive: true, force: true });
}
