import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { followLogs, logBook } from '../../client/cluster/cluster.ts';
import type { ClusterProblem, Connection, LogTarget } from '../../client/cluster/cluster.ts';
import { DEFAULT_PACE } from '../../client/cluster/pace.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { resourcePath, type Api } from './api.ts';
import { findGo } from './build.ts';
import { poll } from './control-plane.ts';
import type { Kubelet } from './kubelet.ts';
import type { Pod } from './objects.ts';
import type { TcpProxy } from './tcp-proxy.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

const missing = await findGo().then(
  () => false as const,
  (error: unknown) => (error as Error).message,
);

const namespace = 'team-a';
const PACE = { ...DEFAULT_PACE, base: 0.05, cap: 0.5 };
const PLAIN = { timestamps: false, prefixes: true };

suite('logs through a real API server', { skip: missing }, () => {
  let api: Api;
  let kubelet: Kubelet;
  let proxy: TcpProxy;
  let connectAs: TestCluster['connectAs'];
  let stop: TestCluster['stop'] = () => Promise.resolve();

  before(async () => {
    ({ api, kubelet, proxy, connectAs, stop } = await startTestCluster());
  });
  const readings: AbortController[] = [];
  after(async () => {
    for (const reading of readings) reading.abort();
    await stop();
  });

  async function run(name: string, spec: object, scenario: object, logEvery?: number): Promise<void> {
    kubelet.play({
      namespace,
      job: name,
      scenario: parseScenario(scenario).scenario,
      ...(logEvery === undefined ? {} : { logEvery }),
    });
    const containers = [{ name: 'worker', image: 'batch-worker:1.0' }];
    const template = { spec: { restartPolicy: 'Never', containers } };
    await api.create(resourcePath('jobs', namespace), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { template, ...spec },
    });
  }

  function read(connection: Connection, target: Omit<LogTarget, 'namespace'>) {
    const abort = new AbortController();
    readings.push(abort);
    const book = logBook();
    const problems: ClusterProblem[] = [];
    const ended = followLogs(
      connection,
      { namespace, ...target },
      book,
      { onChange: () => undefined, onProblem: (problem) => problems.push(problem) },
      abort.signal,
      { pace: PACE },
    );
    return {
      book,
      problems,
      ended,
      text: (view = PLAIN) => book.text(view),
      until: (what: string, pattern: RegExp) =>
        poll(what, 20, () => Promise.resolve(pattern.test(book.text(PLAIN)) || undefined)),
      async stop() {
        abort.abort();
        return ended;
      },
    };
  }

  const ends = (text: string): number => text.match(/exits with/g)?.length ?? 0;

  test('of a whole Job, interleaved with prefixes, pods that come later included', async () => {
    await run(
      'whole',
      { completions: 4, parallelism: 2, completionMode: 'Indexed' },
      { default: { startup: 0.1, run: 1 } },
    );
    const reading = read(await connectAs('team-a'), { job: 'whole' });
    await poll('the ends of four', 20, () => Promise.resolve(ends(reading.text()) === 4 || undefined));
    const text = reading.text();
    for (const index of [0, 1, 2, 3])
      assert.match(text, new RegExp(`\\[whole-${index}-\\w+\\] worker starts, index ${index},`));
    const stamps = reading.text({ ...PLAIN, timestamps: true }).match(/^\S+Z/gm) ?? [];
    assert.deepEqual(stamps, [...stamps].sort());
    assert.equal(await reading.stop(), null);
    assert.deepEqual(reading.problems, []);
  });

  test('of one index, and of one pod; what was read stays when the pod is gone', async () => {
    await run(
      'one',
      { completions: 3, parallelism: 3, completionMode: 'Indexed' },
      { default: { startup: 0.1, run: -1 } },
    );
    const connection = await connectAs('admin');
    const index = read(connection, { job: 'one', index: 1 });
    await index.until('index 1', /index 1/);
    assert.doesNotMatch(index.text(), /index [02]/);
    const { pod } = index.book.streams[0]!;
    const single = read(connection, { pod });
    await single.until('its pod', /index 1/);
    await api.delete(resourcePath('jobs', namespace, 'one'), { propagationPolicy: 'Background' });
    await index.until('the end', /exits with 143[^]*… the pod is gone/);
    await single.until('the end of the pod', /exits with 143[^]*… the pod is gone/);
    await Promise.all([index.stop(), single.stop()]);
  });

  test('of containers that are restarted: the new run follows, the former one can be had', async () => {
    const template = {
      spec: { restartPolicy: 'OnFailure', containers: [{ name: 'worker', image: 'batch-worker:1.0' }] },
    };
    await run('again', { template }, { default: { startup: 0.1, run: 0.7, restarts: 2 } });
    const connection = await connectAs('admin');
    const reading = read(connection, { job: 'again' });
    await reading.until('the last run', /restarts 2[^]*exits with 0/);
    const former = read(connection, { job: 'again', previous: true });
    await former.until('the former run', /restarts 1[^]*exits with 1/);
    assert.match(former.text(), /^\[again-\w+ before the restart\] /);
    assert.doesNotMatch(former.text(), /restarts 2/);
    await Promise.all([reading.stop(), former.stop()]);
  });

  test('through cuts and half-open connections no line is lost or told twice', async () => {
    await run('cuts', { completions: 2, parallelism: 2 }, { default: { startup: 0.1, run: 6 } }, 0.05);
    const reading = read(await connectAs('admin', true), { job: 'cuts' });
    await reading.until('some lines', /line 5/);
    const cutter = setInterval(() => proxy.cut(), 500);
    try {
      await poll('the ends', 30, () => Promise.resolve(ends(reading.text()) === 2 || undefined));
    } finally {
      clearInterval(cutter);
    }
    const { items } = await api.list<Pod>(resourcePath('pods', namespace), {
      query: { labelSelector: 'job-name=cuts' },
    });
    for (const { metadata } of items) {
      const { body } = await api.send('GET', resourcePath('pods', namespace, metadata.name, 'log'));
      const prefix = `[${metadata.name}] `;
      const own = reading
        .text()
        .split('\n')
        .filter((line) => line.startsWith(prefix))
        .map((line) => line.slice(prefix.length));
      assert.deepEqual(own, String(body).trimEnd().split('\n'));
    }
    await reading.stop();
  });

  test('who may not read logs is told so, in the place of the log', async () => {
    await run('secret', {}, { default: { startup: 0.1, run: 2 } });
    const stranger = read(await connectAs('stranger'), { job: 'secret' });
    const problem = await stranger.ended;
    assert.deepEqual(problem?.right, { verb: 'list', resource: 'jobs', namespace });
    const nothing = read(await connectAs('admin'), { job: 'no-such-job' });
    assert.match((await nothing.ended)?.message ?? '', /no Job team-a\/no-such-job/);
  });
});
