import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Connection } from '../../../client/cluster/connection.ts';
import type { ClusterProblem } from '../../../client/cluster/problem.ts';
import { watchJob } from '../../../client/cluster/watch-job.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { FakeServer, type Fault } from './fake-server.ts';
import { connectionTo, endedStatus, EVENTS, job, JOBS, pod, PODS, QUICK, stamp, until } from './objects.ts';

const CONDITION = {
  status: 'True',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};
const COMPLETE = {
  startTime: stamp(0),
  completionTime: stamp(9),
  succeeded: 1,
  conditions: [
    { type: 'SuccessCriteriaMet', lastTransitionTime: stamp(9), ...CONDITION },
    { type: 'Complete', lastTransitionTime: stamp(9), ...CONDITION },
  ],
};

function forbidden(verb: string, resource: string): Fault {
  const message = `${resource} is forbidden: User "eve" cannot ${verb} resource "${resource}" in API group "" in the namespace "team"`;
  return { kind: 'status', code: 403, body: { kind: 'Status', reason: 'Forbidden', message } };
}

suite('watching a Job', () => {
  let server: FakeServer;
  let connection: Connection;
  let abort: AbortController;

  beforeEach(async () => {
    server = await FakeServer.start();
    connection = connectionTo(server);
    abort = new AbortController();
  });
  afterEach(async () => {
    abort.abort();
    connection.close();
    await server.close();
  });

  function watch(name = 'x') {
    const timelines: Timeline[] = [];
    const problems: ClusterProblem[] = [];
    const ended = watchJob(
      connection,
      { namespace: 'team', name },
      (timeline) => timelines.push(timeline),
      (problem) => problems.push(problem),
      abort.signal,
      { pace: QUICK, throttle: 1 },
    );
    return { timelines, problems, ended, last: () => timelines.at(-1) };
  }

  test('follows it to its end, with the ends of its pods', async () => {
    server.put(JOBS, job('x', { status: { active: 1 } }));
    server.put(PODS, pod('x-1', 'x-uid'));
    server.put(PODS, pod('stranger', 'other-uid'));
    server.put(EVENTS, {
      metadata: { name: 'e', uid: 'e', creationTimestamp: stamp(1) },
      involvedObject: { kind: 'Job', uid: 'x-uid' },
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: 'Created pod: x-1',
      count: 1,
    });
    const watched = watch();
    await until(() => watched.last()?.pods.length === 1 && watched.last()?.events.length === 1, 'the first picture');
    assert.equal(watched.last()?.events[0]?.pod, 0);
    assert.equal(watched.last()?.end, null);
    // The pod's end is on another stream than the Job's: it must not be lost when the Job's comes first.
    server.fault = (request) => (request.watch && request.url.pathname === PODS ? { kind: 'silence' } : null);
    server.endWatches();
    server.put(PODS, pod('x-1', 'x-uid', endedStatus(0, 2, 8)));
    server.put(JOBS, job('x', { status: COMPLETE }));
    const end = await watched.ended;
    assert.equal(end.outcome, 'Complete');
    assert.equal(
      end.message,
      'Job team/x is complete (CompletionsReached: Reached expected number of succeeded pods).',
    );
    assert.equal(end.timeline, watched.last());
    assert.equal(end.timeline.end?.t, 9);
    assert.deepEqual(
      end.timeline.pods.map(({ name, phase, started, finished }) => ({ name, phase, started, finished })),
      [{ name: 'x-1', phase: 'Succeeded', started: 2, finished: 8 }],
    );
    await until(() => server.watching === 0, 'every connection is closed');
  });

  test('a Job that has ended already gives its history at once', async () => {
    server.put(JOBS, job('x', { status: COMPLETE }));
    server.put(PODS, pod('x-1', 'x-uid', endedStatus(0, 2, 8)));
    const end = await watch().ended;
    assert.equal(end.outcome, 'Complete');
    assert.equal(end.timeline?.pods.length, 1);
    assert.deepEqual(end.timeline.gaps, []);
    assert.deepEqual(
      end.timeline.statuses.map(({ t, inferred }) => [t, inferred ?? false]),
      [
        [0, true],
        [8, true],
        [9, false],
      ],
    );
  });

  test('no such Job', async () => {
    server.put(JOBS, job('y'));
    const end = await watch().ended;
    assert.equal(end.outcome, 'NotFound');
    assert.equal(end.message, 'There is no Job team/x in this cluster.');
    assert.equal(end.timeline, null);
  });

  test('deleted while watched', async () => {
    server.put(JOBS, job('x'));
    server.put(PODS, pod('x-1', 'x-uid'));
    const watched = watch();
    await until(() => watched.last()?.pods.length === 1, 'the first picture');
    server.remove(JOBS, 'x-uid');
    const end = await watched.ended;
    assert.equal(end.outcome, 'Deleted');
    assert.equal(end.message, 'Job team/x was deleted while it was watched.');
    assert.equal(end.timeline?.end?.outcome, 'Deleted');
    assert.deepEqual(end.timeline.statuses.at(-1)?.status, { deleted: true });
  });

  test('deleted and made again while nobody could look: another Job', async () => {
    server.put(JOBS, job('x'));
    const watched = watch();
    await until(() => watched.last() !== undefined, 'the first picture');
    server.fault = () => ({ kind: 'cut' });
    server.cut();
    await until(() => watched.problems.length > 0, 'the cut was noticed');
    server.remove(JOBS, 'x-uid');
    server.put(JOBS, job('x', { uid: 'second' }));
    server.compact();
    server.fault = () => null;
    const end = await watched.ended;
    assert.equal(end.outcome, 'Deleted');
    assert.equal(end.recreated, 'second');
    assert.match(end.message, /Another Job has the same name now/);
  });

  test('deleted and made again at once: another Job', async () => {
    server.put(JOBS, job('x'));
    const watched = watch();
    await until(() => watched.last() !== undefined, 'the first picture');
    server.remove(JOBS, 'x-uid');
    server.put(JOBS, job('x', { uid: 'second' }));
    assert.equal((await watched.ended).recreated, 'second');
  });

  test('says since when it is stale, and marks the hole that a list left', async () => {
    server.put(JOBS, job('x'));
    server.put(PODS, pod('x-1', 'x-uid', { phase: 'Running' }));
    const watched = watch();
    await until(() => watched.last()?.pods.length === 1, 'the first picture');
    server.fault = () => ({ kind: 'cut' });
    server.cut();
    await until(() => watched.last()?.staleSince !== undefined, 'staleness');
    server.remove(PODS, 'x-1-uid');
    server.put(PODS, pod('x-2', 'x-uid', { phase: 'Running' }));
    server.compact();
    server.fault = () => null;
    await until(() => watched.last()?.pods.length === 2 && watched.last()?.staleSince === undefined, 'contact');
    const [first, second] = watched.last()!.pods;
    assert.deepEqual(first?.inferred, ['removed']);
    assert.equal(second?.removed, null);
  });

  test('a pod that the Job released is gone for it', async () => {
    server.put(JOBS, job('x'));
    server.put(PODS, pod('x-1', 'x-uid', { phase: 'Running' }));
    const watched = watch();
    await until(() => watched.last()?.pods.length === 1, 'the first picture');
    const released = pod('x-1', 'x-uid', { phase: 'Running' });
    server.put(PODS, { ...released, metadata: { ...released.metadata, ownerReferences: [] } });
    await until(() => watched.last()?.pods[0]?.removed !== null, 'the release');
  });

  test('who may only get the Job sees it, without pods, and is told which rights are missing', async () => {
    server.put(JOBS, job('x', { status: { active: 1 } }));
    server.fault = ({ url, watch: isWatch }) =>
      url.pathname === PODS
        ? forbidden('list', 'pods')
        : url.pathname === EVENTS
          ? forbidden('list', 'events')
          : url.pathname === JOBS
            ? forbidden(isWatch ? 'watch' : 'list', 'jobs')
            : null;
    const watched = watch();
    await until(() => watched.last()?.statuses.length === 1 && watched.problems.length >= 2, 'the first picture');
    server.put(JOBS, job('x', { status: COMPLETE }));
    const end = await watched.ended;
    assert.equal(end.outcome, 'Complete');
    const missing = new Set(watched.problems.map(({ right }) => `${right?.verb ?? ''} ${right?.resource ?? ''}`));
    assert.deepEqual([...missing].sort(), ['list pods', 'watch jobs']);
  });

  test('who may not see Jobs at all gets one clear problem', async () => {
    server.fault = () => forbidden('list', 'jobs');
    const end = await watch().ended;
    assert.equal(end.outcome, 'Problem');
    assert.equal(end.message, 'You may not list jobs in the namespace "team".');
  });

  test('nothing is handed out after the signal aborted', async () => {
    server.put(JOBS, job('x'));
    const watched = watch();
    await until(() => watched.last() !== undefined, 'the first picture');
    abort.abort();
    const count = watched.timelines.length;
    server.put(JOBS, job('x', { status: COMPLETE }));
    assert.equal((await watched.ended).outcome, 'Stopped');
    assert.equal(watched.timelines.length, count);
    await until(() => server.watching === 0, 'every connection is closed');
  });

  test('5,000 pods with 200 changes at once: few timelines, no pod lost', async () => {
    server.put(JOBS, job('x', { spec: { parallelism: 5000, completions: 5000 } }));
    for (let at = 0; at < 5000; at++) server.put(PODS, pod(`x-${at}`, 'x-uid', { phase: 'Running' }));
    const watched = watch();
    await until(() => watched.last()?.pods.length === 5000, 'the first picture');
    const before = watched.timelines.length;
    for (let at = 0; at < 200; at++) server.put(PODS, pod(`x-${at}`, 'x-uid', endedStatus(0, 1, 2)));
    await until(() => watched.last()?.pods.filter(({ phase }) => phase === 'Succeeded').length === 200, 'the changes');
    assert.ok(watched.timelines.length - before < 100, `${watched.timelines.length - before} timelines`);
  });
});
