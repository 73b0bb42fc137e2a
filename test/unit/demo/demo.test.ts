import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  demoCluster,
  DEMO_CONTEXT,
  DEMO_JOB,
  DEMO_SCENARIO,
  followLogs,
  gatherIncident,
  logBook,
  watchJob,
} from '../../../client/demo/demo.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../../server/core/simulation/simulate.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { until } from '../cluster/objects.ts';

/** The whole demo in about a second. */
const FAST = 150;

suite('the demo', () => {
  const expected = simulateJob(DEMO_JOB, parseScenario(DEMO_SCENARIO).scenario, { seed: 7, until: 86400 });

  test('is watched as a Job of a cluster is, and ends as the simulator says', async () => {
    const demo = demoCluster(DEMO_JOB, DEMO_SCENARIO);
    demo.speed = FAST;
    const connection = demo.connect();
    assert.equal(connection.context, DEMO_CONTEXT);
    const pictures: Timeline[] = [];
    const problems: string[] = [];
    const end = await watchJob(
      connection,
      demo.job,
      (timeline) => pictures.push(timeline),
      (problem) => problems.push(problem.message),
      new AbortController().signal,
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(end.timeline?.gaps, [], 'nothing was missed');
    assert.ok(end.timeline);
    assert.equal(end.outcome, expected.end?.outcome);
    assert.equal(end.timeline.end?.reason, expected.end?.reason);
    assert.ok(pictures.length > 2, 'it is drawn while it goes on');
    const ends = (timeline: Timeline): string[] =>
      timeline.pods.map(({ index, attempt, phase, exitCode }) => `${index}/${attempt} ${phase} ${exitCode}`).sort();
    assert.deepEqual(ends(end.timeline), ends(expected));
    for (const { created, started, finished } of end.timeline.pods)
      assert.ok(started === null || (created <= started + 1 && (finished === null || started <= finished)));
  });

  test('shows failures of several kinds, so that there is something to see', () => {
    const reasons = new Set(expected.pods.map(({ reason }) => reason));
    for (const reason of ['Error', 'OOMKilled', 'DisruptionTarget']) assert.ok(reasons.has(reason), reason);
    assert.ok(expected.end!.t > 30 && expected.end!.t < 240, String(expected.end!.t));
  });

  test('has logs that are followed, and a report', async () => {
    const demo = demoCluster(DEMO_JOB, DEMO_SCENARIO);
    demo.speed = FAST;
    const stop = new AbortController();
    const book = logBook();
    const listeners = { onChange: () => undefined, onProblem: () => undefined };
    const target = { namespace: demo.job.namespace, job: demo.job.name };
    const following = followLogs(demo.connect(), target, book, listeners, stop.signal);
    await until(() => book.text({ timestamps: false, prefixes: true }).includes('exit code 42'), 'the failing index');
    stop.abort();
    await following;
    const incident = await gatherIncident(demo.connect(), demo.job, null, [], new AbortController().signal);
    assert.ok(incident.ok);
    assert.match(incident.value.markdown, /# Job demo\/resize-photos[^]*photos done/);
  });

  test('plays any other Job, and its pace can be changed while it plays', async () => {
    const demo = demoCluster(
      { metadata: { name: 'mine' }, spec: { template: DEMO_JOB.spec!.template! } },
      { default: { run: 3600 } },
    );
    const ended = watchJob(
      demo.connect(),
      demo.job,
      () => (demo.speed = 100_000),
      () => undefined,
      new AbortController().signal,
    );
    assert.equal((await ended).outcome, 'Complete');
  });
});
