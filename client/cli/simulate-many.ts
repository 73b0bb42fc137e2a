import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import { simulateMany, type RunOutcome } from '../../server/core/simulation/monte-carlo.ts';
import type { Scenario } from '../../server/core/simulation/scenario.ts';
import type { SimulateOptions } from '../../server/core/simulation/simulate.ts';

/** Below so much remaining work (milliseconds) starting threads costs more than it saves. */
const WORTH_THREADS = 400;
const TRIAL_RUNS = 20;
const MOST_THREADS = 8;

interface RunShare {
  readonly job: Job;
  readonly scenario: Scenario;
  readonly options: SimulateOptions;
  readonly first: number;
  readonly count: number;
}

/**
 * Many runs, in their order. A few are run here; when those say that the rest would take long, threads share it.
 * `module` is the address of the module that exports `answerShare`, for the threads to load.
 */
export async function runMany(
  job: Job,
  scenario: Scenario,
  options: SimulateOptions,
  runs: number,
  module: string,
): Promise<RunOutcome[]> {
  const trial = Math.min(runs, TRIAL_RUNS);
  const start = performance.now();
  const outcomes = simulateMany(job, scenario, options, 0, trial);
  const rest = runs - trial;
  const expected = ((performance.now() - start) / trial) * rest;
  const threads = Math.min(availableParallelism(), MOST_THREADS, rest);
  if (expected < WORTH_THREADS || threads < 2)
    return [...outcomes, ...simulateMany(job, scenario, options, trial, rest)];
  const size = Math.ceil(rest / threads);
  const shares = Array.from({ length: threads }, (_, at): RunShare => {
    const first = trial + at * size;
    return { job, scenario, options, first, count: Math.max(0, Math.min(size, runs - first)) };
  });
  const answers = await Promise.all(shares.map((share) => runInThread(share, module)));
  return [...outcomes, ...answers.flat()];
}

function runInThread(share: RunShare, module: string): Promise<RunOutcome[]> {
  return new Promise((resolve, reject) => {
    const code = "import(require('node:worker_threads').workerData.module).then((loaded) => loaded.answerShare());";
    const worker = new Worker(code, { eval: true, workerData: { share, module } });
    worker.once('message', (outcomes: RunOutcome[]) => resolve(outcomes));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a simulation thread ended with ${code}`)));
  });
}

/** What a thread does: its share of the runs. */
export function answerShare(): void {
  const { job, scenario, options, first, count } = (workerData as { readonly share: RunShare }).share;
  parentPort?.postMessage(simulateMany(job, scenario, options, first, count));
}
