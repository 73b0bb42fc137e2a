import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { residentMegabytes } from './language-server.ts';

const cli = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

/** Runs the built command line and tells its exit status, wall time (ms) and peak memory (MB, sampled). */
export function runCommandLine(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly ms: number; readonly megabytes: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let megabytes = 0;
    const sampling = setInterval(() => (megabytes = Math.max(megabytes, residentMegabytes(child.pid!) || 0)), 10);
    child.stdout.resume();
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(sampling);
      resolve({ code, ms: performance.now() - started, megabytes });
    });
  });
}
