import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import { line, measure } from './measure.ts';

const WEEK = 7 * 24 * 3600;

function job(spec: NonNullable<Job['spec']>): Job {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'bench' },
    spec: {
      ...spec,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
    },
  };
}

/** One run of a small Job, and how the cost grows with the number of completions. */
export async function benchSimulate(): Promise<void> {
  const { scenario } = parseScenario({ default: { startup: 0.5, run: 4 } });
  const failing = parseScenario({ default: { startup: 0.5, run: 0, exitCode: 1 } }).scenario;
  const run = (spec: NonNullable<Job['spec']>, how = scenario) => simulateJob(job(spec), how, { seed: 1, until: WEEK });

  console.log(
    line('10 completions, 3 at a time', await measure(500, () => run({ completions: 10, parallelism: 3 }), 200)),
  );
  const ladder = await measure(500, () => run({ backoffLimit: 6 }, failing), 200);
  console.log(line('backoffLimit 6, always failing (630 s and more)', ladder));
  console.log(`  ${Math.round(630_000 / ladder.median).toLocaleString('en')} simulated seconds a second`);
  for (const completions of [1000, 10_000, 100_000]) {
    const runs = completions === 100_000 ? 3 : 10;
    const figures = await measure(runs, () => run({ completions, parallelism: Math.min(1000, completions / 10) }), 1);
    console.log(line(`${completions.toLocaleString('en')} completions`, figures));
  }
  console.log(`peak memory of this process ${((process.resourceUsage().maxRSS * 1024) / 1e6).toFixed(0)} MB`);
}
