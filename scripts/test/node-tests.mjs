// Runs files of node:test in processes of their own and reads their tally.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../setup/run.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const reporter = new URL('reporter.mjs', import.meta.url).href;

/**
 * @param {string} pattern glob of test files
 * @param {{ env?: Record<string, string>, concurrency?: number, only?: string }} [options] only: a part of the names to run
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function nodeTests(pattern, { env = {}, concurrency, only } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const { code } = await run(
      process.execPath,
      [
        '--test',
        `--test-reporter=${reporter}`,
        '--test-reporter-destination=stdout',
        ...(concurrency === undefined ? [] : [`--test-concurrency=${concurrency}`]),
        ...(only === undefined ? [] : [`--test-name-pattern=${only}`]),
        pattern,
      ],
      { cwd: root, env: { ...process.env, ...env, JOBWRIGHT_TALLY: file } },
    );
    const tally = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: [] };
    const ranNothing = tally.passed + tally.failed + tally.skipped.length === 0 && only === undefined;
    if ((code !== 0 || ranNothing) && tally.failed === 0) {
      console.log(`FAILED ${pattern}: ${ranNothing ? 'no test ran' : `ended with status ${code}`}`);
      tally.failed++;
    }
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
