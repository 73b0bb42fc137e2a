// `npm run generate` writes every generated file; `npm run generate -- --check` fails when one is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { underGoodNode } from './setup/node.mjs';
import { generateApi } from './generate/api.mjs';
import { generateTranslations } from './generate/translations.mjs';
import { generateTimeZones } from './generate/time-zones.mjs';

// The generators read the product's own tables, which are TypeScript.
await underGoodNode();
const { generateDocs } = await import('./generate/docs.mjs');
const { generateScenarioSchema } = await import('./generate/scenario-schema.mjs');
const { generateManual } = await import('./generate/manual.mjs');

const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
// The list of time zones follows the Go at hand, so another machine's Go must not make it stale.
const generated = [
  ...generateApi(),
  ...generateDocs(),
  ...generateScenarioSchema(),
  ...generateTranslations(),
  ...generateManual(),
  ...(check ? [] : generateTimeZones()),
];
let stale = 0;
for (const [path, text] of generated) {
  const file = new URL(path, root);
  let old = '';
  try {
    old = readFileSync(file, 'utf8');
  } catch {
    // A file that does not exist yet is stale.
  }
  if (old === text) continue;
  stale++;
  if (check) console.error(`stale: ${path} (run npm run generate)`);
  else {
    writeFileSync(file, text);
    console.log(`wrote ${fileURLToPath(file).slice(fileURLToPath(root).length)}`);
  }
}
if (check && stale > 0) process.exit(1);
