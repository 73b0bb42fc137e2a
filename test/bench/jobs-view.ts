// The Jobs view on a namespace with thousands of Jobs of the test cluster's real API server.
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { clusterJobs, connect, listNamespaces, loadKubeconfig, type Connection } from '../../client/cluster/cluster.ts';
import type { JobNode } from '../../client/src/jobs-view/job-node.ts';
import { JobsModel } from '../../client/src/jobs-view/jobs-model.ts';
import { resourcePath, type Api } from '../cluster/api.ts';
import { controlPlaneMissing } from '../cluster/build.ts';
import { startControlPlane } from '../cluster/control-plane.ts';
import { figuresOf, line, measure, type Figures } from './measure.ts';

const NAMESPACE = 'team-a';
const JOBS = 3_000;
const RUNS = 7;
/** Jobs that are made at the same time. */
const BESIDE = 20;

/** Opening a namespace of 3,000 Jobs: its first rows, all of them known, and a change in its row; beside kubectl. */
export async function benchJobsView(): Promise<void> {
  const missing = await controlPlaneMissing();
  if (missing !== undefined) {
    console.log(`skipped: ${missing}`);
    return;
  }
  const cluster = await startControlPlane();
  try {
    const api = cluster.api();
    await makeJobs(api);
    const loaded = await loadKubeconfig({ file: cluster.kubeconfigPath });
    if (!loaded.ok) throw new Error(loaded.problem.message);
    const connected = await connect(loaded.value, 'admin', { allowExec: false });
    if (!connected.ok) throw new Error(connected.problem.message);
    const connection = connected.value;
    const firstRows = measure(RUNS, () => open(connection, (view) => view.rows() > 10), 1);
    console.log(line(`${JOBS} Jobs: open the namespace, to its first rows`, await firstRows));
    const all = measure(RUNS, () => open(connection, (view) => view.all() === JOBS), 1);
    console.log(line(`${JOBS} Jobs: open the namespace, to all Jobs known`, await all));
    console.log(line(`${JOBS} Jobs: a change, to its row`, await changes(connection, api)));
    const command = ['--kubeconfig', cluster.kubeconfigPath, '-n', NAMESPACE, 'get', 'jobs'];
    if (spawnSync('kubectl', command, { stdio: 'ignore' }).status !== 0)
      console.log(`${JOBS} Jobs: kubectl get jobs                                     kubectl is not here`);
    else
      console.log(
        line(
          `${JOBS} Jobs: kubectl get jobs`,
          await measure(RUNS, () => spawnSync('kubectl', command, { stdio: 'ignore' }), 1),
        ),
      );
    connection.close();
  } finally {
    await cluster.stop();
  }
}

async function makeJobs(api: Api): Promise<void> {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'batch-worker:1.0' }] } };
  const make = (number: number): Promise<unknown> =>
    api.create(resourcePath('jobs', NAMESPACE), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: `job-${String(number).padStart(4, '0')}`, labels: { shard: String(number % 10) } },
      spec: { suspend: true, completions: 5, template },
    });
  let next = 0;
  await Promise.all(
    Array.from({ length: BESIDE }, async () => {
      while (next < JOBS) await make(next++);
    }),
  );
}

/** The view, as VS Code draws it. */
interface OpenView {
  readonly model: JobsModel;
  /** Rows of Jobs that are shown. */
  rows(): number;
  /** Jobs that are known. */
  all(): number;
  /** Name of the first of them. */
  first(): string;
  text(name: string): string;
}

async function openView(connection: Connection): Promise<OpenView> {
  const jobs = clusterJobs(connection);
  const shown = new Map<JobNode, readonly JobNode[]>();
  const draw = async (node: JobNode): Promise<readonly JobNode[]> => {
    const children = await model.children(node);
    shown.set(node, children);
    for (const child of children) model.row(child);
    return children;
  };
  const model: JobsModel = new JobsModel(
    {
      added: { of: () => [], keep: () => undefined },
      contexts: () => Promise.resolve({ ok: true, value: [{ name: 'admin', current: true, server: '' }] }),
      open: () =>
        Promise.resolve({
          ok: true,
          value: {
            namespace: NAMESPACE,
            jobs,
            listNamespaces: () => listNamespaces(connection),
            explain: () => Promise.resolve([]),
            close: () => undefined,
          },
        }),
    },
    (nodes) => {
      for (const node of nodes ?? []) if (shown.has(node)) void draw(node);
    },
  );
  model.visible = true;
  const [context] = await model.children();
  const [namespace] = context === undefined ? [] : await draw(context);
  if (namespace === undefined) throw new Error('there is no namespace');
  await draw(namespace);
  const jobRows = (): readonly JobNode[] => (shown.get(namespace) ?? []).filter(({ kind }) => kind === 'job');
  return {
    model,
    rows: () => jobRows().length,
    all: () => jobs.namespace(NAMESPACE).allJobs().length,
    first() {
      const [row] = jobRows();
      return row?.kind === 'job' ? row.name : '';
    },
    text(name) {
      const row = jobRows().find((node) => node.kind === 'job' && node.name === name);
      return row === undefined ? '' : model.row(row).description;
    },
  };
}

async function open(connection: Connection, isThere: (view: OpenView) => boolean): Promise<void> {
  const view = await openView(connection);
  while (!isThere(view)) await delay(1);
  view.model.dispose();
}

/** From a change by somebody else to its row. */
async function changes(connection: Connection, api: Api): Promise<Figures> {
  const view = await openView(connection);
  while (view.all() < JOBS) await delay(5);
  // Once all are known, the rows that were shown meanwhile give way to the youngest.
  await delay(1_000);
  const name = view.first();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await delay(500);
    const begun = performance.now();
    await api.patch(resourcePath('jobs', NAMESPACE, name), { spec: { suspend: run % 2 === 1 } });
    while (!view.text(name).startsWith(run % 2 === 1 ? 'Suspended' : 'Running')) await delay(1);
    times.push(performance.now() - begun);
  }
  view.model.dispose();
  return figuresOf(times);
}
