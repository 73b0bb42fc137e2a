// `npm run bench`: the figures that ARCHITECTURE.md and the release notes quote. `-- --only server,simulate` picks some.
import { parseArgs } from 'node:util';
import { benchClick } from './click.ts';
import { benchJobsView } from './jobs-view.ts';
import { benchLint } from './lint.ts';
import { benchPanel } from './panel.ts';
import { benchPackage } from './package.ts';
import { benchServer } from './server.ts';
import { benchSideBySide } from './side-by-side.ts';
import { benchSimulate } from './simulate.ts';
import { benchWatch } from './watch.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  server: benchServer,
  'side-by-side': benchSideBySide,
  lint: benchLint,
  simulate: benchSimulate,
  panel: benchPanel,
  click: benchClick,
  watch: benchWatch,
  'jobs-view': benchJobsView,
  package: benchPackage,
};

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const names = only?.split(',') ?? Object.keys(BENCHES);
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`No bench is called ${name}. There are: ${Object.keys(BENCHES).join(', ')}.`);
    process.exit(2);
  }
  console.log(`\n== ${name}`);
  await bench();
}
