// Which controller looks after a Job, if any.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEnds, jobOf, simulated, works } from './simulated.ts';

checkEnds([
  [
    'managed by the Job controller itself',
    { managedBy: 'kubernetes.io/job-controller' },
    { default: works },
    'Complete CompletionsReached s1 f0',
    1,
  ],
]);

test('another controller in charge: nothing happens', () => {
  const { pods, statuses, end } = simulated(jobOf({ managedBy: 'example.com/x' }), {});
  assert.deepEqual([pods.length, statuses.length, end?.reason], [0, 1, 'ManagedElsewhere']);
});

test('a completionMode that the controller does not know: an event, and nothing else', () => {
  const { pods, events, end } = simulated(jobOf({ completionMode: 'Sorted' }), {});
  assert.deepEqual([pods.length, events.map(({ reason }) => reason)], [0, ['UnknownCompletionMode']]);
  assert.equal(end?.reason, 'UnknownCompletionMode');
});
