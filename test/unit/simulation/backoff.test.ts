// Retries of the Job as a whole: backoffLimit, the waits between, and restarts inside of a pod.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEnds, fails, jobOf, simulated, works } from './simulated.ts';

checkEnds([
  ['backoffLimit 1', { backoffLimit: 1 }, { default: fails }, 'Failed BackoffLimitExceeded s0 f2', 2],
  ['backoffLimit 0', { backoffLimit: 0 }, { default: fails }, 'Failed BackoffLimitExceeded s0 f1', 1],
  ['default retries', {}, { default: { startup: 0, run: 0, exitCode: 1 } }, 'Failed BackoffLimitExceeded s0 f7', 7],
  [
    'one bad of ten',
    { parallelism: 10, completions: 10, backoffLimit: 0 },
    {
      default: { run: 3 },
      pods: [{ match: { ordinal: 4 }, exitCode: 1 }],
      actions: [{ at: 1, controllerRestart: true }],
    },
    'Failed BackoffLimitExceeded s9 f1',
    10,
  ],
  [
    'herd',
    { parallelism: 10, completions: 10, backoffLimit: 10 },
    { default: fails },
    'Failed BackoffLimitExceeded s0 f20',
    20,
  ],
  [
    'OnFailure, backoffLimit 2',
    { backoffLimit: 2 },
    { default: { run: 2, exitCode: 1, restarts: 9 } },
    'Failed BackoffLimitExceeded s0 f1',
    1,
    'OnFailure',
  ],
  [
    'OnFailure, backoffLimit 0',
    { backoffLimit: 0 },
    { default: { run: 2, exitCode: 1 } },
    'Failed BackoffLimitExceeded s0 f1',
    1,
    'OnFailure',
  ],
  [
    'OnFailure, restarts are shared',
    { parallelism: 3, completions: 3, backoffLimit: 3 },
    { default: { run: 3, restarts: 1 }, pods: [{ match: { ordinal: '0-' }, run: 3, restarts: 1 }] },
    'Failed BackoffLimitExceeded s0 f3',
    3,
    'OnFailure',
  ],
  [
    'OnFailure heals',
    { parallelism: 2, completions: 4 },
    { default: { run: 2, restarts: 1 } },
    'Complete CompletionsReached s4 f0',
    4,
    'OnFailure',
  ],
]);

test('retries come after 10, 20, 40 … seconds', () => {
  const { pods } = simulated(jobOf({}), { default: { startup: 0, run: 0, exitCode: 1 } });
  assert.deepEqual(
    pods.map(({ created }) => Math.floor(created)),
    [0, 10, 30, 70, 150, 310, 630],
  );
});

test('ten failures at once wait ten minutes', () => {
  const { waits } = simulated(jobOf({ parallelism: 10, completions: 10, backoffLimit: 10 }), { default: fails });
  assert.deepEqual(
    waits.map(({ from, until, failures }) => [Math.floor(from), Math.floor(until), failures]),
    [[2, 601, 10]],
  );
});

test('a success resets the backoff', () => {
  const { pods } = simulated(jobOf({ parallelism: 1, completions: 3 }), {
    default: works,
    pods: [{ match: { ordinal: '0,2' }, exitCode: 1 }],
  });
  const gap = (at: number): number => Math.round(pods[at]!.created - pods[at - 1]!.finished!);
  assert.ok(gap(1) <= 10 && gap(3) <= 10);
});

test('a failure before a success of the same sync waits for nothing', () => {
  const { pods, waits } = simulated(jobOf({ parallelism: 2, completions: 4 }), {
    default: { startup: 0, run: 5 },
    pods: [
      { match: { ordinal: 0 }, exitCode: 1 },
      { match: { ordinal: 1 }, run: 5.2 },
    ],
  });
  assert.deepEqual(waits, []);
  assert.equal(pods.length, 5);
});
