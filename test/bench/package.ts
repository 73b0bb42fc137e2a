import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Sizes of what people download, after `npm run package`. */
export async function benchPackage(): Promise<void> {
  const packages = readdirSync(join(root, 'out')).filter((name) => /\.(vsix|tgz)$/.test(name));
  if (packages.length === 0) console.log('no package: run npm run package first');
  for (const name of packages) console.log(`${name.padEnd(58)} ${kilobytes(statSync(join(root, 'out', name)).size)}`);
  for (const name of ['panel.js', 'panel.css', 'simulator-worker.js']) {
    const text = readFileSync(join(root, 'dist/webview', name));
    console.log(`${`webview/${name}, compressed`.padEnd(58)} ${kilobytes(gzipSync(text).length)}`);
  }
  return Promise.resolve();
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
