import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));
const setup = new URL('../../scripts/setup/run.mjs', import.meta.url).href;

/** Sizes of what people download, after `npm run package`. */
export async function benchPackage(): Promise<void> {
  const packages = readdirSync(join(root, 'out')).filter((name) => /\.(vsix|tgz)$/.test(name));
  if (packages.length === 0) console.log('no package: run npm run package first');
  for (const name of packages) console.log(`${name.padEnd(58)} ${kilobytes(statSync(join(root, 'out', name)).size)}`);
  for (const name of ['panel.js', 'panel.css', 'simulator-worker.js']) {
    const text = readFileSync(join(root, 'dist/webview', name));
    console.log(`${`webview/${name}, compressed`.padEnd(58)} ${kilobytes(gzipSync(text).length)}`);
  }
  const tarball = packages.find((name) => name.endsWith('.tgz'));
  if (tarball !== undefined) await benchInstall(join(root, 'out', tarball));
}

/** The npm package into an empty folder; nothing is fetched for it. */
async function benchInstall(tarball: string): Promise<void> {
  const { npm } = (await import(setup)) as {
    npm: (args: readonly string[], options: object) => Promise<{ code: number; output: string }>;
  };
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'jobwright-install-'));
    try {
      const began = performance.now();
      const options = ['--prefix', folder, '--offline', '--no-audit', '--no-fund', tarball];
      const { code, output } = await npm(['install', ...options], { capture: true });
      if (code !== 0) {
        console.log(output);
        return;
      }
      times.push(performance.now() - began);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const middle = times.sort((a, b) => a - b)[times.length >> 1]!;
  console.log(`${'npm install of the package, median of 5'.padEnd(58)} ${(middle / 1000).toFixed(2)} s`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
