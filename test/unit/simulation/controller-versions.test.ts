// What the controllers of older Kubernetes versions do otherwise.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PodFailurePolicyRule } from '../../../server/core/kubernetes/generated/types.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { jobOf, lastStatus, simulated } from './simulated.ts';

test('Kubernetes 1.30 ends at once, without interim condition', () => {
  const timeline = simulated(
    jobOf({ backoffLimit: 0, parallelism: 2, completions: 2 }),
    { default: { run: 30, grace: 10 }, pods: [{ match: { ordinal: 0 }, run: 1, exitCode: 1 }] },
    { kubernetesMinor: 30 },
  );
  assert.deepEqual(lastStatus(timeline).conditions, ['Failed=True:BackoffLimitExceeded']);
  assert.equal(Math.floor(timeline.end!.t), 2);
});

test('Kubernetes 1.30 announces an end only after a FailJob rule', () => {
  const rule: PodFailurePolicyRule = { action: 'FailJob', onExitCodes: { operator: 'In', values: [3] } };
  const job = jobOf({ podFailurePolicy: { rules: [rule] } });
  const failing = simulated(job, { default: { run: 1, exitCode: 3 } }, { kubernetesMinor: 30 });
  assert.deepEqual(lastStatus(failing).conditions, [
    'FailureTarget=True:PodFailurePolicy',
    'Failed=True:PodFailurePolicy',
  ]);
});

test('what a version drops has no effect, and that is said', () => {
  const indexed = { completionMode: 'Indexed' as const, completions: 3, parallelism: 3 };
  const early = { ...indexed, successPolicy: { rules: [{ succeededCount: 1 }] } };
  const script = { default: { run: 5 }, pods: [{ match: { index: 0 }, run: 1 }] };
  const [old, now] = [30, 31].map((kubernetesMinor) => simulated(jobOf(early), script, { kubernetesMinor }));
  assert.equal(lastStatus(old!).succeeded, 3);
  assert.equal(lastStatus(now!).succeeded, 1);
  const notes = ({ explanations }: Timeline): string[] =>
    explanations.flatMap(({ about, text }) => (about.kind === 'job' ? [text] : []));
  assert.deepEqual(notes(old!), [
    'This version of Kubernetes drops spec.successPolicy: its feature gate JobSuccessPolicy is off there unless somebody switches it on.',
  ]);
  assert.deepEqual(notes(now!), []);

  const elsewhere = jobOf({ managedBy: 'example.com/x' });
  assert.equal(simulated(elsewhere, {}, { kubernetesMinor: 31 }).end?.outcome, 'Complete');
  assert.equal(simulated(elsewhere, {}, { kubernetesMinor: 32 }).end?.reason, 'ManagedElsewhere');
});

test('a suspended Job keeps its startTime until 1.35', () => {
  const job = jobOf({ parallelism: 1, completions: 1 });
  const script = { default: { run: 30 }, actions: [{ at: 5, suspend: true }] };
  const started = (kubernetesMinor: number): boolean =>
    lastStatus(simulated(job, script, { kubernetesMinor, until: 60 })).started;
  assert.deepEqual([started(35), started(36)], [true, false]);
});
