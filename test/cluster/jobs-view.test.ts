import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { clusterJobs, contexts, listNamespaces, readJobView } from '../../client/cluster/cluster.ts';
import type { Kubeconfig } from '../../client/cluster/cluster.ts';
import { DEFAULT_PACE } from '../../client/cluster/pace.ts';
import type { ContextNode, JobNode, NamespaceNode } from '../../client/src/jobs-view/job-node.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { diagnose } from '../../server/core/diagnosis/diagnose.ts';
import { Tree } from '../unit/jobs-view/tree.ts';
import { resourcePath, type Api } from './api.ts';
import { findGo } from './build.ts';
import type { Kubelet } from './kubelet.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

const missing = await findGo().then(
  () => false as const,
  (error: unknown) => (error as Error).message,
);

const TEAM = 'team-a';
const LISTED = 'listed';
const PACE = { ...DEFAULT_PACE, base: 0.05, cap: 0.5, poll: 0.2 };

const podTemplate = {
  spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'batch-worker:1.0' }] },
};
const job = (name: string, spec: object = {}, metadata: object = {}): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, ...metadata },
  spec: { completions: 3, parallelism: 3, ...spec, template: podTemplate },
});

suite('the Jobs view on a real control plane', { skip: missing }, () => {
  let api: Api;
  let kubelet: Kubelet;
  let kubeconfig: Kubeconfig;
  let connectAs: TestCluster['connectAs'];
  let stop: TestCluster['stop'] = () => Promise.resolve();
  let tree: Tree | undefined;

  before(async () => {
    ({ api, kubelet, kubeconfig, connectAs, stop } = await startTestCluster());
    await api.create(resourcePath('namespaces'), { metadata: { name: LISTED } });
    await api.create(resourcePath('roles', LISTED), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'lists' },
      rules: [{ apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], verbs: ['list'] }],
    });
    await api.create(resourcePath('rolebindings', LISTED), {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'lists' },
      subjects: [{ kind: 'User', name: 'stranger', apiGroup: 'rbac.authorization.k8s.io' }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'lists' },
    });
  });
  after(async () => {
    tree?.model.dispose();
    await stop();
  });

  /** The view of a user, with the context open. */
  async function viewAs(user: string): Promise<{ readonly view: Tree; readonly context: ContextNode }> {
    tree?.model.dispose();
    const connection = await connectAs(user);
    const value = {
      namespace: connection.namespace,
      jobs: clusterJobs(connection, PACE),
      listNamespaces: () => listNamespaces(connection),
      async explain(namespace: string, name: string, signal: AbortSignal) {
        const read = await readJobView(connection, { namespace, name }, signal);
        return read.ok ? diagnose(read.value.snapshot) : [];
      },
      close: () => undefined,
    };
    const listed = contexts(kubeconfig).filter(({ name }) => name === user);
    const view = new Tree(() => Promise.resolve({ ok: true, value }), { ok: true, value: listed });
    view.patience = 30_000;
    tree = view;
    const [context] = await view.open();
    assert.equal(context?.kind, 'context');
    await view.open(context);
    return { view, context };
  }
  async function openNamespace(view: Tree, name: string): Promise<NamespaceNode> {
    const node = await view.find(name, 'namespace');
    await view.open(node);
    return node as NamespaceNode;
  }
  const play = (namespace: string, name: string, scenario: object): unknown =>
    kubelet.play({ namespace, job: name, scenario: parseScenario(scenario).scenario });

  test('Jobs run, fail, wait and are suspended before one’s eyes; those of a CronJob stand below it', async () => {
    const cronJob = await api.create<{ metadata: { uid: string } }>(resourcePath('cronjobs', TEAM), {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template: podTemplate } } },
    });
    const { uid } = cronJob.metadata;
    const ownerReferences = [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid, controller: true }];
    const { view } = await viewAs('admin');
    await openNamespace(view, TEAM);
    play(TEAM, 'nightly-1', { default: { startup: 0.1, run: 0.5 } });
    play(TEAM, 'render', {
      default: { startup: 0.1, run: 60 },
      pods: [{ match: { index: 1 }, run: 0.2, exitCode: 3 }],
    });
    await api.create(resourcePath('jobs', TEAM), job('nightly-1', {}, { ownerReferences }));
    await api.create(resourcePath('jobs', TEAM), job('asleep', { suspend: true }));
    await api.create(resourcePath('jobs', TEAM), job('render', { completionMode: 'Indexed', backoffLimitPerIndex: 3 }));
    await view.open(await view.find('nightly'));
    await view.shows(/^ {6}nightly-1: Complete · 3\/3 · took /, /^ {4}asleep: Suspended · 0\/3 · /);
    const render = await view.find('render');
    await view.open(render);
    await view.shows(
      /^ {6}Index 0: Running · /,
      /^ {6}Index 1 waits another \d+ s before the next pod/,
      /^ {4}render: Running · 0\/3 · .*retry in \d+ s/,
    );
    await api.delete(resourcePath('jobs', TEAM, 'asleep'), { propagationPolicy: 'Background' });
    await view.gone(/asleep/);
  });

  test('who has one namespace only sees that one, and is told how to see others', async () => {
    const { view, context } = await viewAs('team-a');
    view.model.addNamespace(context, TEAM);
    await view.shows(/Show another namespace…/);
    await openNamespace(view, TEAM);
    await view.shows(/^ {4}render: Running/);
    view.model.addNamespace(context, 'kube-system');
    await openNamespace(view, 'kube-system');
    await view.shows(/You may not list jobs in the namespace "kube-system"\./);
  });

  test('who may only get Jobs has them by their names, kept up to date', async () => {
    play(TEAM, 'by-name', { default: { startup: 0.1, run: 1 } });
    await api.create(resourcePath('jobs', TEAM), job('by-name'));
    const { view, context } = await viewAs('job-reader');
    view.model.addNamespace(context, TEAM);
    const team = await openNamespace(view, TEAM);
    await view.shows(/You may not list jobs in the namespace "team-a"\./, /Show a Job by its name…/);
    view.model.addJob(team, 'by-name');
    view.model.addJob(team, 'nobody');
    await view.shows(/^ {4}by-name: /, /There is no Job nobody\./);
    await view.shows(/^ {4}by-name: Complete · 3\/3/);
  });

  test('who may list but not watch sees changes all the same, and how', async () => {
    const { view, context } = await viewAs('stranger');
    view.model.addNamespace(context, LISTED);
    const listed: JobNode = await openNamespace(view, LISTED);
    await view.shows(/There are no Jobs in this namespace\./, /^ {2}listed: .*asked every 0\.2 s/);
    await api.create(resourcePath('jobs', LISTED), job('seen', { suspend: true }));
    await view.shows(/^ {4}seen: Suspended/);
    view.close(listed);
  });
});
