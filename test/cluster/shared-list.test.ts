// What it costs to look at one namespace from several places: requests are counted where they pass, at the fault proxy.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { clusterJobs, connect, contexts, listingOf, listNamespaces, watchJob } from '../../client/cluster/cluster.ts';
import type { Connection, JobSnapshot, SharedCollection } from '../../client/cluster/cluster.ts';
import { DEFAULT_PACE } from '../../client/cluster/pace.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import { Tree } from '../unit/jobs-view/tree.ts';
import { resourcePath } from './api.ts';
import { findGo } from './build.ts';
import { poll } from './control-plane.ts';
import { startFaultProxy, throughFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

const missing = await findGo().then(
  () => false as const,
  (error: unknown) => (error as Error).message,
);

const TEAM = 'team-a';
const PACE = { ...DEFAULT_PACE, base: 0.05, cap: 0.4, poll: 0.2 };
const JOBS_PATH = `/apis/batch/v1/namespaces/${TEAM}/jobs`;

suite('one list of Jobs for all who look at a namespace', { skip: missing }, () => {
  let testing: TestCluster;
  let proxy: FaultProxy;
  const connections: Connection[] = [];
  const watches: AbortController[] = [];
  let tree: Tree | undefined;

  before(async () => {
    testing = await startTestCluster();
    proxy = await startFaultProxy(testing.cluster.access);
  });
  after(async () => {
    tree?.model.dispose();
    for (const abort of watches) abort.abort();
    for (const connection of connections) connection.close();
    await proxy.close();
    await testing.stop();
  });

  async function connectAs(user: string): Promise<Connection> {
    const connected = await connect(throughFaultProxy(testing.kubeconfig, proxy), user, { allowExec: false });
    assert.ok(connected.ok);
    connections.push(connected.value);
    return connected.value;
  }

  /** A view with the namespace open; and its own way to let go, as a disconnected context does. */
  async function openView(): Promise<Tree> {
    const connection = await connectAs('admin');
    const jobs = clusterJobs(connection, PACE);
    const listed = contexts(testing.kubeconfig).filter(({ name }) => name === 'admin');
    const value = {
      namespace: TEAM,
      jobs,
      listNamespaces: () => listNamespaces(connection),
      explain: () => Promise.resolve([]),
      close() {
        jobs.close();
        connection.close();
      },
    };
    const view = new Tree(() => Promise.resolve({ ok: true, value }), { ok: true, value: listed });
    view.patience = 30_000;
    tree = view;
    const [context] = await view.open();
    await view.open(context);
    await view.open(await view.find(TEAM, 'namespace'));
    return view;
  }

  async function panel(user: string, name: string, jobs?: SharedCollection<ObservedJob>) {
    const abort = new AbortController();
    watches.push(abort);
    const seen: { snapshot: JobSnapshot | null } = { snapshot: null };
    const ended = watchJob(
      await connectAs(user),
      { namespace: TEAM, name },
      (_timeline, snapshot) => (seen.snapshot = snapshot),
      () => undefined,
      abort.signal,
      { pace: PACE, jobs },
    );
    return { seen, ended, stop: () => abort.abort() };
  }
  const until = (what: string, holds: () => boolean): Promise<true> =>
    poll(what, 30, () => Promise.resolve(holds() || undefined));

  async function create(name: string, run: number): Promise<void> {
    testing.kubelet.play({
      namespace: TEAM,
      job: name,
      scenario: parseScenario({ default: { startup: 0.1, run } }).scenario,
    });
    await testing.api.create(resourcePath('jobs', TEAM), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: {
        completions: 2,
        parallelism: 1,
        template: {
          metadata: { annotations: { kept: 'yes' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'batch-worker:1.0' }] },
        },
      },
    });
  }
  const asked = (path: string): URL[] => proxy.requests.filter(({ pathname }) => pathname === path);
  const lists = (urls: readonly URL[]): number =>
    urls.filter(({ searchParams }) => searchParams.get('watch') !== 'true').length;

  test('view, picker and two panels ask for one list and one watch; nobody asks when nobody looks', async () => {
    await create('long', 600);
    await create('short', 1);
    proxy.requests.length = 0;
    const view = await openView();
    await view.shows(/^ {4}long: Running/);
    const shared = view.model.sharedJobs('admin', TEAM);
    assert.ok(shared);
    const picker = listingOf([...shared.objects.values()]);
    assert.deepEqual(picker.jobs.map(({ name }) => name).sort(), ['long', 'short']);
    const long = await panel('admin', 'long', shared);
    const short = await panel('admin', 'short', shared);
    assert.equal((await short.ended).outcome, 'Complete');
    await until('the panel of the other has its pod', () => long.seen.snapshot?.pods.length === 1);
    assert.equal(long.seen.snapshot?.job.spec?.template?.spec?.containers?.[0]?.image, 'batch-worker:1.0');
    const jobs = asked(JOBS_PATH);
    assert.deepEqual([lists(jobs), jobs.length], [1, 2]);
    const pods = asked(`/api/v1/namespaces/${TEAM}/pods`);
    assert.ok(pods.length > 0);
    for (const { searchParams } of pods)
      assert.match(searchParams.get('labelSelector') ?? '', /^batch\.kubernetes\.io\/controller-uid=/);

    // Hidden, the view asks for nothing, and the panel goes on with the list that stands.
    view.model.visible = false;
    await testing.api.patch(resourcePath('jobs', TEAM, 'long'), { spec: { suspend: true } });
    await until('the panel sees what changed', () => long.seen.snapshot?.job.spec?.suspend === true);
    assert.equal(asked(JOBS_PATH).length, 2);
    long.stop();
    await long.ended;
    await until('no stream is left', () => proxy.streams === 0);
    const before = proxy.requests.length;
    await testing.api.patch(resourcePath('jobs', TEAM, 'long'), { metadata: { labels: { seen: 'by-nobody' } } });
    await create('later', 1);
    await poll('a Job comes and goes unseen', 30, async () => {
      const { status } = await testing.api.get<{ status?: { succeeded?: number } }>(
        resourcePath('jobs', TEAM, 'later'),
      );
      return status?.succeeded === 2 || undefined;
    });
    assert.equal(proxy.requests.length, before);
  });

  test('after a cut, and after the view has let go, the panel is current; a changed spec is asked for', async () => {
    await create('held', 600);
    const view = await openView();
    await view.shows(/^ {4}held: Running/);
    const shared = view.model.sharedJobs('admin', TEAM);
    assert.ok(shared);
    const held = await panel('admin', 'held', shared);
    await until('the panel has the Job', () => held.seen.snapshot !== null);
    const change = async (labels: object): Promise<void> => {
      await testing.api.patch(resourcePath('jobs', TEAM, 'held'), { metadata: { labels } });
    };
    const labelled = (value: string): boolean => held.seen.snapshot?.job.metadata.labels?.['turn'] === value;
    proxy.commit('cut', 1);
    await change({ turn: 'cut' });
    await until('it is current after the cut', () => labelled('cut'));
    const jobs = resourcePath('jobs', TEAM, 'held');
    await testing.api.patch(jobs, { spec: { suspend: true } });
    await poll('no pod of it runs', 30, async () => {
      const { status } = await testing.api.get<{ status?: { startTime?: string } }>(jobs);
      return status?.startTime === undefined || undefined;
    });
    // Of a suspended Job the template's annotations may change, which no list tells.
    await testing.api.patch(jobs, { spec: { template: { metadata: { annotations: { kept: 'changed' } } } } });
    await until(
      'the template is the new one',
      () => held.seen.snapshot?.job.spec?.template?.metadata?.annotations?.['kept'] === 'changed',
    );
    view.model.disconnect({ context: 'admin' });
    await change({ turn: 'alone' });
    await until('it is current without the view', () => labelled('alone'));
    assert.ok(asked(JOBS_PATH).some(({ searchParams }) => searchParams.get('fieldSelector') === 'metadata.name=held'));
    await testing.api.delete(jobs, { propagationPolicy: 'Background' });
    assert.equal((await held.ended).outcome, 'Deleted');
  });

  test('who may only get Jobs watches theirs without a list', async () => {
    await create('by-name', 600);
    const alone = await panel('job-reader', 'by-name');
    await until('the panel has the Job', () => alone.seen.snapshot !== null);
    alone.stop();
    await alone.ended;
  });
});
