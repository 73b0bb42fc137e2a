// Faults of every kind while pods churn: after each the model equals a fresh list. `npm run soak` makes 1,000 of them.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, suite, test } from 'node:test';
import { clusterJobs, connect, loadKubeconfig, watchJob } from '../../client/cluster/cluster.ts';
import type { ClusterProblem, Connection, JobSnapshot, Kubeconfig } from '../../client/cluster/cluster.ts';
import { DEFAULT_PACE } from '../../client/cluster/pace.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import { resourcePath, type Api } from './api.ts';
import { findGo } from './build.ts';
import { startChurn, type Churn } from './churn.ts';
import { startJobChurn } from './job-churn.ts';
import { poll, startControlPlane, type ControlPlane } from './control-plane.ts';
import { FAULTS, startFaultProxy, throughFaultProxy, type Fault, type FaultProxy } from './fault-proxy.ts';
import { liveSeed } from './live-seed.ts';
import type { Pod } from './objects.ts';
import { podLine } from './pod-line.ts';
import { startWatching, type Watching } from './watching.ts';

const missing = await findGo().then(
  () => false as const,
  (error: unknown) => (error as Error).message,
);

const namespace = 'team-a';
const PACE = { ...DEFAULT_PACE, base: 0.05, cap: 0.4, poll: 0.2, idle: 1.5 };
const soak = process.env['JOBWRIGHT_SOAK'] === '1';
/** So many while one Job is watched, and so many more while views share a list. */
const FAULT_COUNT = soak ? 700 : 36;
const LIST_FAULT_COUNT = soak ? 300 : FAULTS.length;
const CHURN = soak ? { pods: 5000, seconds: 120, rate: 200 } : { pods: 1500, seconds: 8, rate: 200 };
/** What watching may cost, in bytes. */
const MOST_MEMORY = 150_000_000;

