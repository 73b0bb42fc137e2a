// `npm run bench`: builds as people install it and prints figures; it asserts nothing.
import { fileURLToPath } from 'node:url';
import { underGoodNode } from './setup/node.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { run } from './setup/run.mjs';

await underGoodNode();
await installDependencies();
const root = fileURLToPath(new URL('../', import.meta.url));
const packaged = await run(process.execPath, [`${root}scripts/package.mjs`]);
if (packaged.code !== 0) process.exit(packaged.code);
const { code } = await run(process.execPath, [`${root}test/bench/main.ts`, ...process.argv.slice(2)], { cwd: root });
process.exit(code);
