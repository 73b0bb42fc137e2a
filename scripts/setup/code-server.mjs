// The real VS Code workbench without VS Code's own download: the npm package code-server carries it.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from './cache.mjs';
import { npm } from './run.mjs';

export const CODE_SERVER_VERSION = '4.139.1';

/** @returns {Promise<string>} folder of the workbench's server (`out/server-main.js` inside) */
export async function installCodeServer() {
  const folder = cachePath('code-server', CODE_SERVER_VERSION);
  const workbench = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  if (existsSync(join(folder, '.complete'))) return workbench;
  console.log(
    `Fetching the browser workbench (code-server ${CODE_SERVER_VERSION}) into the cache; this takes a minute or two, once.`,
  );
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  // Install scripts stay off: they would build native modules that neither the workbench's pages nor the tests need.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--legacy-peer-deps'];
  const steps = [
    ['install', '--prefix', fresh, '--no-save', ...options, `code-server@${CODE_SERVER_VERSION}`],
    ['install', '--prefix', join(fresh, 'node_modules/code-server/lib/vscode'), ...options],
    ['install', '--prefix', join(fresh, 'node_modules/code-server/lib/vscode/extensions'), ...options],
  ];
  for (const args of steps) {
    const { code, output } = await npm(args, { capture: true });
    if (code !== 0)
      throw new Error(`could not install the browser workbench (npm ${args.slice(0, 3).join(' ')}):\n${output}`);
  }
  writeFileSync(join(fresh, '.complete'), '');
  mkdirSync(cachePath('code-server'), { recursive: true });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another process was first; its copy is as good.
    if (!existsSync(join(folder, '.complete'))) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  return workbench;
}
