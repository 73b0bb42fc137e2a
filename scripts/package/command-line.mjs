// The npm package: the command line and the language server, with nothing to install beside them.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stageTypes } from './types.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What of the build runs outside of an editor. */
const SHIPPED = new Set(['cli', 'cli.mjs', 'library.mjs', 'cluster.cjs', 'api-docs.json']);
/** What programs and other extensions may import. */
const MODULES = ['client/cli/library.ts', 'client/src/extension-api.ts'];

/**
 * Copies the built command line into a folder.
 * @param {string} folder absolute path; made when missing
 */
export async function stageCommandLine(folder) {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const { name, version, description, license, keywords } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const manifest = {
    name,
    version,
    description,
    license,
    keywords,
    type: 'module',
    bin: { jobwright: 'dist/cli.mjs' },
    exports: {
      '.': { types: './types/client/cli/library.d.ts', default: './dist/library.mjs' },
      './extension': { types: './types/client/src/extension-api.d.ts' },
      './package.json': './package.json',
    },
    man: 'docs/jobwright.1',
    engines: { node: '>=20' },
    files: ['dist', 'docs', 'schemas', 'types', 'THIRD-PARTY-NOTICES.txt'],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE', 'docs', 'schemas']) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  for (const file of readdirSync(join(root, 'dist'))) {
    if (SHIPPED.has(file)) {
      cpSync(join(root, 'dist', file), join(folder, 'dist', file), {
        recursive: true,
        filter: (path) => !path.endsWith('.map'),
      });
    }
  }
  await stageTypes(folder, MODULES);
}
