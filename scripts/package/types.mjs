// Types of what the packages offer to programs: declarations of two modules, and of all that these speak of.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../setup/run.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SPECIFIER = /(\bfrom |\bimport\()(['"])(\.[^'"]+)\.ts\2/g;

/**
 * Writes `types/` into a folder.
 * @param {string} folder absolute path
 * @param {readonly string[]} modules paths of TypeScript files, from the root of the repository
 */
export async function stageTypes(folder, modules) {
  const all = mkdtempSync(join(tmpdir(), 'jobwright-types-'));
  try {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const flags =
      '--ignoreConfig --declaration --emitDeclarationOnly --allowImportingTsExtensions --strict --skipLibCheck --exactOptionalPropertyTypes --target es2023 --module esnext --moduleResolution bundler --types vscode,node';
    const { code, output } = await run(
      process.execPath,
      [compiler, ...flags.split(' '), '--rootDir', root, '--outDir', all, ...modules],
      { cwd: root, capture: true },
    );
    if (code !== 0) throw new Error(`no types:\n${output}`);
    const seen = new Set();
    const copy = (file) => {
      if (seen.has(file)) return;
      seen.add(file);
      // Declarations are found beside the scripts that they speak of, which are not there: only their names count.
      const text = readFileSync(file, 'utf8').replace(SPECIFIER, (_, before, quote, path) => {
        copy(join(dirname(file), `${path}.d.ts`));
        return `${before}${quote}${path}.js${quote}`;
      });
      const target = join(folder, 'types', relative(all, file));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    };
    for (const module of modules) copy(join(all, module.replace(/\.ts$/, '.d.ts')));
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}
