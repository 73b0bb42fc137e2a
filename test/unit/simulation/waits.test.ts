import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateOutcome } from '../../../server/core/simulation/monte-carlo.ts';
import { jobOf, simulated } from './simulated.ts';

/** `8-9 (1)`: from, until and the failures of each wait, in whole seconds. */
function waitsOf(...args: Parameters<typeof simulated>): string[] {
  return simulated(...args).waits.map(
    ({ from, until, failures }) => `${Math.floor(from)}-${Math.floor(until)} (${failures})`,
  );
}

test('a wait ends when a success resets the backoff', () => {
  const scenario = {
    default: { startup: 0, run: 6 },
    pods: [{ match: { ordinal: 0 }, run: 2, exitCode: 1 }],
  };
  // Without the success of the second pod it would last until 12 s.
  assert.deepEqual(waitsOf(jobOf({ completions: 4, parallelism: 2 }), scenario), ['3-7 (1)']);
});

test('another failure sets the wait anew: the one before ends there', () => {
  const scenario = {
    default: { startup: 0, run: 2, exitCode: 1 },
    pods: [{ match: { ordinal: 1 }, run: 8, exitCode: 1 }],
  };
  const waits = waitsOf(jobOf({ completions: 4, parallelism: 2, backoffLimit: 1 }), scenario);
  assert.deepEqual(waits, ['3-9 (1)']);
  const longer = waitsOf(jobOf({ completions: 2, parallelism: 2, backoffLimit: 2 }), scenario);
  assert.deepEqual(longer.slice(0, 2), ['3-9 (1)', '9-28 (2)']);
});

test('no wait outlasts a suspension or the decision on the end', () => {
  const scenario = { default: { startup: 0, run: 1, exitCode: 1 }, actions: [{ at: 5, suspend: true }] };
  assert.deepEqual(waitsOf(jobOf({}), scenario, { until: 60 }), ['2-5 (1)']);
  const deadline = { default: { startup: 0, run: 1, exitCode: 1 } };
  assert.deepEqual(waitsOf(jobOf({ activeDeadlineSeconds: 6 }), deadline), ['2-6 (1)']);
});

test('a run that will never end says so, and counts as long as it was followed', () => {
  const job = jobOf({});
  const endless = { default: { run: -1 } };
  const { end } = simulated(job, endless);
  assert.match(end!.message, /^It waits for 1 running pod/);
  assert.equal(end!.forever, true);
  const { seconds, outcome } = simulateOutcome(job, parseScenario(endless).scenario, { seed: 1, until: 3600 });
  assert.deepEqual([outcome, seconds], ['Unfinished', 3600]);
  // Cut while something is still to come, it only says what for.
  assert.match(simulated(job, { default: { run: 600 } }, { until: 60 }).end!.message, /^It waits for 1 running pod/);
});

test('a quota refuses in the words of the API server', () => {
  const { events } = simulated(jobOf({ completions: 2, parallelism: 2 }), { quota: 1 });
  const refused = events.find(({ reason }) => reason === 'FailedCreate');
  assert.match(
    refused?.message ?? '',
    /^Error creating: pods "job-\w{5}" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=1, limited: pods=1$/,
  );
});
