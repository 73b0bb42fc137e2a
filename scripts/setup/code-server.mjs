// The real VS Code workbench without VS Code's own download: the npm package code-server carries it.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from './cache.mjs';
import { npm } from './run.mjs';

/** By the minor version of VS Code inside: the one that tests run in, and the oldest that is supported. */
const RELEASES = new Map([
  ['1.139', '4.139.1'],
  ['1.106', '4.106.3'],
]);

/** `JOBWRIGHT_VSCODE` asks for a version of VS Code; one that is not among these is for a desktop build alone. */
const [wanted] = /^\d+\.\d+/.exec(process.env.JOBWRIGHT_VSCODE ?? '') ?? [];
export const CODE_SERVER_VERSION = RELEASES.get(wanted) ?? RELEASES.get('1.139');

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
  const server = join(fresh, 'node_modules/code-server/lib/vscode');
  const install = async (...args) => {
    const { code, output } = await npm(['install', '--prefix', ...args, ...options], { capture: true });
    if (code !== 0) throw new Error(`could not install the browser workbench (in ${args[0]}):\n${output}`);
  };
  await install(fresh, '--no-save', `code-server@${CODE_SERVER_VERSION}`);
  takeFromRegistry(server);
  await install(server);
  await install(join(server, 'extensions'));
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

/**
 * Older servers name a commit of a native package where the published version serves as well: nothing builds it here, and
 * git hosts are not to be reached everywhere.
 */
function takeFromRegistry(server) {
  const [manifest, lock] = ['package.json', 'npm-shrinkwrap.json'].map((name) => ({
    path: join(server, name),
    content: JSON.parse(readFileSync(join(server, name), 'utf8')),
  }));
  for (const [name, spec] of Object.entries(manifest.content.dependencies)) {
    if (!/^[\w-]+\/[\w.-]+#/.test(spec)) continue;
    const locked = lock.content.packages[`node_modules/${name}`];
    delete locked.resolved;
    delete locked.integrity;
    for (const { dependencies } of [manifest.content, lock.content.packages['']]) dependencies[name] = locked.version;
  }
  for (const { path, content } of [manifest, lock]) writeFileSync(path, JSON.stringify(content, null, 2));
}
