// The licences of what is bundled, gathered from the packages themselves at build time.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Licences that let us ship a package with no more than its notice. Anything else is for people to decide. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
]);

/**
 * @param {Record<string, import('esbuild').Metafile>} metafiles of the bundles, by output
 * @param {readonly string[]} outputs which of them are in the package
 * @returns {string} text of THIRD-PARTY-NOTICES.txt
 */
export function noticesOf(metafiles, outputs) {
  const inputs = outputs.flatMap((output) => Object.keys(metafiles[output]?.inputs ?? {}));
  const packages = new Set(inputs.flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[0] ?? []));
  const notices = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    if (!ALLOWED.has(license)) throw new Error(`${name} ${version} has the licence ${license}: may it be shipped?`);
    const files = readdirSync(join(root, folder));
    // A licence wants its own text passed on, and the notice beside it where there is one.
    const wanted = [/^(licen[cs]e|copying)/i, /^notice/i].flatMap(
      (name) => files.find((file) => name.test(file)) ?? [],
    );
    const texts = wanted.map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    const text = texts.length > 0 ? texts.join('\n\n') : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `Jobwright contains the following packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
