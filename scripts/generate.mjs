// `npm run generate` writes every generated file; `npm run generate -- --check` fails when one is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateApi } from './generate/api.mjs';

const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of generateApi()) {
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
