// Watching a Job on the test cluster's real API server: what it takes to the first picture, and to keep up.
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect, loadKubeconfig, watchJob, type Connection } from '../../client/cluster/cluster.ts';
import { resourcePath, type Api } from '../cluster/api.ts';
import { controlPlaneMissing } from '../cluster/build.ts';
import { startChurn, type Churn } from '../cluster/churn.ts';
import { poll, startControlPlane } from '../cluster/control-plane.ts';
import { startTcpProxy } from '../cluster/tcp-proxy.ts';
import { figuresOf, line, measure, time } from './measure.ts';

const namespace = 'team-a';
const RUNS = 7;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Attach to first picture beside a plain list and kubectl, memory, events a second, recovery from a cut. */
export async function benchWatch(): Promise<void> {
  const missing = await controlPlaneMissing();
  if (missing !== undefined) {
    console.log(`skipped: ${missing}`);
    return;
  }
  const cluster = await startControlPlane();
  const churns: Churn[] = [];
  const proxy = await startTcpProxy(cluster.server);
  try {
    const api = cluster.api();
    const direct = await connection(cluster.kubeconfigPath, null);
    const large = await startChurn(api, { namespace, name: 'bench-5000', pods: 5000, rate: 1000, seed: 5 });
    churns.push(large);
    collectGarbage();
    const before = process.memoryUsage().rss;
    const watched = watch(direct, large);
    await poll('the whole picture', 60, () => Promise.resolve(watched.pods() === 5000 || undefined));
    const most = process.memoryUsage().rss - before;
    collectGarbage();
    const kept = process.memoryUsage().rss - before;
    const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
    console.log(
      `5000 pods: memory, once the picture is there                ${megabytes(most)} more, ${megabytes(kept)} of it kept`,
    );
    large.go();
    const begun = performance.now();
    await delay(10_000);
    const changes = await large.rest();
    const seconds = (performance.now() - begun) / 1000;
    const fresh = await versions(api, large);
    const caughtUp = performance.now();
    await poll('the model equals the server', 60, () => Promise.resolve(watched.versions() === fresh || undefined));
    console.log(
      `5000 pods: changes a second that were kept up with           ${(changes / seconds).toFixed(0)} (the last one after ${time(performance.now() - caughtUp)})`,
    );
    await watched.stop();
    const small = await startChurn(api, { namespace, name: 'bench-10', pods: 10, rate: 1, seed: 5 });
    churns.push(small);
    for (const [pods, churn] of [
      [10, small],
      [5000, large],
    ] as const) {
      const attached = await measure(RUNS, () => attach(direct, churn, pods), 1);
      console.log(line(`${pods} pods: attach to the first whole picture`, attached));
      console.log(line(`${pods} pods: one plain list, parsed`, await measure(RUNS, () => plainList(api, churn), 1)));
      kubectl(cluster.kubeconfigPath, churn, pods);
    }
    const through = await connection(cluster.kubeconfigPath, proxy.url.origin);
    console.log(
      line('5000 pods: recovery from a cut connection', await recoveries(through, large, () => proxy.cut(), api)),
    );
    through.close();
    direct.close();
  } finally {
    for (const churn of churns) await churn.stop();
    await proxy.close();
    await cluster.stop();
  }
}

async function connection(file: string, server: string | null): Promise<Connection> {
  const loaded = await loadKubeconfig({ file });
  if (!loaded.ok) throw new Error(loaded.problem.message);
  const clusters = [...loaded.value.clusters].map(
    ([name, entry]) => [name, server === null ? entry : { ...entry, server }] as const,
  );
  const connected = await connect({ ...loaded.value, clusters: new Map(clusters) }, 'admin', { allowExec: false });
  if (!connected.ok) throw new Error(connected.problem.message);
  return connected.value;
}

function watch(to: Connection, { job }: Churn) {
  const abort = new AbortController();
  let pods: readonly { readonly metadata: { readonly name: string; readonly resourceVersion: string } }[] = [];
  const ended = watchJob(
    to,
    { namespace, name: job.name },
    (_timeline, snapshot) => (pods = snapshot.pods),
    () => undefined,
    abort.signal,
  );
  return {
    pods: () => pods.length,
    versions: () =>
      pods
        .map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)
        .sort()
        .join(),
    stop() {
      abort.abort();
      return ended;
    },
  };
}

async function attach(to: Connection, churn: Churn, pods: number): Promise<void> {
  const watched = watch(to, churn);
  while (watched.pods() < pods) await delay(1);
  await watched.stop();
}

async function versions(api: Api, { job }: Churn): Promise<string> {
  const { items } = await api.list(resourcePath('pods', namespace), {
    query: { labelSelector: `batch.kubernetes.io/controller-uid=${job.uid}` },
  });
  return items
    .map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)
    .sort()
    .join();
}

async function plainList(api: Api, churn: Churn): Promise<void> {
  await versions(api, churn);
}

/** The usual way, where it is installed. */
function kubectl(kubeconfig: string, { job }: Churn, pods: number): void {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    const { status } = spawnSync(
      'kubectl',
      ['--kubeconfig', kubeconfig, '-n', namespace, 'get', 'pods', '-l', `batch.kubernetes.io/job-name=${job.name}`],
      { stdio: 'ignore' },
    );
    if (status !== 0) {
      console.log(`${pods} pods: kubectl get pods                                   kubectl is not here`);
      return;
    }
    times.push(performance.now() - begun);
  }
  console.log(line(`${pods} pods: kubectl get pods`, figuresOf(times)));
}

/** From a cut to the moment at which a change made after it is in the picture. */
async function recoveries(through: Connection, churn: Churn, cut: () => void, api: Api) {
  const watched = watch(through, churn);
  await poll('the whole picture', 60, () => Promise.resolve(watched.pods() >= 5000 || undefined));
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begun = performance.now();
    cut();
    churn.go();
    await delay(20);
    await churn.rest();
    const fresh = await versions(api, churn);
    while (watched.versions() !== fresh) await delay(2);
    times.push(performance.now() - begun);
  }
  await watched.stop();
  return figuresOf(times);
}
