// The extension as people install it: only what runs, with a manifest of its own.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CONTENTS = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'docs',
  'media',
  'schemas',
  'snippets',
  'syntaxes',
  'package.nls.json',
  'l10n',
];
const BUNDLES = ['extension.cjs', 'extension-browser.cjs', 'server.cjs', 'server-browser.js', 'cluster.cjs', 'webview'];
/** Made by the build where it can be. */
const OPTIONAL = ['api-docs.json'];
/** Fields of the repository's manifest that say nothing to VS Code. */
const LEFT_OUT = ['scripts', 'devDependencies', 'dependencies', 'overrides', 'private'];

/**
 * Copies the built extension into a folder.
 * @param {string} folder absolute path; made when missing
 */
export function stageExtension(folder) {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const field of LEFT_OUT) delete manifest[field];
  manifest.engines = { vscode: manifest.engines.vscode };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of CONTENTS) if (existsSync(join(root, name))) copy(join(root, name), join(folder, name));
  for (const name of BUNDLES) copy(join(root, 'dist', name), join(folder, 'dist', name));
  for (const name of OPTIONAL)
    if (existsSync(join(root, 'dist', name))) copy(join(root, 'dist', name), join(folder, 'dist', name));
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.map') });
}

/** @returns {string[]} names of the bundles that the build did not make */
export function missingBundles() {
  const made = existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist')) : [];
  return BUNDLES.filter((name) => !made.includes(name));
}
