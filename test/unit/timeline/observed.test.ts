import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Pod, PodStatus } from '../../../server/core/timeline/observed-objects.ts';
import { readJob, readPod, type ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { observedTimeline } from '../../../server/core/timeline/observed-timeline.ts';
import { observe, UNOBSERVED, type Observation } from '../../../server/core/timeline/observed.ts';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';

const EPOCH = Date.UTC(2026, 0, 1);
const at = (seconds: number): number => EPOCH + seconds * 1000;
/** As the API writes it: whole seconds, cut off. */
const stamp = (seconds: number): string => new Date(at(Math.floor(seconds))).toISOString().replace('.000Z', 'Z');

function job(status: object = {}, spec: object = {}): ObservedJob {
  return readJob({
    metadata: { name: 'x', uid: 'x', resourceVersion: '1', creationTimestamp: stamp(0) },
    spec: { parallelism: 2, completions: 2, ...spec },
    status: { startTime: stamp(0), ...status },
  })!;
}

function pod(name: string, status: PodStatus, metadata: object = {}): Pod {
  return readPod({
    metadata: {
      name,
      uid: name,
      creationTimestamp: stamp(1),
      finalizers: ['batch.kubernetes.io/job-tracking'],
      ...metadata,
    },
    spec: { nodeName: 'n' },
    status,
  })!;
}

const running = (started: number): PodStatus => ({
  phase: 'Running',
  startTime: stamp(started),
  conditions: [
    { type: 'PodScheduled', status: 'True', lastTransitionTime: stamp(started) },
    { type: 'Ready', status: 'True', lastTransitionTime: stamp(started) },
  ],
  containerStatuses: [{ name: 'c', restartCount: 0, state: { running: { startedAt: stamp(started) } } }],
});
const ended = (exitCode: number, started: number, finished: number): PodStatus => ({
  phase: exitCode === 0 ? 'Succeeded' : 'Failed',
  startTime: stamp(started),
  conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: stamp(finished) }],
  containerStatuses: [
    {
      name: 'c',
      restartCount: 0,
      state: {
        terminated: {
          exitCode,
          reason: exitCode === 0 ? 'Completed' : 'Error',
          startedAt: stamp(started),
          finishedAt: stamp(finished),
        },
      },
    },
  ],
});

const seenJob = (seconds: number, of = job(), live = true): Observation => ({
  kind: 'job',
  job: of,
  at: at(seconds),
  live,
});
const seenPod = (seconds: number, of: Pod, live = true): Observation => ({
  kind: 'pod',
  pod: of,
  at: at(seconds),
  live,
});
const listed = (seconds: number, pods: readonly Pod[], since: number | null = null): Observation => ({
  kind: 'pods',
  pods,
  at: at(seconds),
  since: since === null ? null : at(since),
});

function timelineOf(...observations: Observation[]): Timeline {
  return observedTimeline(observe(UNOBSERVED, observations))!;
}
const onlyPod = (timeline: Timeline): PodRun => {
  assert.equal(timeline.pods.length, 1);
  return timeline.pods[0]!;
};

