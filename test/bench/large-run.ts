// A process of its own for `simulate.ts`: one run of 100,000 completions at parallelism 1,000, and what it took, as JSON.
// The first argument is the completion mode.
import type { JobSpec } from '../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';

/** What `process.resourceUsage` tells in KiB, in MB. */
function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}

const spec: JobSpec = {
  completions: 100_000,
  parallelism: 1000,
  ...(process.argv[2] === undefined ? {} : { completionMode: process.argv[2] }),
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
};
const { scenario } = parseScenario({ default: { startup: 0.5, run: 4 } });
const before = peakMegabytes();
const started = performance.now();
const { pods } = simulateJob({ metadata: { name: 'bench' }, spec }, scenario, { seed: 1, until: 7 * 24 * 3600 });
const ms = performance.now() - started;
console.log(JSON.stringify({ pods: pods.length, ms, megabytes: peakMegabytes(), before }));
