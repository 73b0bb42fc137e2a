// `npm run soak`: an hour's worth of faults and churn against the real control plane, for the night. JOBWRIGHT_SEED plays
// again what a run has printed.
import { fileURLToPath } from 'node:url';
import { underGoodNode } from './setup/node.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { run } from './setup/run.mjs';

await underGoodNode();
await installDependencies();
const root = fileURLToPath(new URL('../', import.meta.url));
const node = (...args) => run(process.execPath, args, { cwd: root, env: { ...process.env, JOBWRIGHT_SOAK: '1' } });

// The control plane takes minutes to build, once: no test's own time.
await node('test/cluster/build.ts');
const { code } = await node('--test', '--test-reporter=spec', 'test/cluster/faults.test.ts', ...process.argv.slice(2));
process.exit(code);
