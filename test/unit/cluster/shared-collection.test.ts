import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Transport } from '../../../client/cluster/client.ts';
import { clusterJobs, type ClusterJobs } from '../../../client/cluster/cluster-jobs.ts';
import { readJob, type ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { FakeServer } from './fake-server.ts';
import { EVENTS, job, JOBS, pod, PODS, QUICK, transportTo, until } from './objects.ts';

const CRON_JOBS = '/apis/batch/v1/namespaces/team/cronjobs';
const FORBIDDEN = {
  kind: 'Status',
  code: 403,
  reason: 'Forbidden',
  message: 'jobs.batch is forbidden: User "x" cannot list resource "jobs" in API group "batch" in the namespace "team"',
};

suite('Jobs of a namespace, shared by all who look', () => {
  let server: FakeServer;
  let transport: Transport;
  let cluster: ClusterJobs;
  const looks: (() => void)[] = [];

  beforeEach(async () => {
    server = await FakeServer.start();
    transport = transportTo(server);
    cluster = clusterJobs({ transport }, QUICK);
    for (const path of [JOBS, CRON_JOBS, PODS, EVENTS]) {
      server.put(path, job('first'));
      server.remove(path, 'first-uid');
    }
  });
  afterEach(async () => {
    for (const away of looks.splice(0)) away();
    transport.close();
    await server.close();
  });
  const names = (): string[] =>
    cluster
      .namespace('team')
      .allJobs()
      .map(({ metadata }) => metadata.name)
      .sort();
  const look = (listener: (uid: string | null) => void = () => undefined): (() => void) => {
    const away = cluster.namespace('team').look(listener);
    looks.push(away);
    return away;
  };

  test('no request before somebody looks; two who look share one watch; none is left when both looked away', async () => {
    server.put(JOBS, job('a'));
    cluster.namespace('team');
    const asked = (): number => server.requests.length;
    assert.equal(asked(), 0);
    const [first, second] = [look(), look()];
    await until(() => server.watching === 2, 'Jobs and CronJobs are watched');
    assert.equal(server.requests.filter(({ url }) => url.pathname === JOBS).length, 2);
    first();
    first();
    server.put(JOBS, job('b'));
    await until(() => names().length === 2, 'the other still hears');
    second();
    await until(() => server.watching === 0, 'nobody watches');
    server.put(JOBS, job('c'));
    assert.deepEqual(names(), ['a', 'b']);
    assert.equal(cluster.namespace('team').jobs.state.kind, 'idle');
    look();
    await until(() => names().length === 3, 'what was missed');
  });

  test('a listener hears which Job changed', async () => {
    server.put(JOBS, job('a'));
    const heard: (string | null)[] = [];
    look((uid) => heard.push(uid));
    await until(() => server.watching === 2, 'the watch');
    server.put(JOBS, job('a', { status: { succeeded: 1 } }));
    await until(() => heard.includes('a-uid'), 'the change');
  });

  test('the first page of a long list is there before the last one', async () => {
    for (let at = 0; at < 1_200; at++) server.put(JOBS, job(`j-${at}`));
    const sizes = new Set<number>();
    look(() => sizes.add(names().length));
    await until(() => names().length === 1_200, 'all');
    assert.deepEqual([...sizes].sort((a, b) => a - b).slice(0, 3), [0, 500, 1_000]);
  });

  test('where watching is forbidden, it asks again and again, and says so', async () => {
    server.fault = ({ watch }) => (watch ? { kind: 'status', code: 403, body: FORBIDDEN } : null);
    look();
    await until(() => cluster.namespace('team').jobs.state.kind === 'polled', 'it polls');
    server.put(JOBS, job('later'));
    await until(() => names().length === 1, 'the next list');
    server.fault = () => null;
    await until(() => server.watching === 2, 'it watches again');
    server.put(JOBS, job('seen'));
    await until(() => cluster.namespace('team').jobs.state.kind === 'current', 'it says so');
  });

  test('where listing is forbidden, Jobs are had by their names', async () => {
    server.put(JOBS, job('known'));
    const collections = /\/(jobs|cronjobs)$/;
    server.fault = ({ url }) =>
      collections.test(url.pathname) ? { kind: 'status', code: 403, body: FORBIDDEN } : null;
    const team = cluster.namespace('team');
    look();
    await until(() => team.jobs.state.kind === 'refused', 'the refusal');
    team.addName('known');
    team.addName('unknown');
    await until(() => names().length === 1, 'the Job by name');
    server.put(JOBS, job('known', { status: { succeeded: 3 } }));
    await until(() => team.allJobs()[0]?.status?.succeeded === 3, 'its change, by asking again');
    await until(() => team.named.get('unknown')?.state.kind === 'polled', 'the answer about the other');
    assert.equal(team.named.get('unknown')?.objects.size, 0);
  });

  test('a cut is told, and what was missed is caught up with', async () => {
    server.put(JOBS, job('a'));
    look();
    await until(() => server.watching === 2, 'the watch');
    server.fault = () => ({ kind: 'cut' });
    server.cut();
    await until(() => cluster.namespace('team').jobs.state.kind === 'interrupted', 'the cut');
    server.put(JOBS, job('b'));
    server.fault = () => null;
    await until(() => names().length === 2 && cluster.namespace('team').jobs.state.kind === 'current', 'the rest');
  });

  test('pods are watched by the label of their Job, and forgotten when nobody looks', async () => {
    const first = readJob(job('a')) as ObservedJob;
    server.put(PODS, pod('a-1', 'a-uid'));
    server.put(PODS, pod('b-1', 'b-uid'));
    const pods = cluster.podsOf(first);
    assert.equal(cluster.podsOf(first), pods);
    const away = [pods.look(() => undefined), pods.look(() => undefined)];
    looks.push(...away);
    await until(() => pods.pods().length === 1, 'its pod');
    const asked = server.requests.filter(({ url }) => url.pathname === PODS);
    assert.ok(asked.every(({ url }) => url.searchParams.get('labelSelector')?.includes('a-uid') === true));
    away[0]?.();
    assert.equal(cluster.podsOf(first), pods);
    away[1]?.();
    assert.notEqual(cluster.podsOf(first), pods);
  });

  test('what is long and says nothing in a list is not kept', async () => {
    const raw = job('a');
    const template = {
      metadata: { labels: { app: 'a' } },
      spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', env: [{ name: 'A' }] }] },
    };
    server.put(JOBS, {
      ...raw,
      spec: { ...(raw['spec'] as object), template },
      metadata: {
        ...raw.metadata,
        managedFields: [{ manager: 'much text' }],
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', team: 'x' },
      },
    });
    look();
    await until(() => names().length === 1, 'the Job');
    const [kept] = cluster.namespace('team').allJobs();
    assert.deepEqual(kept?.metadata.annotations, { team: 'x' });
    assert.equal(kept.metadata.managedFields, undefined);
    assert.deepEqual(kept.spec?.template, {
      spec: { restartPolicy: 'Never', containers: [{ name: 'main' }], initContainers: [] },
    });
  });
});