suite('a timeline from what was observed', () => {
  test('nothing before the Job was seen', () => {
    assert.equal(observedTimeline(observe(UNOBSERVED, [seenPod(1, pod('p', running(1)))])), null);
  });

  test('what is seen as it happens is finer than the API’s seconds, and never leaves the second', () => {
    const timeline = timelineOf(
      seenJob(0.4),
      listed(0.4, []),
      seenPod(1.25, pod('p', { phase: 'Pending' })),
      seenPod(2.5, pod('p', running(2))),
      seenPod(5.9, pod('p', ended(0, 2, 4))),
    );
    const run = onlyPod(timeline);
    assert.deepEqual([run.created, run.scheduled, run.started, run.ready, run.finished], [1.25, 2.5, 2.5, 2.5, 4]);
    assert.equal(run.inferred, undefined);
    assert.equal(timeline.certainty, 'observed');
    assert.equal(timeline.origin, '2026-01-01T00:00:00.000Z');
  });

  test('found later, it is the same within a second; what the pod has forgotten is unknown', () => {
    const run = onlyPod(timelineOf(seenJob(9, job(), false), listed(9, [pod('p', ended(0, 2, 4))])));
    assert.deepEqual([run.created, run.scheduled, run.started, run.ready, run.finished], [1, null, 2, null, 4]);
  });

  test('moments that later states forget stay', () => {
    const restarted: PodStatus = {
      ...running(2),
      containerStatuses: [{ name: 'c', restartCount: 3, state: { running: { startedAt: stamp(50) } } }],
    };
    const run = onlyPod(
      timelineOf(seenJob(0), listed(0, []), seenPod(2.5, pod('p', running(2))), seenPod(50, pod('p', restarted))),
    );
    assert.deepEqual([run.started, run.restarts], [2.5, 3]);
    // Without having seen it, only the kubelet's start of the pod is left to infer from.
    const found = onlyPod(timelineOf(seenJob(60, job(), false), listed(60, [pod('p', restarted)])));
    assert.deepEqual([found.started, found.inferred], [2, ['started']]);
  });

  test('clocks of nodes that are behind do not turn time round', () => {
    const run = onlyPod(timelineOf(seenJob(9), listed(9, [pod('p', ended(0, -5, -2))])));
    assert.deepEqual([run.created, run.started, run.finished], [1, 1, 1]);
  });

  test('deletion: asked for before the grace, seen gone, or found missing', () => {
    const dying = pod('p', running(2), { deletionTimestamp: stamp(40), deletionGracePeriodSeconds: 30 });
    const seen = onlyPod(
      timelineOf(seenJob(0), listed(0, []), seenPod(10.3, dying), {
        kind: 'podGone',
        uid: 'p',
        at: at(12),
        live: true,
      }),
    );
    assert.deepEqual([seen.deleting, seen.removed, seen.inferred], [10.3, 12, undefined]);
    const missing = timelineOf(seenJob(0), listed(0, [pod('p', running(2))]), listed(30, [], 20));
    assert.deepEqual([onlyPod(missing).removed, onlyPod(missing).inferred], [30, ['removed']]);
    assert.deepEqual(missing.gaps, [{ from: 20, until: 30 }]);
  });

  test('failures: who decided, and whether they count', () => {
    const conditions = [
      { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'evicted' },
    ];
    const evicted = pod('p', { ...ended(137, 2, 4), conditions });
    const plain = onlyPod(timelineOf(seenJob(9), listed(9, [evicted])));
    assert.deepEqual([plain.exitCode, plain.reason, plain.countedFailed], [137, 'DisruptionTarget', true]);
    const rules = [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }];
    const ignored = onlyPod(timelineOf(seenJob(9, job({}, { podFailurePolicy: { rules } })), listed(9, [evicted])));
    assert.equal(ignored.countedFailed, undefined);
    // Scaling down takes the finalizer off before it deletes.
    const surplus = pod('p', running(2), {
      finalizers: [],
      deletionTimestamp: stamp(9),
      deletionGracePeriodSeconds: 0,
    });
    const policy = job({}, { podReplacementPolicy: 'TerminatingOrFailed' });
    assert.equal(onlyPod(timelineOf(seenJob(9, policy), listed(9, [surplus]))).countedFailed, undefined);
    const deleted = pod('p', running(2), { deletionTimestamp: stamp(9), deletionGracePeriodSeconds: 0 });
    assert.equal(onlyPod(timelineOf(seenJob(9, policy), listed(9, [deleted]))).countedFailed, true);
  });

  test('indexes and attempts', () => {
    const index = (n: number, failures?: number): object => ({
      annotations: {
        'batch.kubernetes.io/job-completion-index': String(n),
        ...(failures === undefined ? {} : { 'batch.kubernetes.io/job-index-failure-count': String(failures) }),
      },
    });
    const spec = { completionMode: 'Indexed' };
    const timeline = timelineOf(
      seenJob(9, job({}, spec)),
      listed(9, [pod('b', running(2), index(1)), pod('a', ended(1, 2, 3), index(0))]),
      seenPod(13, pod('c', running(13), { ...index(0), creationTimestamp: stamp(13) })),
      seenPod(20, pod('d', running(20), { ...index(1, 4), creationTimestamp: stamp(20) })),
    );
    assert.deepEqual(
      timeline.pods.map(({ name, ordinal, index: n, attempt }) => [name, ordinal, n, attempt]),
      [
        ['a', 0, 0, 0],
        ['b', 1, 1, 0],
        ['c', 2, 0, 1],
        ['d', 3, 1, 4],
      ],
    );
  });

  test('statuses: once each, and before the first sight counted from pods', () => {
    const timeline = timelineOf(
      seenJob(10, job({ active: 1, succeeded: 1 }), false),
      listed(10, [pod('a', ended(0, 2, 4)), pod('b', running(2))]),
      seenJob(11, job({ active: 1, succeeded: 1 })),
      seenJob(12, job({ active: 0, succeeded: 2 })),
    );
    assert.deepEqual(
      timeline.statuses.map(({ t, status, inferred }) => [t, 'active' in status && status.active, inferred ?? false]),
      [
        [0, 0, true],
        [1, 2, true],
        [4, 1, true],
        [10, 1, false],
        [12, 0, false],
      ],
    );
    assert.deepEqual(timeline.gaps, []);
  });

  test('what the pods that are left do not account for is a gap', () => {
    const timeline = timelineOf(
      seenJob(100, job({ succeeded: 1, failed: 3 }), false),
      listed(100, [pod('a', ended(0, 2, 4))]),
    );
    assert.deepEqual(timeline.gaps, [{ from: 0, until: 100 }]);
  });

  test('contact lost and found', () => {
    const observations: Observation[] = [seenJob(1), { kind: 'contact', at: at(5) }, { kind: 'lost', at: at(5) }];
    const stale = timelineOf(...observations);
    assert.deepEqual([stale.staleSince, stale.until], [5, 5]);
    const back = timelineOf(...observations, { kind: 'contact', at: at(9) });
    assert.deepEqual([back.staleSince, back.until, back.gaps.length], [undefined, 9, 0]);
  });

  test('its end, and its deletion', () => {
    const condition = {
      type: 'Failed',
      status: 'True',
      reason: 'DeadlineExceeded',
      message: 'm',
      lastTransitionTime: stamp(30),
    };
    const failed = timelineOf(seenJob(30.5, job({ conditions: [condition] })));
    assert.deepEqual(failed.end, { t: 30.5, outcome: 'Failed', reason: 'DeadlineExceeded', message: 'm' });
    assert.equal(failed.explanations.at(-1)?.field, 'spec.activeDeadlineSeconds');
    const gone: Observation = { kind: 'jobGone', message: 'deleted', at: at(40), live: true };
    assert.equal(timelineOf(seenJob(1), gone).end?.outcome, 'Deleted');
    // A Job that had ended keeps its end when a TTL removes it.
    const both = timelineOf(seenJob(30.5, job({ conditions: [condition] })), gone);
    assert.equal(both.end?.outcome, 'Failed');
    assert.deepEqual(both.statuses.at(-1), { t: 40, status: { deleted: true } });
  });

  test('changes of the goal', () => {
    const timeline = timelineOf(
      seenJob(1),
      seenJob(5, job({ active: 1 })),
      seenJob(9, job({}, { parallelism: 5, suspend: true })),
    );
    assert.deepEqual(
      timeline.targets.map(({ t, parallelism, suspend }) => [t, parallelism, suspend]),
      [
        [0, 2, false],
        [9, 5, true],
      ],
    );
  });

  test('waits after failures, each with its own length', () => {
    const spec = { completions: 1, parallelism: 1 };
    const timeline = timelineOf(
      seenJob(200, job({ failed: 3 }, spec), false),
      listed(200, [
        pod('a', ended(1, 1, 2)),
        pod('b', ended(1, 12, 13), { creationTimestamp: stamp(12) }),
        pod('c', ended(1, 33, 34), { creationTimestamp: stamp(33) }),
      ]),
    );
    assert.deepEqual(timeline.waits, [
      { from: 2, until: 12, index: null, failures: 1 },
      { from: 13, until: 33, index: null, failures: 2 },
      { from: 34, until: 74, index: null, failures: 3 },
    ]);
    assert.match(
      timeline.explanations[1]?.text ?? '',
      /^The Job waits 20 s before the next pod, because of 2 failures in a row/,
    );
  });

  test('folding in one batch or one by one is the same', () => {
    const observations = [
      seenJob(0.4),
      listed(0.4, []),
      seenPod(1.2, pod('p', { phase: 'Pending' })),
      seenPod(2.5, pod('p', running(2))),
      seenJob(3, job({ active: 1 })),
      seenPod(4.5, pod('p', ended(1, 2, 4))),
    ];
    const oneByOne = observations.reduce((run, observation) => observe(run, [observation]), UNOBSERVED);
    assert.deepEqual(observedTimeline(oneByOne), timelineOf(...observations));
  });

  test('an observed run is never changed afterwards', () => {
    const run = observe(UNOBSERVED, [seenJob(0), listed(0, [])]);
    const before = JSON.stringify(observedTimeline(run));
    observe(run, [seenPod(1, pod('p', running(1))), seenJob(2, job({ active: 2 }))]);
    assert.equal(JSON.stringify(observedTimeline(run)), before);
  });
});
