// `npm run record:verdicts` and its like: plays a recorder against the real control plane of the tests, and rewrites
// what lies under test/conformance. Arguments after `--` replace the usual ones; `-- --help` explains them.
import { fileURLToPath } from 'node:url';
import { underGoodNode } from './setup/node.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { run } from './setup/run.mjs';

await underGoodNode();
await installDependencies();
const root = fileURLToPath(new URL('../', import.meta.url));

const bases = ['test/conformance/bases', 'examples'];
const updated = [
  '02-shard-compact',
  '03-nightly-dump',
  '05-crawl-frontier',
  '13-smallest',
  '14-smallest-cron',
  '15-queue-drain',
  '20-render-farm',
];
const verdicts = (file, ...how) => [
  ...how,
  '--count',
  '800',
  '--out',
  `test/conformance/verdicts/${file}.jsonl.gz`,
  ...bases,
];
/** How the files in the repository were made: recorder -> the calls of its program, one after the other. */
const USUAL = {
  schema: [['--out', 'test/conformance/schema/batch-v1.json']],
  verdicts: [
    verdicts('job', '--seed', '1', '--job-fields', '0.75', '--grown-fields', '0'),
    verdicts('template', '--seed', '2', '--job-fields', '0.03', '--grown-fields', '0'),
    verdicts('grown', '--seed', '3', '--job-fields', '0', '--grown-fields', '1'),
  ],
  updates: [
    [
      ...['--out', 'test/conformance/verdicts/updates.jsonl.gz'],
      ...updated.map((name) => `test/conformance/bases/${name}.yaml`),
      ...['indexed', 'pod-failure-policy', 'nightly-report'].map((name) => `examples/${name}.yaml`),
    ],
  ],
  traces: [['--out', 'test/conformance/traces/recorded', 'test/conformance/traces/scenarios']],
  cronjobs: [['--out', 'test/conformance/cronjobs/recorded', 'test/conformance/cronjobs/scenarios']],
};

const [what, ...given] = process.argv.slice(2);
if (!Object.hasOwn(USUAL, what)) {
  console.error(`There is no recorder called ${what}. There are: ${Object.keys(USUAL).join(', ')}.`);
  process.exit(2);
}
for (const args of given.length > 0 ? [given] : USUAL[what]) {
  const { code } = await run(process.execPath, [`${root}test/cluster/record-${what}.ts`, ...args], { cwd: root });
  if (code !== 0) process.exit(code);
}
