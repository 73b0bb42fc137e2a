// activeDeadlineSeconds, suspend and ttlSecondsAfterFinished.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEnds, fails, jobOf, simulated, works } from './simulated.ts';

checkEnds([
  [
    'deadline',
    { parallelism: 2, completions: 4, activeDeadlineSeconds: 1 },
    { default: { run: -1 } },
    'Failed DeadlineExceeded s0 f2',
    2,
  ],
  ['deadline 0', { activeDeadlineSeconds: 0 }, { default: works }, 'Failed DeadlineExceeded s0 f0', 0],
  ['deadline in backoff', { activeDeadlineSeconds: 15 }, { default: fails }, 'Failed DeadlineExceeded s0 f2', 2],
  [
    'bad image under a deadline',
    { activeDeadlineSeconds: 300 },
    { default: { imagePullBackOff: true } },
    'Failed DeadlineExceeded s0 f1',
    1,
  ],
  [
    'a tie of deadline and backoffLimit',
    { activeDeadlineSeconds: 30, backoffLimit: 0 },
    { default: { startup: 0.4, run: 29.1, exitCode: 1 } },
    'Failed BackoffLimitExceeded s0 f1',
    1,
  ],
  [
    'suspend midway',
    { parallelism: 2, completions: 4 },
    {
      default: { run: 10 },
      actions: [
        { at: 15, suspend: true },
        { at: 60, suspend: false },
      ],
    },
    'Complete CompletionsReached s4 f0',
    6,
  ],
  [
    'a deadline starts anew after a suspension',
    { activeDeadlineSeconds: 60 },
    {
      default: { run: 55 },
      actions: [
        { at: 50, suspend: true },
        { at: 100, suspend: false },
      ],
    },
    'Complete CompletionsReached s1 f0',
    2,
  ],
]);

test('ttlSecondsAfterFinished takes the Job and its pods', () => {
  const { statuses, pods, end } = simulated(jobOf({ ttlSecondsAfterFinished: 100 }), { default: works });
  assert.deepEqual(statuses.at(-1)?.status, { deleted: true });
  assert.ok(pods.every(({ removed }) => removed !== null));
  assert.equal(end?.outcome, 'Complete');
});
