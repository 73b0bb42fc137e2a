import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runMany, type ManyRuns } from '../../../client/cli/simulate-many.ts';
import { progressOn } from '../../../client/cli/simulate-progress.ts';
import { simulateManyCronJobs } from '../../../server/core/simulation/cron-outcomes.ts';
import { simulateMany } from '../../../server/core/simulation/monte-carlo.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { jobOf } from '../simulation/simulated.ts';

const module = new URL('../../../client/cli/simulate.ts', import.meta.url).href;
const job = jobOf({ completions: 300, parallelism: 20, backoffLimit: 50 });
const { scenario } = parseScenario({ default: { run: { p50: 5, p95: 20 }, failureProbability: 0.05 } });
const options = { seed: 9, until: 604_800 };

function many(runs: number, more: Partial<ManyRuns> = {}): ManyRuns {
  return { runs, progress: () => undefined, signal: new AbortController().signal, ...more };
}

test('threads give the runs that one thread gives, in their order, and tell how far they are', async () => {
  const told: number[] = [];
  const outcomes = await runMany(
    { job },
    scenario,
    options,
    many(300, { progress: (done) => told.push(done) }),
    module,
  );
  assert.deepEqual(outcomes, simulateMany(job, scenario, options, 0, 300));
  assert.deepEqual(
    told,
    [...told].sort((a, b) => a - b),
  );
  // On a fast machine nothing is worth a thread.
  if (told.length > 0) assert.equal(told.at(-1), 300);
});

test('a CronJob is shared among threads, too', async () => {
  const cronJob = { spec: { schedule: '*/10 * * * *', jobTemplate: { spec: job.spec! } } };
  const day = { ...options, until: 86_400 };
  const outcomes = await runMany({ cronJob }, scenario, day, many(30), module);
  assert.deepEqual(outcomes, simulateManyCronJobs(cronJob, scenario, day, 0, 30));
  assert.equal(new Set(outcomes.map(({ seed }) => seed)).size, 30);
});

test('cancelled runs are those that were done', { timeout: 60_000 }, async () => {
  const controller = new AbortController();
  const progress = (done: number): void => {
    if (done > 40) controller.abort();
  };
  const outcomes = await runMany(
    { job },
    scenario,
    options,
    many(1_000_000, { progress, signal: controller.signal }),
    module,
  );
  assert.ok(outcomes.length > 40 && outcomes.length < 1_000_000, String(outcomes.length));
  assert.deepEqual(outcomes.slice(0, 5), simulateMany(job, scenario, options, 0, 5));
});

test('progress is one line on a terminal, and nothing elsewhere', () => {
  const written: string[] = [];
  const stream = (isTTY: boolean): { isTTY: boolean; write: (text: string) => void } => ({
    isTTY,
    write: (text) => void written.push(text),
  });
  progressOn(stream(false), 10, 'job').tell(5);
  assert.deepEqual(written, []);
  const progress = progressOn(stream(true), 1000, 'job');
  for (const done of [10, 11, 20]) progress.tell(done);
  progress.clear();
  const line = '\r\u001b[K';
  assert.deepEqual(written, [
    `${line}job: 1 % of 1000 runs, Ctrl-C stops`,
    `${line}job: 2 % of 1000 runs, Ctrl-C stops`,
    line,
  ]);
});

test('Ctrl-C writes what was computed, and is exit status 130', { timeout: 60_000 }, async () => {
  const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
  const scenarioPath = path('examples/scenarios/chance.jobwright.yaml');
  // Says on standard error when the command has begun to listen: before, Ctrl-C simply ends it.
  const hook = `data:text/javascript,process.on('newListener',(name)=>{if(name==='SIGINT')process.stderr.write('listens\\n')})`;
  const child = spawn(
    process.execPath,
    [
      ...['--import', hook, path('client/cli/main.ts'), 'simulate', path('examples/backoff-and-deadline.yaml')],
      ...['--scenario', scenarioPath, '--runs', '10000000', '--format', 'json', '--expect', 'end=Failed'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (text.startsWith('listens')) child.kill('SIGINT');
    else err += text;
  });
  const [status] = (await once(child, 'close')) as [number | null];
  assert.equal(status, 130, err);
  const { monteCarlo } = JSON.parse(out) as { readonly monteCarlo: { readonly runs: number; readonly seed: number } };
  assert.ok(monteCarlo.runs >= 1 && monteCarlo.runs < 10_000_000);
  assert.match(err, /^jobwright: stopped after \d+ of 10000000 runs; expectations were not judged\n$/);
});
