// The licences of what is bundled, gathered from the packages themselves at build time.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

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
    const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text =
      file !== undefined && existsSync(join(root, folder, file))
        ? readFileSync(join(root, folder, file), 'utf8').trim()
        : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `Jobwright contains the following packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
