// What translators start from: every text that the extension hands to `vscode.l10n.t`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../client/src/', import.meta.url));
const TEXT = /l10n\.t\(\s*('(?:[^'\\]|\\.)*')/g;

/** The bundle by its path from the root of the repository. */
export function generateTranslations() {
  const texts = new Set();
  for (const name of readdirSync(FOLDER, { recursive: true }).sort())
    if (name.endsWith('.ts'))
      for (const [, literal] of readFileSync(join(FOLDER, name), 'utf8').matchAll(TEXT))
        texts.add(literal.slice(1, -1).replace(/\\(.)/g, '$1'));
  const bundle = Object.fromEntries([...texts].sort().map((text) => [text, text]));
  return new Map([['l10n/bundle.l10n.json', `${JSON.stringify(bundle, null, 2)}\n`]]);
}
