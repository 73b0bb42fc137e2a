// podFailurePolicy: which rule takes a failed pod, and what follows.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobSpec, PodFailurePolicyRule } from '../../../server/core/kubernetes/generated/types.ts';
import { checkEnds, jobOf, lastStatus, simulated, works } from './simulated.ts';

const INDEXED = { completionMode: 'Indexed' };
const codes = (action: string, ...values: number[]): PodFailurePolicyRule => ({
  action,
  onExitCodes: { operator: 'In', values },
});
const condition = (action: string): PodFailurePolicyRule => ({
  action,
  onPodConditions: [{ type: 'DisruptionTarget' }],
});
const policy = (...rules: PodFailurePolicyRule[]): JobSpec => ({ podFailurePolicy: { rules } });

checkEnds([
  [
    'FailIndex by exit code and by condition',
    {
      ...INDEXED,
      parallelism: 2,
      completions: 2,
      backoffLimitPerIndex: 1,
      ...policy(codes('FailIndex', 13), condition('FailIndex')),
    },
    {
      default: works,
      pods: [
        { match: { index: 0 }, exitCode: 13 },
        { match: { index: 1 }, condition: 'DisruptionTarget' },
      ],
    },
    'Failed FailedIndexes s0 f2 ci  fi 0,1',
    2,
  ],
  [
    'Ignore does not count per index',
    { ...INDEXED, parallelism: 1, completions: 1, backoffLimitPerIndex: 0, ...policy(codes('Ignore', 42)) },
    { default: works, pods: [{ match: { attempt: 0 }, exitCode: 42 }] },
    'Complete CompletionsReached s1 f0 ci 0 fi',
    2,
  ],
  [
    'FailJob',
    policy(codes('FailJob', 5, 6, 7)),
    { default: { run: 1, exitCode: 5 } },
    'Failed PodFailurePolicy s0 f1',
    1,
  ],
  [
    'FailJob takes the others along',
    { parallelism: 2, completions: 4, ...policy(codes('FailJob', 1)) },
    { default: { run: 60 }, pods: [{ match: { ordinal: 0 }, run: 1, exitCode: 1 }] },
    'Failed PodFailurePolicy s0 f2',
    2,
  ],
  [
    'Ignore a disruption',
    { ...INDEXED, parallelism: 3, completions: 3, backoffLimit: 2, ...policy(condition('Ignore')) },
    { default: { run: 5 }, pods: [{ match: { attempt: 0 }, disrupt: { at: 2, by: 'eviction' } }] },
    'Complete CompletionsReached s3 f0 ci 0-2',
    6,
  ],
  [
    'Ignore before FailJob',
    policy(condition('Ignore'), codes('FailJob', 137)),
    { default: works, pods: [{ match: { ordinal: 0 }, condition: 'DisruptionTarget', exitCode: 137 }] },
    'Complete CompletionsReached s1 f0',
    2,
  ],
  [
    'FailJob before Ignore',
    policy(codes('FailJob', 137), condition('Ignore')),
    { default: works, pods: [{ match: { ordinal: 0 }, condition: 'DisruptionTarget', exitCode: 137 }] },
    'Failed PodFailurePolicy s0 f1',
    1,
  ],
  [
    'a code that no rule takes counts',
    { backoffLimit: 0, ...policy(codes('FailJob', 5)) },
    { default: { run: 1, exitCode: 99 } },
    'Failed BackoffLimitExceeded s0 f1',
    1,
  ],
]);

test('an Ignore rule on an exit code retries without end, ever slower', () => {
  const timeline = simulated(
    jobOf(policy(codes('Ignore', 42))),
    { default: { run: 1, exitCode: 42 } },
    { until: 86_400 },
  );
  assert.equal(timeline.end?.outcome, 'Unfinished');
  assert.equal(lastStatus(timeline).failed, 0);
  const [before, last] = timeline.pods.slice(-2);
  assert.equal(Math.round(last!.created - before!.created), 601);
});

test('a pod of which one container has ended is not ready, and has that exit code when its node is lost', () => {
  const containers = ['worker', 'helper'].map((name) => ({ name, image: 'busybox' }));
  const job = jobOf({
    backoffLimit: 0,
    podFailurePolicy: {
      rules: [{ action: 'FailJob', onExitCodes: { containerName: 'worker', operator: 'In', values: [3] } }],
    },
    template: { spec: { restartPolicy: 'Never', containers } },
  });
  const ended = { run: 5, exitCode: 3, containers: { helper: { run: 60 } } };
  const { statuses, pods, end } = simulated(job, { default: { ...ended, disrupt: { at: 20, by: 'node-loss' } } });
  const readyAt = (t: number): number | undefined => {
    const status = statuses.findLast((each) => each.t <= t)?.status;
    return status === undefined || 'deleted' in status ? undefined : status.ready;
  };
  assert.deepEqual([readyAt(4), readyAt(10)], [1, 0]);
  assert.deepEqual([pods[0]?.exitCode, end?.reason], [3, 'PodFailurePolicy']);
});
