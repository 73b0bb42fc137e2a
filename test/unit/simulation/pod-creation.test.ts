// How many pods there are, and when they are made.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEnds, jobOf, simulated, works } from './simulated.ts';

checkEnds([
  ['default', {}, { default: works }, 'Complete CompletionsReached s1 f0', 1],
  ['batch', { parallelism: 2, completions: 4 }, { default: works }, 'Complete CompletionsReached s4 f0', 4],
  ['capped', { parallelism: 5, completions: 2 }, { default: works }, 'Complete CompletionsReached s2 f0', 2],
  [
    'queue: one succeeds, the others after it',
    { parallelism: 3 },
    { default: works, pods: [{ match: { ordinal: '1-' }, run: 5 }] },
    'Complete CompletionsReached s3 f0',
    3,
  ],
  [
    'queue: a late failure is not replaced',
    { parallelism: 3 },
    {
      default: { startup: 0.1, run: 6 },
      pods: [
        { match: { ordinal: 0 }, run: 2 },
        { match: { ordinal: 1 }, run: 4, exitCode: 1 },
      ],
    },
    'Complete CompletionsReached s2 f1',
    3,
  ],
  [
    'queue: backoffLimit 0',
    { parallelism: 3, backoffLimit: 0 },
    {
      default: { run: 60 },
      pods: [
        { match: { ordinal: 0 }, run: 2 },
        { match: { ordinal: 1 }, run: 4, exitCode: 1 },
      ],
    },
    'Failed BackoffLimitExceeded s1 f2',
    3,
  ],
  ['zero', { completions: 0 }, {}, 'Complete CompletionsReached s0 f0', 0],
  ['zero, suspended', { completions: 0, suspend: true }, {}, 'Complete CompletionsReached s0 f0', 0],
  [
    'replace',
    { parallelism: 54, completions: 56 },
    { default: { run: 5 }, pods: [{ match: { ordinal: '0-1' }, run: 2, exitCode: 1 }] },
    'Complete CompletionsReached s56 f2',
    58,
  ],
  [
    'rescale of a queue: deletions are not counted',
    { parallelism: 5, backoffLimit: 2 },
    {
      default: { run: 30 },
      actions: [
        { at: 5, parallelism: 2 },
        { at: 10, parallelism: 4 },
      ],
    },
    'Complete CompletionsReached s4 f0',
    7,
  ],
]);

test('1,200 pods are made 500, 500 and 200 at a time', () => {
  const { pods } = simulated(jobOf({ parallelism: 1200, completions: 1200 }), { default: { run: 60 } });
  const waves = new Map<number, number>();
  for (const { created } of pods) waves.set(Math.floor(created), (waves.get(Math.floor(created)) ?? 0) + 1);
  assert.deepEqual([...waves.values()], [500, 500, 200]);
});

test('a quota of 3 stops the slow start', () => {
  const { pods, events } = simulated(
    jobOf({ parallelism: 10, completions: 10 }),
    { default: { run: 60 }, quota: 3 },
    { until: 0.5 },
  );
  assert.equal(pods.length, 3);
  assert.equal(events.filter(({ reason }) => reason === 'FailedCreate').length, 4);
});

test('a pod waits for capacity', () => {
  const { pods } = simulated(jobOf({ parallelism: 3, completions: 3 }), {
    default: { startup: 0, run: 10 },
    capacity: 1,
  });
  assert.deepEqual(
    pods.map(({ started }) => Math.floor(started!)),
    [0, 10, 20],
  );
});

test('a queue that is done waits for its active pods, and an idle Job for ever', () => {
  const { end } = simulated(jobOf({ parallelism: 0, completions: 1 }), {});
  assert.deepEqual([end?.outcome, end?.reason], ['Unfinished', 'Paused']);
});
