import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, PodSpec } from '../../../server/core/kubernetes/generated/types.ts';
import { endInWords, jobOf, simulated } from './simulated.ts';

const at = (seconds: number | null | undefined): number => Math.floor(seconds ?? -1);

function jobWithPod(pod: PodSpec, spec: Job['spec'] = {}): Job {
  return jobOf({ ...spec, template: { spec: { restartPolicy: 'Never', ...pod } } });
}

test('under OnFailure a failing container is restarted at once, then after 10, 20, 40 … s', () => {
  const { pods, end } = simulated(jobOf({ backoffLimit: 4 }, 'OnFailure'), {
    default: { startup: 0, run: 1, exitCode: 1 },
  });
  // Runs end at 1, 2, 13 and 34 s; the fourth restart comes 40 s later, and the Job fails once its pod has ended.
  assert.deepEqual([pods.length, pods[0]?.restarts, at(end?.t)], [1, 4, 76]);
});

test('restartDelay none restarts at once, kubelet waits', () => {
  const ends = ['none', 'kubelet'].map((restartDelay) => {
    const { pods } = simulated(jobOf({}, 'OnFailure'), { default: { startup: 0, run: 1, restarts: 2, restartDelay } });
    return at(pods[0]?.finished);
  });
  assert.deepEqual(ends, [3, 13]);
});

test('a native sidecar keeps no pod alive; an endless ordinary container does', () => {
  const sidecar = { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }], containers: [{ name: 'worker' }] };
  assert.equal(
    endInWords(simulated(jobWithPod(sidecar), { default: { run: 3 } })),
    'Complete CompletionsReached s1 f0',
  );
  const beside = { containers: [{ name: 'worker' }, { name: 'proxy' }] };
  const scenario = { default: { containers: { worker: { run: 3 }, proxy: { run: -1 } } } };
  assert.equal(simulated(jobWithPod(beside), scenario).end?.reason, 'PodsRunning');
});

test('containers that are not named end with the first, with exit code 0', () => {
  const beside = { containers: [{ name: 'worker' }, { name: 'log' }] };
  const { pods } = simulated(jobWithPod(beside, { backoffLimit: 0 }), { default: { run: 3, exitCode: 7 } });
  assert.deepEqual([pods[0]?.exitCode, at(pods[0]?.finished)], [7, 3]);
});

test('init containers come one after the other, and a failing one fails the pod', () => {
  const pod = { initContainers: [{ name: 'a' }, { name: 'b' }], containers: [{ name: 'worker' }] };
  const waits = simulated(jobWithPod(pod), {
    default: { startup: 0, run: 1, containers: { a: { run: 10 }, b: { run: 20 } } },
  });
  assert.equal(at(waits.pods[0]?.started), 30);
  const fails = { default: { startup: 0, run: 1, containers: { a: { run: 1 }, b: { run: 1, exitCode: 3 } } } };
  const { pods } = simulated(jobWithPod(pod, { backoffLimit: 0 }), fails);
  assert.deepEqual([pods[0]?.phase, pods[0]?.exitCode, pods[0]?.started], ['Failed', 3, null]);
});

test("a grace longer than the template's ends in 137", () => {
  const pod = { terminationGracePeriodSeconds: 5, containers: [{ name: 'worker' }] };
  const { pods } = simulated(jobWithPod(pod, { activeDeadlineSeconds: 10 }), { default: { run: -1, grace: 60 } });
  assert.deepEqual([pods[0]?.exitCode, at(pods[0]?.finished)], [137, 15]);
});

test("the template's own deadline fails the pod, not the Job", () => {
  const pod = { activeDeadlineSeconds: 10, containers: [{ name: 'worker' }] };
  const { pods, end } = simulated(jobWithPod(pod, { backoffLimit: 1 }), { default: { run: -1, graceExitCode: 0 } });
  assert.deepEqual(
    pods.map(({ phase, reason }) => `${phase} ${reason ?? ''}`),
    ['Failed DeadlineExceeded', 'Failed DeadlineExceeded'],
  );
  assert.equal(end?.reason, 'BackoffLimitExceeded');
});

test('an eviction deletes the pod and gives it DisruptionTarget', () => {
  const { pods } = simulated(jobOf({}), {
    default: { run: 20 },
    pods: [{ match: { ordinal: 0 }, disrupt: { at: 5, by: 'eviction' } }],
  });
  assert.deepEqual(
    [pods[0]?.reason, pods[0]?.exitCode, at(pods[0]?.deleting), pods.length],
    ['DisruptionTarget', 143, 5, 2],
  );
});

test('out of memory is exit code 137 without a disruption', () => {
  const { pods } = simulated(jobOf({ backoffLimit: 0 }), { default: { run: 2, oomKilled: true } });
  assert.deepEqual([pods[0]?.exitCode, pods[0]?.reason], [137, 'OOMKilled']);
});

test('pods share nodes by their requests', () => {
  const pod = { containers: [{ name: 'worker', resources: { requests: { cpu: '2' } } }] };
  const { pods } = simulated(jobWithPod(pod, { parallelism: 4, completions: 4 }), {
    default: { startup: 0, run: 10 },
    capacity: {
      nodes: [
        { name: 'small', cpu: 2 },
        { name: 'large', cpu: '4' },
      ],
    },
  });
  assert.deepEqual(
    pods.map(({ started }) => at(started)),
    [0, 0, 0, 10],
  );
  assert.deepEqual(
    pods
      .slice(0, 3)
      .map(({ node }) => node)
      .sort(),
    ['large', 'large', 'small'],
  );
});

test('a drain evicts the pods of a node, and a later capacity is used at once', () => {
  const { pods } = simulated(jobOf({ parallelism: 2, completions: 2 }), {
    default: { startup: 0, run: 30 },
    capacity: { nodes: [{ name: 'a', pods: 1 }] },
    actions: [
      {
        at: 5,
        capacity: {
          nodes: [
            { name: 'a', pods: 1 },
            { name: 'b', pods: 1 },
          ],
        },
      },
      { at: 8, drain: 'b' },
    ],
  });
  assert.deepEqual(
    pods.slice(0, 2).map(({ started, node }) => [at(started), node]),
    [
      [0, 'a'],
      [5, 'b'],
    ],
  );
  assert.equal(at(pods[1]?.deleting), 8);
});

test('a failure probability fails about that share of the pods', () => {
  const job = jobOf({ completions: 1000, parallelism: 1000, backoffLimit: 1000 });
  const { pods } = simulated(job, { default: { run: 1, failureProbability: 0.1 } }, { until: 5 });
  const failed = pods.filter(({ phase }) => phase === 'Failed').length;
  assert.ok(failed > 60 && failed < 140, `${failed} of 1000`);
});

test('drawn durations have the median and the 95th percentile that were asked for', () => {
  const job = jobOf({ completions: 2000, parallelism: 2000 });
  const { pods } = simulated(job, { default: { run: { p50: 100, p95: 400 } } });
  const lengths = pods.map(({ started, finished }) => finished! - started!).sort((a, b) => a - b);
  assert.ok(Math.abs(lengths[1000]! - 100) < 10, String(lengths[1000]));
  assert.ok(Math.abs(lengths[1900]! - 400) < 60, String(lengths[1900]));
});

test('a slow scheduler delays the place', () => {
  const { pods } = simulated(jobOf({}), { default: { startup: 1, run: 2, schedulingDelay: '30s' } });
  assert.deepEqual([at(pods[0]?.scheduled), at(pods[0]?.started)], [30, 31]);
});
