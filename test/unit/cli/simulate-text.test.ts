import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../client/cli/simulate-text.ts';
import { simulatedAsText, type OutputOptions, type Simulated } from '../../../client/cli/simulate-output.ts';
import type { CronJob, JobSpec } from '../../../server/core/kubernetes/generated/types.ts';
import { simulateMany } from '../../../server/core/simulation/monte-carlo.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateCronJob } from '../../../server/core/simulation/simulate-cronjob.ts';
import { jobOf, simulated } from '../simulation/simulated.ts';

const OPTIONS = { seed: 1, until: 604_800 };
const DRAWN: OutputOptions = { seed: 1, jobs: false, prices: {}, width: 80, colour: false, terminal: true };

function runOf(spec: JobSpec, script: object, runs = 1): Simulated {
  const job = jobOf(spec);
  const { scenario } = parseScenario(script);
  return { kind: 'Job', job, timeline: simulated(job, script), runs: simulateMany(job, scenario, OPTIONS, 0, runs) };
}

function nightly(script: object): Simulated {
  const cronJob: CronJob = {
    metadata: { name: 'nightly' },
    spec: {
      schedule: '30 2 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: jobOf({}).spec! },
    },
  };
  const { scenario } = parseScenario(script);
  return { kind: 'CronJob', cronJob, timeline: simulateCronJob(cronJob, scenario, OPTIONS), runs: [] };
}

const failing = { default: { run: 1, exitCode: 1 } };
const EXAMPLES: Readonly<Record<string, Simulated>> = {
  fixed: runOf({ completions: 10, parallelism: 3 }, {}),
  indexed: runOf(
    { completions: 8, parallelism: 4, completionMode: 'Indexed', backoffLimitPerIndex: 1 },
    { pods: [{ match: { index: '2,5' }, exitCode: 3 }] },
  ),
  retrying: runOf({}, failing),
  queue: runOf({ parallelism: 3 }, { default: { run: { min: 20, max: 60 } } }),
  many: runOf(
    { completions: 300, parallelism: 50, backoffLimit: 20 },
    { default: { run: { p50: 20, p95: 60 }, failureProbability: 0.05 }, actions: [{ at: 30, suspend: true }] },
    20,
  ),
  cron: nightly({ default: { run: '90m' }, start: '2026-03-26T00:00:00Z', pods: [{ match: { run: 2 }, run: '50h' }] }),
};

for (const [name, example] of Object.entries(EXAMPLES))
  for (const width of [40, 60, 80, 120, 200])
    test(`the text of ${name} fits into ${width} columns`, () => {
      const lines = textOf(example, { ...DRAWN, width }).split('\n');
      assert.deepEqual(
        lines.filter((line) => line.length > width || line !== line.trimEnd()),
        [],
      );
    });

test('a waiting Job shows its backoff, and says what the signs mean that are there', () => {
  const text = textOf(EXAMPLES['retrying']!, DRAWN);
  assert.match(text, /^backoff {5}┄+$/m);
  assert.match(text, /^· pending, ━ running, ✗ failed$/m);
  assert.match(text, /^10 min 38 s FailureTarget \(BackoffLimitExceeded\)$/m);
});

test('the bars of many pods stand under the axis that they are drawn to', () => {
  const lines = textOf(EXAMPLES['many']!, DRAWN).split('\n');
  const at = lines.findIndex((line) => line.startsWith('pods '));
  const [axis = '', bars = ''] = lines.slice(at - 1);
  assert.match(bars, / {2}peak 50$/);
  assert.ok(axis.length <= DRAWN.width - '  peak 100000'.length, axis);
});

test('a CronJob tells its times on the clocks of its zone', () => {
  const text = textOf(EXAMPLES['cron']!, DRAWN);
  assert.match(text, /^nightly {2}Makes \d Jobs: \d complete\.$/m);
  assert.match(text, /^Times are those of Europe\/Berlin\.$/m);
  assert.match(text, /^job 0 {3}Thu 2026-03-26 02:30 {2}nightly-29574810 {2}complete after 1 h 30 min$/m);
  // In the night of the 29th the clocks skip half past two.
  assert.ok(!text.includes('2026-03-29 02:30'));
  const piped = simulatedAsText([EXAMPLES['cron']!], { ...DRAWN, terminal: false }).join('');
  assert.match(piped, /: Job nightly-29574810 is deleted: of 4 complete Jobs the latest 3 are kept\.$/m);
});

test('many runs of a CronJob are summed up, each by its worst Job', () => {
  const cron = nightly({ default: { run: 60 } });
  const run = { seed: 1, outcome: 'Complete', reason: 'CompletionsReached', seconds: 62, pods: 6, failed: 0 } as const;
  const text = textOf({ ...cron, runs: [run, run].map((each) => ({ ...each, podHours: 0, decidedBy: null })) }, DRAWN);
  assert.match(text, /^2 runs from seed 1, each by its worst Job:\n100\.0 % {2}Complete CompletionsReached$/m);
});

test('colours come with a terminal that has them, and end on their line', () => {
  const coloured = textOf(EXAMPLES['retrying']!, { ...DRAWN, colour: true });
  const escape = '\u001b[';
  assert.ok(coloured.includes(`${escape}31m`));
  for (const line of coloured.split('\n'))
    if (line.includes(escape)) assert.ok(line.endsWith(`${escape}0m`) || !line.includes(`${escape}31m`), line);
  const plain = ['0', '2', '31', '32', '33'].reduce((text, code) => text.replaceAll(`${escape}${code}m`, ''), coloured);
  assert.equal(plain, textOf(EXAMPLES['retrying']!, DRAWN));
});
