// The language server in a real Neovim, which comes as a Debian package.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../build.mjs';
import { requireProgram } from '../setup/debian.mjs';
import { nodeTests } from './node-tests.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {{ only?: string }} options @returns {Promise<import('./tally.mjs').Tally>} */
export async function neovimSuite({ only }) {
  const program = await requireProgram({
    candidates: ['/usr/bin/nvim', '/usr/local/bin/nvim', '/opt/homebrew/bin/nvim'],
    package: 'neovim',
    purpose: 'The test of the language server in Neovim',
  });
  await build({ only: ['cli.mjs'] });
  const env = program === null ? {} : { JOBWRIGHT_NEOVIM: program };
  return nodeTests(join(root, 'test/neovim/*.test.ts').replaceAll('\\', '/'), { only, env });
}
