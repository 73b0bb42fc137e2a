// What translators start from: every text that the extension and the panel hand to `l10n.t`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOMS = ['client/src', 'client/webview', 'client/cluster'].map((room) =>
  fileURLToPath(new URL(`../../${room}/`, import.meta.url)),
);
const TEXT = /l10n\.t\(\s*('(?:[^'\\]|\\.)*')/g;

/** The bundle by its path from the root of the repository. */
export function generateTranslations() {
  const texts = new Set();
  for (const room of ROOMS)
    for (const name of readdirSync(room, { recursive: true }).sort())
      if (/\.tsx?$/.test(name))
        for (const [, literal] of readFileSync(join(room, name), 'utf8').matchAll(TEXT))
          texts.add(literal.slice(1, -1).replace(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : sign)));
  const bundle = Object.fromEntries([...texts].sort().map((text) => [text, text]));
  return new Map([['l10n/bundle.l10n.json', `${JSON.stringify(bundle, null, 2)}\n`]]);
}
