import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { after, before, suite, test } from 'node:test';
import { contexts, listJobs, listNamespaces, watchJob } from '../../client/cluster/cluster.ts';
import type { ClusterProblem, Connection, Kubeconfig, WatchEnd } from '../../client/cluster/cluster.ts';
import type { Command } from '../../client/cli/io.ts';
import { run as wait } from '../../client/cli/wait.ts';
import { run as why } from '../../client/cli/why.ts';
import { DEFAULT_PACE } from '../../client/cluster/pace.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { observedTimeline } from '../../server/core/timeline/observed-timeline.ts';
import { observe, UNOBSERVED } from '../../server/core/timeline/observed.ts';
import { readJob, readPod } from '../../server/core/timeline/observed-shapes.ts';
import type { PodRun, Timeline } from '../../server/core/timeline/timeline.ts';
import { resourcePath, type Api } from './api.ts';
import { findGo } from './build.ts';
import { poll, type ControlPlane } from './control-plane.ts';
import type { Kubelet } from './kubelet.ts';
import type { Job, Pod } from './objects.ts';
import type { TcpProxy } from './tcp-proxy.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

const missing = await findGo().then(
  () => false as const,
  (error: unknown) => (error as Error).message,
);

const NAMESPACE = 'team-a';
/** A watch that waits for little, so that faults are found within a test's time. */
const PACE = { ...DEFAULT_PACE, base: 0.05, cap: 0.5, poll: 0.2 };

function manifest(name: string, spec: object): object {
  const containers = [{ name: 'worker', image: 'batch-worker:1.0' }];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers } } },
  };
}

