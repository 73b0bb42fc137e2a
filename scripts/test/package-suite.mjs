// The packages install: the .vsix into the real workbench's server, the npm package into an empty folder.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installCodeServer } from '../setup/code-server.mjs';
import { npm, run } from '../setup/run.mjs';
import { reportsValidSarif, servesPrograms } from './npm-package.mjs';
import { actionHolds, preCommitHookHolds, projectWithPackage } from './pipelines.mjs';
import { checks } from './tally.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @returns {Promise<import('./tally.mjs').Tally>} */
export async function packageSuite() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-package-'));
  const ok = (holds) => ({ code: holds ? 0 : 1 });
  const inProject = async (holds) => {
    const installed = join(folder, 'npm', 'node_modules', 'jobwright');
    const made = await projectWithPackage(root, installed, mkdtempSync(join(folder, 'pipeline-')));
    try {
      return await holds(made);
    } finally {
      made.close();
    }
  };
  try {
    return await checks([
      { name: 'npm run package', command: () => run(process.execPath, [join(root, 'scripts/package.mjs')]) },
      {
        name: 'the .vsix installs',
        command: async () => {
          const workbench = await installCodeServer();
          const server = (...args) =>
            run(
              process.execPath,
              [
                join(workbench, 'out/server-main.js'),
                '--accept-server-license-terms',
                '--extensions-dir',
                join(folder, 'extensions'),
                '--server-data-dir',
                join(folder, 'server'),
                ...args,
              ],
              { capture: true },
            );
          await server('--install-extension', join(root, 'out', `jobwright-${version}.vsix`));
          const { output } = await server('--list-extensions');
          if (!/^jobwright\.jobwright$/m.test(output)) console.log(output);
          return ok(/^jobwright\.jobwright$/m.test(output));
        },
      },
      {
        name: 'the npm package installs alone, lints and finds its cluster client',
        command: async () => {
          const target = join(folder, 'npm');
          const { code, output } = await npm(
            ['install', '--prefix', target, '--no-audit', '--no-fund', join(root, 'out', `jobwright-${version}.tgz`)],
            { capture: true },
          );
          if (code !== 0) console.log(output);
          const beside =
            code === 0 ? readdirSync(join(target, 'node_modules')).filter((name) => !name.startsWith('.')) : [];
          const cli = join(target, 'node_modules', 'jobwright', 'dist', 'cli.mjs');
          const clean = await run(process.execPath, [cli, 'lint', join(root, 'examples', 'indexed.yaml')], {
            capture: true,
          });
          const faulty = await run(process.execPath, [cli, 'lint', join(root, 'examples', 'mistakes.yaml')], {
            capture: true,
          });
          const kubeconfig = join(folder, 'no-kubeconfig');
          const alone = await run(process.execPath, [cli, 'why', '--kubeconfig', kubeconfig, 'job/x'], {
            capture: true,
          });
          // The cluster client is a bundle of its own; that its file is missing is said by it, so it was found.
          const holds =
            beside.length === 1 &&
            clean.code === 0 &&
            faulty.code === 1 &&
            alone.code === 2 &&
            alone.output.includes('no-kubeconfig');
          if (!holds) console.log(beside, clean, faulty, alone);
          return ok(holds);
        },
      },
      {
        name: 'its types and its library serve a program',
        command: async () => ok(await servesPrograms(root, join(folder, 'npm'))),
      },
      {
        name: 'its SARIF reports are what the schema asks for',
        command: async () =>
          ok(await reportsValidSarif(root, join(folder, 'npm', 'node_modules', 'jobwright', 'dist', 'cli.mjs'))),
      },
      {
        name: 'the pre-commit hook lets a good Job pass and stops a bad one',
        command: async () => ok(await inProject((made) => preCommitHookHolds(root, folder, made))),
      },
      {
        name: 'the step of the GitHub Action marks the lines of a bad Job',
        command: async () => ok(await inProject((made) => actionHolds(root, made))),
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