suite('faults while pods churn', { skip: missing }, () => {
  let cluster: ControlPlane;
  let api: Api;
  let proxy: FaultProxy;
  let kubeconfig: Kubeconfig;
  const connections: Connection[] = [];
  const churns: Churn[] = [];
  const watches: AbortController[] = [];
  const watchers: Watching[] = [];

  before(async () => {
    cluster = await startControlPlane();
    api = cluster.api();
    proxy = await startFaultProxy(cluster.access);
    const loaded = await loadKubeconfig({ file: cluster.kubeconfigPath });
    assert.ok(loaded.ok);
    kubeconfig = loaded.value;
  });
  after(async () => {
    for (const abort of watches) abort.abort();
    for (const each of [...churns, ...watchers]) await each.stop();
    for (const connection of connections) connection.close();
    await proxy.close();
    await cluster.stop();
  });

  async function connectThroughProxy(): Promise<Connection> {
    const connected = await connect(throughFaultProxy(kubeconfig, proxy), 'admin', { allowExec: false });
    assert.ok(connected.ok);
    connections.push(connected.value);
    return connected.value;
  }

  function watch(connection: Connection, name: string) {
    const abort = new AbortController();
    watches.push(abort);
    const latest: { timeline: Timeline | null; snapshot: JobSnapshot | null; pictures: number } = {
      timeline: null,
      snapshot: null,
      pictures: 0,
    };
    const problems: ClusterProblem[] = [];
    const ended = watchJob(
      connection,
      { namespace, name },
      (timeline, snapshot) => {
        latest.timeline = timeline;
        latest.snapshot = snapshot;
        latest.pictures++;
      },
      (problem) => problems.push(problem),
      abort.signal,
      { pace: PACE },
    );
    return { latest, problems, ended, stop: () => abort.abort() };
  }

  async function churn(name: string, pods: number, rate: number, seed: number): Promise<Churn> {
    const started = await startChurn(api, { namespace, name, pods, rate, seed });
    churns.push(started);
    return started;
  }

  /** Every pod with its version, as the server itself lists them. */
  async function freshList({ job }: Churn): Promise<string[]> {
    const { items } = await api.list<Pod>(resourcePath('pods', namespace), {
      query: { labelSelector: `batch.kubernetes.io/controller-uid=${job.uid}` },
    });
    return items.map(podLine).sort();
  }

  /** Waits until the model equals this list; nothing changes meanwhile. */
  async function agrees(watched: ReturnType<typeof watch>, fresh: readonly string[], what: string): Promise<void> {
    const wanted = fresh.join('\n');
    await poll(`the model equals a fresh list ${what}`, 30, () => {
      const { snapshot, timeline } = watched.latest;
      const seen = (snapshot?.pods ?? []).map(podLine).sort().join('\n');
      if (seen !== wanted || timeline === null) return Promise.resolve(undefined);
      const present = timeline.pods.filter(({ removed }) => removed === null).map(({ name }) => name);
      assert.equal(new Set(timeline.pods.map(({ ordinal }) => ordinal)).size, timeline.pods.length);
      assert.deepEqual([...present].sort(), fresh.map((line) => line.split(' ')[0]!).sort());
      return Promise.resolve(true);
    });
  }

  test(`${FAULT_COUNT} seeded faults: after each the model equals a fresh list`, async (context) => {
    const seed = soak ? liveSeed() : 20260101;
    const churning = await churn('faults', 60, 100, 7);
    const watched = watch(await connectThroughProxy(), 'faults');
    const random = randomOf(seed);
    await agrees(watched, await freshList(churning), 'at first');
    const done = new Map<Fault, number>();
    for (let n = 0; n < FAULT_COUNT; n++) {
      const fault = FAULTS[n < FAULTS.length ? n : random(FAULTS.length)]!;
      const times = 1 + random(3);
      churning.go();
      await delay(20 + random(80));
      proxy.commit(fault, times);
      await delay(50 + random(250));
      proxy.calm();
      await churning.rest();
      await agrees(watched, await freshList(churning), `after fault ${n}, ${fault} (${times}), of seed ${seed}`);
      done.set(fault, (done.get(fault) ?? 0) + 1);
    }
    watched.stop();
    assert.equal((await watched.ended).outcome, 'Stopped');
    assert.ok(watched.problems.length > 0);
    context.diagnostic(`survived ${[...done].map(([fault, times]) => `${times} × ${fault}`).join(', ')}`);
    for (const { message } of watched.problems)
      for (const token of Object.values(cluster.tokens)) assert.ok(!message.includes(token));
    await churning.stop();
  });

  test(`${LIST_FAULT_COUNT} seeded faults while views share a list: after each it equals a fresh one`, async (context) => {
    const seed = soak ? liveSeed() + 1 : 20260102;
    const random = randomOf(seed);
    const churning = startJobChurn(api, namespace, random);
    await churning.change(40);
    const { jobs } = clusterJobs(await connectThroughProxy(), PACE).namespace(namespace);
    const heard: number[] = [0, 0, 0];
    const away: ((() => void) | null)[] = heard.map(() => null);
    const turn = (view: number): void => {
      const looking = away[view];
      away[view] = looking == null ? jobs.look(() => heard[view]!++) : (looking(), null);
    };
    const equals = async (what: string): Promise<void> => {
      const fresh = (await churning.list()).join('\n');
      await poll(`the list equals a fresh one ${what}; it is ${jobs.state.kind}`, 30, () =>
        Promise.resolve(
          [...jobs.objects.values()]
            .map((job) => churning.line(job))
            .sort()
            .join('\n') === fresh || undefined,
        ),
      );
    };
    for (const view of heard.keys()) turn(view);
    await equals('at first');
    const done = new Map<Fault, number>();
    for (let n = 0; n < LIST_FAULT_COUNT; n++) {
      const fault = FAULTS[n < FAULTS.length ? n : random(FAULTS.length)]!;
      // Views come and go; when all have gone, what is heard of meanwhile is asked for when the next one looks.
      turn(random(away.length));
      proxy.commit(fault, 1 + random(3));
      await churning.change(8);
      if (away.every((looking) => looking === null)) turn(random(away.length));
      await delay(random(200));
      proxy.calm();
      await churning.change(2);
      // A list that was refused is not asked for again by itself: the row says so, and a click on it asks.
      await poll('a list, or why there is none', 30, () => Promise.resolve(jobs.state.kind !== 'loading' || undefined));
      if (jobs.state.kind === 'refused') {
        assert.equal(jobs.state.problem.kind, fault === '401' ? 'credentials' : 'forbidden');
        assert.match(fault, /^40[13]$/);
        jobs.refresh();
      }
      await equals(`after fault ${n}, ${fault}, of seed ${seed}`);
      done.set(fault, (done.get(fault) ?? 0) + 1);
    }
    for (const looking of away) looking?.();
    assert.equal(jobs.state.kind, 'idle');
    assert.ok(heard.every((times) => times > 0));
    context.diagnostic(`survived ${[...done].map(([fault, times]) => `${times} × ${fault}`).join(', ')}`);
  });

  test(`${CHURN.pods} pods, ${CHURN.rate} changes a second for ${CHURN.seconds} s, in bounded memory`, async (context) => {
    const churning = await churn('churn', CHURN.pods, CHURN.rate, 11);
    const watching = await startWatching({
      kubeconfig: throughFaultProxy(kubeconfig, proxy),
      namespace,
      name: 'churn',
    });
    watchers.push(watching);
    const settled = async (what: string): Promise<void> => {
      const wanted = (await freshList(churning)).join('\n');
      await poll(`the model equals a fresh list ${what}`, 30, async () =>
        (await watching.pods()).join('\n') === wanted ? true : undefined,
      );
    };
    await settled('at first');
    await watching.begin();
    const begun = performance.now();
    churning.go();
    await delay(CHURN.seconds * 1000);
    const changes = await churning.rest();
    const seconds = (performance.now() - begun) / 1000;
    const { most, kept, p99, max } = await watching.end();
    await settled('at the end');
    const { idle } = watching;
    const figure = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
    context.diagnostic(
      `${changes} changes in ${seconds.toFixed(1)} s (${(changes / seconds).toFixed(0)}/s of ${CHURN.rate}/s asked for); memory +${figure(most)} at most, +${figure(kept)} after; ` +
        `event-loop delay p99 ${p99.toFixed(0)} ms, max ${max.toFixed(0)} ms (idle p99 ${idle.p99.toFixed(0)} ms, max ${idle.max.toFixed(0)} ms)`,
    );
    assert.ok(most < MOST_MEMORY, `${figure(most)} more`);
    await churning.stop();
  });
});

/** Whole numbers from 0 to below the given one: the same ones for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed % 2147483647 || 1;
  return (below) => (state = (state * 48271) % 2147483647) % below;
}