suite('watching a Job on a real control plane', { skip: missing }, () => {
  let cluster: ControlPlane;
  let api: Api;
  let kubelet: Kubelet;
  let proxy: TcpProxy;
  let kubeconfig: Kubeconfig;
  let connectAs: TestCluster['connectAs'];
  let stop: TestCluster['stop'] = () => Promise.resolve();

  before(async () => {
    ({ cluster, api, kubelet, proxy, kubeconfig, connectAs, stop } = await startTestCluster());
  });
  after(() => stop());

  function watch(connection: Connection, name: string, pace = PACE) {
    const abort = new AbortController();
    const timelines: Timeline[] = [];
    const problems: ClusterProblem[] = [];
    const ended = watchJob(
      connection,
      { namespace: NAMESPACE, name },
      (timeline) => timelines.push(timeline),
      (problem) => problems.push(problem),
      abort.signal,
      { pace },
    );
    return { timelines, problems, ended, last: () => timelines.at(-1), stop: () => abort.abort() };
  }

  function play(name: string, scenario: object) {
    return kubelet.play({ namespace: NAMESPACE, job: name, scenario: parseScenario(scenario).scenario });
  }
  const create = (name: string, spec: object): Promise<unknown> =>
    api.create(resourcePath('jobs', NAMESPACE), manifest(name, spec));

  /** What a list says now, as a timeline of its own. */
  async function freshTimeline(name: string): Promise<Timeline> {
    const job = readJob(await api.get<Job>(resourcePath('jobs', NAMESPACE, name)));
    assert.ok(job);
    const { items } = await api.list<Pod>(resourcePath('pods', NAMESPACE), {
      query: { labelSelector: `batch.kubernetes.io/controller-uid=${job.metadata.uid}` },
    });
    const at = Date.now();
    const pods = items.flatMap((pod) => readPod(pod) ?? []);
    const run = observe(UNOBSERVED, [
      { kind: 'job', job, at, live: false },
      { kind: 'pods', pods, at, since: null },
    ]);
    return observedTimeline(run)!;
  }

  /** What must agree of a pod, whoever saw it and when: stamps are whole seconds. */
  const essence = ({
    name,
    index,
    phase,
    exitCode,
    created,
    started,
    finished,
    removed,
    restarts,
  }: PodRun): object => ({
    name,
    index,
    phase,
    exitCode,
    restarts,
    created: Math.floor(created),
    started: started === null ? null : Math.floor(started),
    finished: finished === null ? null : Math.floor(finished),
    gone: removed !== null,
  });
  const sortedByName = (pods: readonly PodRun[]): PodRun[] => [...pods].sort((a, b) => (a.name < b.name ? -1 : 1));

  /** The watched timeline equals that of a fresh list: no pod lost, none counted twice. */
  async function agreesWithFreshList(end: WatchEnd, name: string): Promise<void> {
    assert.ok(end.timeline);
    const fresh = await freshTimeline(name);
    const present = sortedByName(end.timeline.pods.filter(({ removed }) => removed === null));
    assert.deepEqual(present.map(essence), sortedByName(fresh.pods).map(essence));
    assert.deepEqual(end.timeline.statuses.at(-1)?.status, fresh.statuses.at(-1)?.status);
    assert.deepEqual({ ...end.timeline.end, t: 0 }, { ...fresh.end, t: 0 });
    assert.equal(new Set(end.timeline.pods.map(({ ordinal }) => ordinal)).size, end.timeline.pods.length);
    assert.equal(end.timeline.staleSince, undefined);
  }

  test('contexts, namespaces and Jobs to choose from', async () => {
    const names = contexts(kubeconfig).map(({ name }) => name);
    assert.equal(names[0], 'admin');
    assert.ok(names.includes('admin-certificate'));
    const certified = await connectAs('admin-certificate');
    const namespaces = await listNamespaces(certified);
    assert.ok(namespaces.ok && namespaces.value.includes(NAMESPACE));
    await create('to-choose', { suspend: true });
    const jobs = await listJobs(certified, NAMESPACE);
    assert.ok(jobs.ok);
    const found = jobs.value.jobs.find(({ name }) => name === 'to-choose');
    assert.equal(found?.completions, 1);
    const refused = await listNamespaces(await connectAs('team-a'));
    assert.deepEqual(!refused.ok && refused.problem.right, { verb: 'list', resource: 'namespaces' });
  });

  test('ten completions, three at a time, to Complete', async () => {
    const watching = await connectAs(null);
    play('ten', { default: { startup: 0.1, run: 1 } });
    await create('ten', { completions: 10, parallelism: 3 });
    const watched = watch(watching, 'ten');
    const end = await watched.ended;
    assert.equal(end.outcome, 'Complete');
    await agreesWithFreshList(end, 'ten');
    const timeline = end.timeline!;
    assert.equal(timeline.pods.length, 10);
    assert.ok(timeline.pods.every(({ phase, finished }) => phase === 'Succeeded' && finished !== null));
    assert.equal(timeline.end?.reason, 'CompletionsReached');
    const most = Math.max(...timeline.statuses.map(({ status }) => ('active' in status ? status.active : 0)));
    assert.equal(most, 3);
    assert.ok(timeline.events.some(({ reason, pod }) => reason === 'SuccessfulCreate' && pod !== undefined));
    assert.deepEqual(timeline.gaps, []);
    assert.deepEqual(watched.problems, []);
  });

  test('failures, retries and the wait between them', async () => {
    const watching = await connectAs(null);
    play('retries', { default: { startup: 0.1, run: 0.2, exitCode: 7 } });
    await create('retries', { backoffLimit: 1 });
    const end = await watch(watching, 'retries').ended;
    assert.equal(end.outcome, 'Failed');
    await agreesWithFreshList(end, 'retries');
    const { pods, waits, end: verdict } = end.timeline!;
    assert.deepEqual(
      pods.map(({ exitCode, reason, countedFailed, attempt }) => ({ exitCode, reason, countedFailed, attempt })),
      [0, 1].map((attempt) => ({ exitCode: 7, reason: 'Error', countedFailed: true, attempt })),
    );
    assert.equal(verdict?.reason, 'BackoffLimitExceeded');
    assert.equal(waits.length, 1);
    assert.ok(waits[0]!.failures === 1 && Math.abs(waits[0]!.until - waits[0]!.from - 10) < 1.6);
  });

  test('connections cut again and again', async () => {
    const watching = await connectAs(null, true);
    play('cut', { default: { startup: 0.1, run: 0.6 } });
    await create('cut', { completions: 8, parallelism: 2 });
    const watched = watch(watching, 'cut');
    const cutter = setInterval(() => proxy.cut(), 400);
    const end = await watched.ended.finally(() => clearInterval(cutter));
    assert.equal(end.outcome, 'Complete');
    assert.ok(watched.problems.length > 0);
    await agreesWithFreshList(end, 'cut');
  });

  test('a half-open connection', async () => {
    const watching = await connectAs(null, true);
    play('frozen', { default: { startup: 0.1, run: 1.5 } });
    await create('frozen', { completions: 4, parallelism: 2 });
    const watched = watch(watching, 'frozen', { ...PACE, idle: 2 });
    await poll('two pods run', 10, () =>
      Promise.resolve(watched.last()?.pods.filter(({ phase }) => phase === 'Running').length === 2 || undefined),
    );
    proxy.freeze();
    const end = await watched.ended;
    assert.equal(end.outcome, 'Complete');
    assert.ok(watched.problems.some(({ reason }) => reason === 'Silent'));
    await agreesWithFreshList(end, 'frozen');
  });

  test('the way to the cluster is closed for a while: stale, then current again', async () => {
    const watching = await connectAs(null, true);
    play('closed', { default: { startup: 0.1, run: 1 } });
    await create('closed', { completions: 6, parallelism: 2 });
    const watched = watch(watching, 'closed');
    await poll('two pods', 10, () => Promise.resolve(watched.last()?.pods.length === 2 || undefined));
    proxy.open = false;
    proxy.cut();
    await poll('staleness', 10, () => Promise.resolve(watched.last()?.staleSince));
    await poll('pods that nobody saw', 20, async () => {
      const { items } = await api.list<Pod>(resourcePath('pods', NAMESPACE), {
        query: { labelSelector: 'job-name=closed' },
      });
      return items.length >= 4 || undefined;
    });
    proxy.open = true;
    const end = await watched.ended;
    assert.equal(end.outcome, 'Complete');
    await agreesWithFreshList(end, 'closed');
  });

  test('the API server is killed and started again', async () => {
    const watching = await connectAs(null);
    const played = play('restart', { default: { startup: 0.1, run: 2 } });
    await create('restart', { completions: 6, parallelism: 2 });
    const watched = watch(watching, 'restart');
    await poll('two pods', 10, () => Promise.resolve(watched.last()?.pods.length === 2 || undefined));
    await cluster.restartApiServer();
    const end = await watched.ended;
    assert.equal(end.outcome, 'Complete');
    assert.ok(watched.problems.length > 0);
    assert.ok(played.pods.length >= 6);
    await agreesWithFreshList(end, 'restart');
  });

  test('a resource version from before the server’s memory', async () => {
    // The first resource versions of this cluster are long out of the watch cache of a server that just started.
    const watching = await connectAs('admin-certificate');
    const path = `${resourcePath('pods', NAMESPACE)}?watch=true&resourceVersion=1`;
    await cluster.restartApiServer();
    const answer = await watching.transport.request('GET', path, { stream: true });
    let said = answer.ok ? '' : answer.problem.kind;
    if (answer.ok)
      for await (const chunk of answer.value.stream as Readable) if ((said += String(chunk)).includes('\n')) break;
    assert.match(said, /^expired$|"code":410/);
  });

  test('what was missed has expired: a list takes its place, and the hole is marked', async () => {
    const watching = await connectAs(null, true);
    play('expired', { default: { startup: 0.1, run: 1.5 } });
    await create('expired', { completions: 8, parallelism: 2 });
    const watched = watch(watching, 'expired');
    await poll('two pods', 10, () => Promise.resolve(watched.last()?.pods.length === 2 || undefined));
    proxy.open = false;
    proxy.cut();
    // A server that just started has no memory of what was before, so something has to be before.
    await api.create(resourcePath('configmaps', NAMESPACE), { metadata: { name: 'something-new' } });
    await cluster.restartApiServer();
    await poll('pods that nobody saw', 20, async () => {
      const pods = await api.list<Pod>(resourcePath('pods', NAMESPACE), {
        query: { labelSelector: 'job-name=expired' },
      });
      return pods.items.length >= 4 || undefined;
    });
    proxy.open = true;
    const end = await watched.ended;
    assert.equal(end.outcome, 'Complete');
    await agreesWithFreshList(end, 'expired');
    assert.equal(end.timeline?.gaps.length, 1);
    const [gap] = end.timeline.gaps;
    assert.ok(gap!.until - gap!.from > 1);
  });

  test('50 seeded faults while 40 pods come and go', async () => {
    const watching = await connectAs(null, true);
    play('faults', { default: { startup: 0.1, run: 1.2 } });
    await create('faults', { completions: 40, parallelism: 4 });
    const watched = watch(watching, 'faults', { ...PACE, idle: 1 });
    await poll('the first picture', 10, () => Promise.resolve(watched.last()));
    let seed = 20260101;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    let faults = 0;
    const timer = setInterval(() => {
      const deed = random(3);
      if (deed === 0) proxy.cut();
      else if (deed === 1) proxy.freeze();
      else proxy.open = !proxy.open;
      if (++faults === 50) {
        clearInterval(timer);
        proxy.open = true;
      }
    }, 250);
    const end = await watched.ended.finally(() => clearInterval(timer));
    proxy.open = true;
    assert.equal(end.outcome, 'Complete');
    assert.ok(faults >= 40, `${faults} faults`);
    await agreesWithFreshList(end, 'faults');
    assert.equal(end.timeline?.pods.length, 40);
  });

  test('deleted while watched', async () => {
    const watching = await connectAs(null);
    play('doomed', { default: { startup: 0.1, run: -1 } });
    await create('doomed', { parallelism: 2, completions: 2 });
    const watched = watch(watching, 'doomed');
    await poll('two pods run', 10, () =>
      Promise.resolve(watched.last()?.pods.filter(({ phase }) => phase === 'Running').length === 2 || undefined),
    );
    await api.delete(resourcePath('jobs', NAMESPACE, 'doomed'), { propagationPolicy: 'Background' });
    const end = await watched.ended;
    assert.equal(end.outcome, 'Deleted');
    assert.match(end.message, /was deleted while it was watched/);
    assert.equal(end.timeline?.end?.outcome, 'Deleted');
  });

  test('deleted and made again under the same name', async () => {
    const watching = await connectAs(null, true);
    await create('again', { suspend: true });
    const watched = watch(watching, 'again');
    await poll('the first picture', 10, () => Promise.resolve(watched.last()));
    proxy.open = false;
    proxy.cut();
    await api.delete(resourcePath('jobs', NAMESPACE, 'again'), { propagationPolicy: 'Background' });
    const again = await api.create(resourcePath('jobs', NAMESPACE), manifest('again', { suspend: true }));
    proxy.open = true;
    const end = await watched.ended;
    assert.equal(end.outcome, 'Deleted');
    assert.equal(end.recreated, again.metadata.uid);
  });

  test('a user of one namespace, one who may only get Jobs, and one who may nothing', async () => {
    play('shared', { default: { startup: 0.1, run: 1 } });
    await create('shared', { completions: 2, parallelism: 1 });
    const [own, get, none] = await Promise.all(
      ['team-a', 'job-reader', 'stranger'].map(async (user) => watch(await connectAs(user), 'shared')),
    );
    const refused = await none!.ended;
    assert.equal(refused.outcome, 'Problem');
    assert.deepEqual(refused.problem?.right, { verb: 'list', resource: 'jobs', namespace: NAMESPACE });
    const full = await own!.ended;
    assert.equal(full.outcome, 'Complete');
    assert.deepEqual(own!.problems, []);
    await agreesWithFreshList(full, 'shared');
    const limited = await get!.ended;
    assert.equal(limited.outcome, 'Complete');
    assert.deepEqual(limited.timeline?.pods, []);
    const rights = new Set(get!.problems.map(({ right }) => `${right?.verb ?? ''} ${right?.resource ?? ''}`));
    assert.deepEqual([...rights].sort(), ['list pods', 'watch jobs']);
  });

  test('the command line: why and wait', async () => {
    const ran = async (command: Command, ...args: string[]): Promise<{ status: number; out: string }> => {
      let out = '';
      const io = {
        write: (text: string) => Promise.resolve(void (out += text)),
        complain: (text: string) => Promise.resolve(void (out += text)),
        read: () => Promise.resolve(new Uint8Array()),
        terminal: false,
      };
      const status = await command([...args, '--kubeconfig', cluster.kubeconfigPath, '--namespace', NAMESPACE], io);
      return { status, out };
    };
    await create('held', { suspend: true });
    const held = await ran(why, 'job/held', '--context', 'team-a');
    assert.match(held.out, /The Job is suspended[^]*spec\.suspend belongs to/);
    play('quick', { default: { startup: 0.1, run: 0.5, exitCode: 3 } });
    await create('quick', { backoffLimit: 0 });
    const failed = await ran(wait, 'job/quick', '--timeout', '60s');
    assert.equal(failed.status, 1);
    assert.match(
      failed.out,
      /failed \(BackoffLimitExceeded: Job has reached the specified backoff limit\)[^]*exit code 3/,
    );
    const explained = await ran(why, 'job/quick');
    assert.match(explained.out, /1 pod has failed and backoffLimit allows 0/);
    for (const token of Object.values(cluster.tokens))
      assert.ok(!`${held.out}${failed.out}${explained.out}`.includes(token));
  });
});
