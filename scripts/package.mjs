// `npm run package`: out/jobwright-VERSION.vsix for VS Code and out/jobwright-VERSION.tgz for npm.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underGoodNode } from './setup/node.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { npm } from './setup/run.mjs';

await underGoodNode();
await installDependencies();
const { build } = await import('./build.mjs');
const { stageExtension } = await import('./package/extension.mjs');
const { stageCommandLine } = await import('./package/command-line.mjs');
const { noticesOf } = await import('./package/notices.mjs');
const root = fileURLToPath(new URL('../', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const metafiles = await build({ production: true });
const stage = join(root, 'out', 'stage');
rmSync(stage, { recursive: true, force: true });
stageExtension(join(stage, 'vsix'));
await stageCommandLine(join(stage, 'npm'));
const commandLine = ['cli.mjs', 'cluster.cjs'];
const extension = Object.keys(metafiles).filter((output) => output !== 'cli.mjs');
writeFileSync(join(stage, 'vsix', 'THIRD-PARTY-NOTICES.txt'), noticesOf(metafiles, extension));
writeFileSync(join(stage, 'npm', 'THIRD-PARTY-NOTICES.txt'), noticesOf(metafiles, commandLine));

mkdirSync(join(root, 'out'), { recursive: true });
const vsix = join(root, 'out', `jobwright-${version}.vsix`);
const { createVSIX } = await import('@vscode/vsce');
// Repository links in the README are kept as they are: the project has no public address yet.
await createVSIX({
  cwd: join(stage, 'vsix'),
  packagePath: vsix,
  dependencies: false,
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
});

const { code, output } = await npm(['pack', '--pack-destination', join(root, 'out')], {
  cwd: join(stage, 'npm'),
  capture: true,
});
if (code !== 0) {
  console.error(output);
  process.exit(1);
}
const tarball = join(root, 'out', `jobwright-${version}.tgz`);
for (const file of [vsix, tarball])
  console.log(`${file.slice(root.length)}  ${(statSync(file).size / 1000).toFixed(0)} kB`);
