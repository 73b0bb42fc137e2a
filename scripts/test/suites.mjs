// The suites of `npm test`, in the order in which they run: the quick ones first.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { run } from '../setup/run.mjs';
import { neovimSuite } from './neovim-suite.mjs';
import { nodeTests } from './node-tests.mjs';
import { checks } from './tally.mjs';
import { packageSuite } from './package-suite.mjs';
import { vscodeSuite } from './vscode-suite.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tool = (path, ...args) => run(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root });

/** @type {readonly { name: string, run(options: { only?: string }): Promise<import('./tally.mjs').Tally> }[]} */
export const SUITES = [
  {
    name: 'lint',
    run: () =>
      checks([
        { name: 'eslint', command: () => tool('eslint/bin/eslint.js', '.', '--max-warnings', '0') },
        { name: 'prettier', command: () => tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
        {
          name: 'generated files are fresh',
          command: () => run(process.execPath, [join(root, 'scripts/generate.mjs'), '--check']),
        },
      ]),
  },
  { name: 'types', run: () => checks([{ name: 'tsc', command: () => tool('typescript/bin/tsc', '-b') }]) },
  { name: 'unit', run: ({ only }) => nodeTests('test/unit/**/*.test.ts', { only }) },
  { name: 'protocol', run: ({ only }) => nodeTests('test/protocol/**/*.test.ts', { only }) },
  { name: 'conformance', run: ({ only }) => nodeTests('test/conformance/**/*.test.ts', { only }) },
  {
    name: 'cluster',
    async run({ only }) {
      // The control plane takes minutes to build, once: no test's own time. Where it cannot be built the tests say why.
      await run(process.execPath, [join(root, 'test/cluster/build.ts')]);
      return nodeTests('test/cluster/**/*.test.ts', { only, concurrency: 1 });
    },
  },
  { name: 'neovim', run: ({ only }) => neovimSuite({ only }) },
  { name: 'vscode', run: ({ only }) => vscodeSuite('desktop', { only }) },
  { name: 'web', run: ({ only }) => vscodeSuite('web', { only }) },
  { name: 'package', run: () => packageSuite() },
];
