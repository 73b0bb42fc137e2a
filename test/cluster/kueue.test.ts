import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { readJobView, watchJob, type ClusterProblem, type JobSnapshot } from '../../client/cluster/cluster.ts';
import { DEFAULT_PACE } from '../../client/cluster/pace.ts';
import { diagnose } from '../../server/core/diagnosis/diagnose.ts';
import { resourcePath, type Api } from './api.ts';
import { findGo } from './build.ts';
import { poll } from './control-plane.ts';
import type { Job } from './objects.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

const missing = await findGo().then(
  () => false as const,
  (error: unknown) => (error as Error).message,
);

const namespace = 'team-a';
const PACE = { ...DEFAULT_PACE, base: 0.05, cap: 0.5 };
const WORKLOADS = `/apis/kueue.x-k8s.io/v1beta1/namespaces/${namespace}/workloads`;

/** As much of Kueue as we read: its Workloads, whatever they hold. */
const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'workloads.kueue.x-k8s.io',
    annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
  },
  spec: {
    group: 'kueue.x-k8s.io',
    scope: 'Namespaced',
    names: { plural: 'workloads', singular: 'workload', kind: 'Workload', listKind: 'WorkloadList' },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

suite('a Job that Kueue holds back', { skip: missing }, () => {
  let api: Api;
  let connectAs: TestCluster['connectAs'];
  let stop: TestCluster['stop'] = () => Promise.resolve();

  before(async () => {
    ({ api, connectAs, stop } = await startTestCluster());
  });
  after(() => stop());

  async function createQueued(name: string): Promise<Job> {
    const containers = [{ name: 'worker', image: 'batch-worker:1.0' }];
    const labels = { 'kueue.x-k8s.io/queue-name': 'gpu' };
    const spec = { suspend: true, template: { spec: { restartPolicy: 'Never', containers } } };
    return api.create<Job>(resourcePath('jobs', namespace), {
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, labels } },
      spec,
    });
  }

  async function watch(user: string, name: string) {
    const abort = new AbortController();
    const snapshots: JobSnapshot[] = [];
    const problems: ClusterProblem[] = [];
    const ended = watchJob(
      await connectAs(user),
      { namespace, name },
      (_timeline, snapshot) => snapshots.push(snapshot),
      (problem) => problems.push(problem),
      abort.signal,
      { pace: PACE },
    );
    const why = (): string => {
      const snapshot = snapshots.at(-1);
      return snapshot === undefined ? '' : (diagnose(snapshot)[0]?.summary ?? '');
    };
    const stopWatching = async (): Promise<void> => {
      abort.abort();
      await ended;
    };
    return { why, problems, stopWatching };
  }

  test('without Kueue in the cluster its label speaks alone, and nothing is wrong', async () => {
    await createQueued('alone');
    const { why, problems, stopWatching } = await watch('admin', 'alone');
    await poll('the reason', 10, () => Promise.resolve(/queue gpu has room\.$/.test(why()) ? true : undefined));
    await stopWatching();
    assert.deepEqual(problems, []);
  });

  test('what its Workload says is told, and told anew when that changes', async () => {
    await api.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', DEFINITION);
    await poll('the API of Workloads', 30, () => api.list(WORKLOADS));
    const { metadata } = await createQueued('held');
    const { why, problems, stopWatching } = await watch('admin', 'held');
    await poll('the reason', 10, () => Promise.resolve(/queue gpu has room\.$/.test(why()) ? true : undefined));
    await api.create(WORKLOADS, {
      apiVersion: 'kueue.x-k8s.io/v1beta1',
      kind: 'Workload',
      metadata: { name: 'job-held', labels: { 'kueue.x-k8s.io/job-uid': metadata.uid } },
    });
    const say = (message: string): Promise<unknown> => {
      const condition = { type: 'QuotaReserved', status: 'False', reason: 'Pending', message };
      return api.patch(`${WORKLOADS}/job-held/status`, { status: { conditions: [condition] } });
    };
    for (const words of ['no flavor fits', 'insufficient quota for cpu']) {
      await say(words);
      await poll(words, 10, () => Promise.resolve(why().includes(`has room: “${words}”.`) ? true : undefined));
    }
    await stopWatching();
    assert.deepEqual(problems, []);
    const view = await readJobView(await connectAs('admin'), { namespace, name: 'held' }, new AbortController().signal);
    assert.equal(view.ok ? view.value.snapshot.workloads?.length : 0, 1);
  });

  test('who may not see Workloads is told no more than the label says, and of no problem', async () => {
    const { why, problems, stopWatching } = await watch('team-a', 'held');
    await poll('the reason', 10, () => Promise.resolve(/queue gpu has room\.$/.test(why()) ? true : undefined));
    await stopWatching();
    assert.deepEqual(problems, []);
  });
});
