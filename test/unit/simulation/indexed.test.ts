// Indexed Jobs: their indexes, other sizes, and retries per index.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEnds, fails, jobOf, simulated, works } from './simulated.ts';

const INDEXED = { completionMode: 'Indexed' };

checkEnds([
  [
    'indexed',
    { ...INDEXED, parallelism: 3, completions: 4 },
    { default: { run: 4 }, pods: [{ match: { index: 2, attempt: 0 }, exitCode: 1, run: 2 }] },
    'Complete CompletionsReached s4 f1 ci 0-3',
    5,
  ],
  [
    'grow',
    { ...INDEXED, parallelism: 3, completions: 3 },
    { default: { run: 8 }, actions: [{ at: 2, parallelism: 4, completions: 4 }] },
    'Complete CompletionsReached s4 f0 ci 0-3',
    4,
  ],
  [
    'shrink',
    { ...INDEXED, parallelism: 3, completions: 3 },
    {
      default: { run: 20 },
      pods: [
        { match: { index: 1 }, run: 3 },
        { match: { index: 2, attempt: 0 }, run: 3, exitCode: 1 },
      ],
      actions: [{ at: 9, parallelism: 1, completions: 1 }],
    },
    'Complete CompletionsReached s1 f1 ci 0',
    4,
  ],
  [
    'shrink and grow',
    { ...INDEXED, parallelism: 3, completions: 3 },
    {
      default: { run: 30 },
      pods: [{ match: { index: 2 }, run: 3 }],
      actions: [
        { at: 9, parallelism: 2, completions: 2 },
        { at: 15, parallelism: 3, completions: 3 },
      ],
    },
    'Complete CompletionsReached s3 f0 ci 0-2',
    4,
  ],
  [
    'shrink to 0',
    { ...INDEXED, parallelism: 3, completions: 3 },
    { default: { run: 30 }, actions: [{ at: 5, parallelism: 0, completions: 0 }] },
    'Complete CompletionsReached s0 f0 ci',
    3,
  ],
  [
    'backoffLimitPerIndex: odd indexes fail',
    { ...INDEXED, parallelism: 2, completions: 4, backoffLimitPerIndex: 1 },
    { default: works, pods: [{ match: { index: '1,3' }, exitCode: 1 }] },
    'Failed FailedIndexes s2 f4 ci 0,2 fi 1,3',
    6,
  ],
  [
    'backoffLimitPerIndex: all fail',
    { ...INDEXED, parallelism: 2, completions: 2, backoffLimitPerIndex: 1 },
    { default: fails },
    'Failed FailedIndexes s0 f4 ci  fi 0,1',
    4,
  ],
  [
    'maxFailedIndexes 0',
    { ...INDEXED, parallelism: 1, completions: 4, backoffLimitPerIndex: 0, maxFailedIndexes: 0 },
    { default: fails },
    'Failed MaxFailedIndexesExceeded s0 f1 ci  fi 0',
    1,
  ],
  [
    'maxFailedIndexes 1',
    { ...INDEXED, parallelism: 3, completions: 3, backoffLimitPerIndex: 0, maxFailedIndexes: 1 },
    { default: { run: 60 }, pods: [{ match: { index: '0-1' }, run: 2, exitCode: 1 }] },
    'Failed MaxFailedIndexesExceeded s0 f3 ci  fi 0,1',
    3,
  ],
  [
    'backoffLimitPerIndex recovers',
    { ...INDEXED, parallelism: 2, completions: 2, backoffLimitPerIndex: 1 },
    { default: works, pods: [{ match: { index: 0, attempt: 0 }, exitCode: 1 }] },
    'Complete CompletionsReached s2 f1 ci 0,1 fi',
    3,
  ],
  [
    'backoffLimitPerIndex 2',
    { ...INDEXED, parallelism: 2, completions: 2, backoffLimitPerIndex: 2 },
    { default: works, pods: [{ match: { index: 0 }, exitCode: 1 }] },
    'Failed FailedIndexes s1 f3 ci 1 fi 0',
    4,
  ],
  [
    'the global limit comes first',
    { ...INDEXED, parallelism: 3, completions: 3, backoffLimitPerIndex: 1, backoffLimit: 2 },
    { default: { run: 1, exitCode: 1 } },
    'Failed BackoffLimitExceeded s0 f3 ci  fi',
    3,
  ],
  [
    'backoffLimitPerIndex 0 goes on',
    { ...INDEXED, parallelism: 2, completions: 2, backoffLimitPerIndex: 0 },
    { default: { run: 5 }, pods: [{ match: { index: 0 }, run: 1, exitCode: 1 }] },
    'Failed FailedIndexes s1 f1 ci 1 fi 0',
    2,
  ],
]);

test('an index in backoff blocks those behind it at parallelism 1', () => {
  const { pods } = simulated(jobOf({ ...INDEXED, parallelism: 1, completions: 3, backoffLimitPerIndex: 2 }), {
    default: works,
    pods: [{ match: { index: 0, attempt: 0 }, exitCode: 1 }],
  });
  assert.deepEqual(
    pods.map(({ index, created }) => [index, Math.floor(created)]),
    [
      [0, 0],
      [0, 11],
      [1, 13],
      [2, 15],
    ],
  );
});
