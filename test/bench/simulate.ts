import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import { simulateMany } from '../../server/core/simulation/monte-carlo.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import { runCommandLine } from './command-line.ts';
import { line, measure, time } from './measure.ts';

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

/** One run of a small Job, how the cost grows with the number of completions, and many runs. */
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
    const runs = completions === 100_000 ? 5 : 10;
    const figures = await measure(runs, () => run({ completions, parallelism: Math.min(1000, completions / 10) }), 2);
    const each = ((figures.median * 1000) / completions).toFixed(1);
    console.log(`${line(`${completions.toLocaleString('en')} completions`, figures)}   ${each} µs each`);
  }
  for (const mode of ['NonIndexed', 'Indexed']) console.log(largeRun(mode));
  await commandLine();

  const chance = parseScenario({ default: { run: { p50: 30, p95: 120 }, failureProbability: 0.02 } }).scenario;
  const hundred = job({ completions: 100, parallelism: 10, backoffLimit: 6 });
  const thousand = await measure(3, () => simulateMany(hundred, chance, { seed: 1, until: WEEK }, 0, 1000), 1);
  console.log(line('1,000 Monte Carlo runs of 100 completions, one thread', thousand));
}

/** 100,000 completions in a process that does nothing else. */
function largeRun(mode: string): string {
  const script = fileURLToPath(new URL('large-run.ts', import.meta.url));
  const text = execFileSync(process.execPath, [script, mode], { encoding: 'utf8' });
  const { ms, megabytes, before } = JSON.parse(text) as { ms: number; megabytes: number; before: number };
  return `${`100,000 completions, ${mode}, a process of its own`.padEnd(58)} ${time(ms)}, peak ${megabytes.toFixed(0)} MB (${before.toFixed(0)} MB before it starts)`;
}

/** The same as people do it: read, judged, simulated, drawn or written. */
async function commandLine(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-bench-'));
  try {
    const path = join(folder, 'job.json');
    writeFileSync(path, JSON.stringify(job({ completions: 100_000, parallelism: 1000 })));
    for (const format of ['text', 'json']) {
      const { code, ms, megabytes } = await runCommandLine(['simulate', path, '--format', format]);
      const ended = code === 0 ? '' : `, exit status ${code}`;
      console.log(
        `${`jobwright simulate --format ${format}, the whole command`.padEnd(58)} ${time(ms)}, peak ${megabytes.toFixed(0)} MB${ended}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
