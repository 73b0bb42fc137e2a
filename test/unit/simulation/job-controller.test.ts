import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobSpec, PodFailurePolicyRule } from '../../../server/core/kubernetes/generated/types.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { endInWords, jobOf, lastStatus, simulated } from './simulated.ts';

/** One row: name, spec, scenario, the end in one line, number of pods (null: not asserted), restartPolicy. */
type Row = readonly [string, JobSpec, unknown, string, number | null, string?];

const INDEXED = { completionMode: 'Indexed' };
const fails = { startup: 0.1, run: 1, exitCode: 1 };
const works = { startup: 0.1, run: 1 };
const codes = (action: string, ...values: number[]): PodFailurePolicyRule => ({
  action,
  onExitCodes: { operator: 'In', values },
});
const condition = (action: string): PodFailurePolicyRule => ({
  action,
  onPodConditions: [{ type: 'DisruptionTarget' }],
});
const policy = (...rules: PodFailurePolicyRule[]): JobSpec => ({ podFailurePolicy: { rules } });

const ROWS: readonly Row[] = [
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
  [
    'success policy by index',
    { ...INDEXED, parallelism: 2, completions: 2, successPolicy: { rules: [{ succeededIndexes: '1' }] } },
    { default: { run: 60 }, pods: [{ match: { index: 1 }, run: 1 }] },
    'Complete SuccessPolicy s1 f0 ci 1',
    2,
  ],
  [
    'success policy by count of a subset',
    {
      ...INDEXED,
      parallelism: 5,
      completions: 5,
      successPolicy: { rules: [{ succeededIndexes: '0-3', succeededCount: 2 }] },
    },
    { default: { run: 60 }, pods: [{ match: { index: '1,3' }, run: 1 }] },
    'Complete SuccessPolicy s2 f0 ci 1,3',
    5,
  ],
  [
    'a failure verdict wins over a success policy',
    {
      ...INDEXED,
      parallelism: 2,
      completions: 2,
      backoffLimitPerIndex: 0,
      successPolicy: { rules: [{ succeededCount: 1 }] },
    },
    { default: { run: 2 }, pods: [{ match: { index: 0 }, exitCode: 1 }] },
    'Failed FailedIndexes s1 f1 ci 1 fi 0',
    2,
  ],
  [
    'managed by the Job controller itself',
    { managedBy: 'kubernetes.io/job-controller' },
    { default: works },
    'Complete CompletionsReached s1 f0',
    1,
  ],
];

for (const [name, spec, scenario, expected, pods, restartPolicy] of ROWS)
  test(name, () => {
    const timeline = simulated(jobOf(spec, restartPolicy), scenario);
    assert.equal(endInWords(timeline), expected);
    if (pods !== null) assert.equal(timeline.pods.length, pods);
  });

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

test('a queue that is done waits for its active pods, and an idle Job for ever', () => {
  const { end } = simulated(jobOf({ parallelism: 0, completions: 1 }), {});
  assert.deepEqual([end?.outcome, end?.reason], ['Unfinished', 'Paused']);
});

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

test('ttlSecondsAfterFinished takes the Job and its pods', () => {
  const { statuses, pods, end } = simulated(jobOf({ ttlSecondsAfterFinished: 100 }), { default: works });
  assert.deepEqual(statuses.at(-1)?.status, { deleted: true });
  assert.ok(pods.every(({ removed }) => removed !== null));
  assert.equal(end?.outcome, 'Complete');
});

test('another controller in charge: nothing happens', () => {
  const { pods, statuses, end } = simulated(jobOf({ managedBy: 'example.com/x' }), {});
  assert.deepEqual([pods.length, statuses.length, end?.reason], [0, 1, 'ManagedElsewhere']);
});

test('a completionMode that the controller does not know: an event, and nothing else', () => {
  const { pods, events, end } = simulated(jobOf({ completionMode: 'Sorted' }), {});
  assert.deepEqual([pods.length, events.map(({ reason }) => reason)], [0, ['UnknownCompletionMode']]);
  assert.equal(end?.reason, 'UnknownCompletionMode');
});

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
