import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { simulateManyCronJobs } from '../../server/core/simulation/cron-outcomes.ts';
import { simulateMany, type RunOutcome } from '../../server/core/simulation/monte-carlo.ts';
import type { Scenario } from '../../server/core/simulation/scenario.ts';
import type { SimulateOptions } from '../../server/core/simulation/simulate.ts';
import { refusalOfUpdate } from '../../server/core/validation/refused-update.ts';

/** Below so much remaining work (milliseconds) starting threads costs more than it saves. */
const WORTH_THREADS = 400;
/** What is tried first, to know what the rest will take: so many runs, or fewer if they take so long (milliseconds). */
const TRIAL_RUNS = 20;
const TRIAL_TIME = 100;
const MOST_THREADS = 8;
/** A thread tells of its runs in so small parts that progress is seen, and a cancelled command keeps them (milliseconds). */
const TELLS_EVERY = 50;

/** What is simulated many times. */
export type ManyObject = { readonly job: Job } | { readonly cronJob: CronJob };

interface RunShare {
  readonly object: ManyObject;
  readonly scenario: Scenario;
  readonly options: SimulateOptions;
  readonly first: number;
  readonly count: number;
}

/** How many runs are watched, and ended before their time. */
export interface ManyRuns {
  readonly runs: number;
  /** Told how many runs are done, now and then. */
  readonly progress: (done: number) => void;
  /** Once aborted, what was computed so far is all. */
  readonly signal: AbortSignal;
}

/** Options of a simulation in which the API server of its version judges what people change. No thread takes a function. */
export function withJudge(options: SimulateOptions): SimulateOptions {
  const version = options.kubernetesMinor === undefined ? undefined : { minor: options.kubernetesMinor };
  return { ...options, judge: (kind, before, after) => refusalOfUpdate(kind, before, after, version) };
}

function runsOf(
  object: ManyObject,
  scenario: Scenario,
  options: SimulateOptions,
  first: number,
  count: number,
): RunOutcome[] {
  return 'job' in object
    ? simulateMany(object.job, scenario, options, first, count)
    : simulateManyCronJobs(object.cronJob, scenario, options, first, count);
}

/**
 * Many runs, in their order; fewer when they were cancelled, the first among them always. A few are run here; when those
 * say that the rest would take long, threads share it.
 * `module` is the address of the module that exports `answerShare`, for the threads to load.
 */
export async function runMany(
  object: ManyObject,
  scenario: Scenario,
  options: SimulateOptions,
  { runs, progress, signal }: ManyRuns,
  module: string,
): Promise<RunOutcome[]> {
  const start = performance.now();
  const outcomes: RunOutcome[] = [];
  do outcomes.push(...runsOf(object, scenario, withJudge(options), outcomes.length, 1));
  while (outcomes.length < Math.min(runs, TRIAL_RUNS) && performance.now() - start < TRIAL_TIME);
  const trial = outcomes.length;
  const rest = runs - trial;
  if (((performance.now() - start) / trial) * rest < WORTH_THREADS)
    return [...outcomes, ...runsOf(object, scenario, withJudge(options), trial, rest)];

  const threads = Math.min(availableParallelism(), MOST_THREADS, rest);
  const size = Math.ceil(rest / threads);
  let done = trial;
  progress(done);
  const shares = Array.from({ length: threads }, (_, at): RunShare => {
    const first = trial + at * size;
    return { object, scenario, options, first, count: Math.max(0, Math.min(size, runs - first)) };
  });
  const told = (more: number): void => progress((done += more));
  const answers = await Promise.all(shares.map((share) => runInThread(share, module, told, signal)));
  return [...outcomes, ...answers.flat()];
}

function runInThread(
  share: RunShare,
  module: string,
  told: (more: number) => void,
  signal: AbortSignal,
): Promise<RunOutcome[]> {
  return new Promise((resolve, reject) => {
    const outcomes: RunOutcome[] = [];
    if (signal.aborted || share.count === 0) {
      resolve(outcomes);
      return;
    }
    const code = "import(require('node:worker_threads').workerData.module).then((loaded) => loaded.answerShare());";
    const worker = new Worker(code, { eval: true, workerData: { share, module } });
    const cancel = (): void => void worker.terminate();
    signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (part: readonly RunOutcome[]) => {
      outcomes.push(...part);
      told(part.length);
    });
    worker.once('error', reject);
    worker.once('exit', (status) => {
      signal.removeEventListener('abort', cancel);
      if (signal.aborted || outcomes.length === share.count) resolve(outcomes);
      else reject(new Error(`a simulation thread ended with ${status}`));
    });
  });
}

/** What a thread does: its share of the runs. */
export function answerShare(): void {
  const { object, scenario, options, first, count } = (workerData as { readonly share: RunShare }).share;
  const judged = withJudge(options);
  let part: RunOutcome[] = [];
  let told = performance.now();
  for (let at = 0; at < count; at++) {
    part.push(...runsOf(object, scenario, judged, first + at, 1));
    if (at < count - 1 && performance.now() - told < TELLS_EVERY) continue;
    parentPort?.postMessage(part);
    part = [];
    told = performance.now();
  }
}
