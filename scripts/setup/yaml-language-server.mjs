// Red Hat's YAML language server, to measure beside ours.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from './cache.mjs';
import { npm } from './run.mjs';

export const YAML_LANGUAGE_SERVER_VERSION = '2.0.0';

/** @returns {Promise<string | null>} its program, a script for Node; null when it cannot be fetched */
export async function installYamlLanguageServer() {
  const folder = cachePath('yaml-language-server', YAML_LANGUAGE_SERVER_VERSION);
  const script = join('node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
  if (existsSync(join(folder, script))) return join(folder, script);
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { code, output } = await npm(
    ['install', '--prefix', fresh, ...options, `yaml-language-server@${YAML_LANGUAGE_SERVER_VERSION}`],
    { capture: true },
  );
  if (code === 0) rmSync(folder, { recursive: true, force: true });
  else console.log(`yaml-language-server could not be fetched:\n${output}`);
  if (code === 0) renameSync(fresh, folder);
  else rmSync(fresh, { recursive: true, force: true });
  return code === 0 ? join(folder, script) : null;
}
