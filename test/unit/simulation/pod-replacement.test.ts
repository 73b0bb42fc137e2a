// Pods that somebody deletes, and when others take their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endInWords, jobOf, simulated } from './simulated.ts';

test('pods that a deleted user-pod leaves behind: counted at once, replaced after 10 s', () => {
  const { pods, statuses } = simulated(jobOf({}), {
    default: { run: 100, grace: 20 },
    actions: [{ at: 5, deletePod: { ordinal: 0 } }],
  });
  assert.equal(Math.floor(pods[1]!.created), 15);
  assert.ok(statuses.some(({ status }) => !('deleted' in status) && status.failed === 1 && status.terminating === 1));
});

test('with podReplacementPolicy Failed a graceful exit 0 counts as success', () => {
  const timeline = simulated(jobOf({ podReplacementPolicy: 'Failed' }), {
    default: { run: 100, grace: 5, graceExitCode: 0 },
    actions: [{ at: 5, deletePod: { ordinal: 0 } }],
  });
  assert.equal(endInWords(timeline), 'Complete CompletionsReached s1 f0');
});
