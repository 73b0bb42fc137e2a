/**
 * Plays scenario files on the test cluster in real time and writes what the real Job controller did: the traces that
 * the simulator is held against.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { resourcePath, type Api } from './api.ts';
import { poll, startControlPlane, type ControlPlane } from './control-plane.ts';
import { follow } from './follow.ts';
import { startKubelet, type Kubelet } from './kubelet.ts';
import {
  hasCondition,
  type ClusterEvent,
  type Job,
  type JsonObject,
  type KubernetesObject,
  type Pod,
} from './objects.ts';
import { randomScenario } from './random-scenario.ts';
import { runRecorder } from './record-command.ts';
import { lines } from './record-files.ts';
import { traceScenario, type TraceScenario } from './trace-scenario.ts';
import { disagreements, TraceRecorder, type Trace } from './trace.ts';
import { twistedScenario } from './twisted-scenario.ts';

/** Seconds without any change after which a finished Job's recording ends. */
const quiet = 2.5;

/** What the recordings of one cluster share: one watch for each resource, however many namespaces play. */
interface Feed {
  readonly recorders: Map<
    string,
    {
      readonly recorder: TraceRecorder;
      changed(): void;
      job?: Job;
      deleted?: boolean;
      readonly living: Set<string>;
      /** All actions of the scenario have been performed. */
      acted: boolean;
    }
  >;
  stop(): Promise<void>;
}

async function startFeed(api: Api): Promise<Feed> {
  const recorders: Feed['recorders'] = new Map();
  const of = (object: { readonly metadata: { readonly namespace?: string } }): ReturnType<typeof recorders.get> => {
    const found = recorders.get(object.metadata.namespace ?? '');
    found?.changed();
    return found;
  };
  const jobs = await follow<Job>(api, resourcePath('jobs'), (change, job) => {
    const found = of(job);
    if (!found) return;
    found.job = job;
    if (change === 'deleted') {
      found.deleted = true;
      found.recorder.seeJobDeleted();
    } else {
      found.recorder.seeJob(job);
    }
  });
  const pods = await follow<Pod>(api, resourcePath('pods'), (change, pod) => {
    const found = of(pod);
    if (!found) return;
    if (change === 'deleted') {
      found.recorder.seePodDeleted(pod);
      found.living.delete(pod.metadata.uid);
    } else {
      found.recorder.seePod(pod);
      const over = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
      if (over && pod.metadata.deletionTimestamp === undefined) found.living.delete(pod.metadata.uid);
      else found.living.add(pod.metadata.uid);
    }
  });
  const events = await follow<ClusterEvent>(api, resourcePath('events'), (change, event) => {
    if (change !== 'deleted' && event.involvedObject.kind === 'Job') of(event)?.recorder.seeEvent(event);
  });
  return {
    recorders,
    async stop() {
      await Promise.all([jobs.stop(), pods.stop(), events.stop()]);
    },
  };
}

/** Limits the pods of a namespace that have not ended, and waits until the limit is enforced. */
async function limitPods(api: Api, namespace: string, pods: number): Promise<void> {
  interface Quota extends KubernetesObject {
    readonly status?: { readonly hard?: object };
  }
  const path = resourcePath('resourcequotas', namespace);
  const { metadata } = await api.create(path, { metadata: { name: 'pods' }, spec: { hard: { pods: String(pods) } } });
  // The server refuses nothing before the controller has counted what there is.
  await poll('quota', 30, async () => (await api.get<Quota>(`${path}/${metadata.name}`)).status?.hard);
}

/** The API server is ready some seconds before the Job controller has seen what there is. */
async function awaitController(api: Api): Promise<void> {
  const containers = [{ name: 'worker', image: 'busybox' }];
  const spec = { parallelism: 0, template: { spec: { restartPolicy: 'Never', containers } } };
  await api.create(resourcePath('jobs', 'default'), { metadata: { name: 'first' }, spec });
  const first = resourcePath('jobs', 'default', 'first');
  await poll('the Job controller', 60, async () => (await api.get<Job>(first)).status?.startTime);
  await api.delete(first, { propagationPolicy: 'Background' });
}

async function recordOne(
  cluster: ControlPlane,
  api: Api,
  kubelet: Kubelet,
  feed: Feed,
  { name, horizon, job, scenario }: TraceScenario,
  namespace: string,
  log: (line: string) => void,
): Promise<Trace> {
  await api.create(resourcePath('namespaces'), { metadata: { name: namespace } });
  if (scenario.quota !== null) await limitPods(api, namespace, scenario.quota);
  const play = kubelet.play({ namespace, scenario });
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  let changed = 0;
  const seen: NonNullable<ReturnType<Feed['recorders']['get']>> = {
    recorder: new TraceRecorder(name, seconds),
    changed: () => (changed = seconds()),
    living: new Set(),
    acted: false,
  };
  feed.recorders.set(namespace, seen);
  await api.create(resourcePath('jobs', namespace), job);
  void play
    .begin({ resource: 'jobs', name: job.metadata.name, cluster })
    .catch((error: unknown) => log(`${name}: an action was refused: ${String(error)}`))
    .finally(() => (seen.acted = true));
  const ttl = (job['spec'] as JsonObject | undefined)?.['ttlSecondsAfterFinished'];
  let stalled = 0;
  for (let last = seconds(); ; last = seconds()) {
    await delay(100);
    const now = seconds();
    stalled = Math.max(stalled, now - last - 0.1);
    if (now >= horizon) break;
    if (!seen.acted || now - changed < quiet || seen.living.size > 0) continue;
    const finished = seen.job && (hasCondition(seen.job, 'Complete') || hasCondition(seen.job, 'Failed'));
    if (seen.deleted || (finished && ttl === undefined)) break;
  }
  feed.recorders.delete(namespace);
  play.stop();
  return { ...seen.recorder.trace(), stalled };
}

/** Removes a namespace's Job and pods, so that a long recording session does not slow itself down. */
async function clear(api: Api, namespace: string): Promise<void> {
  await api.send('DELETE', resourcePath('jobs', namespace), { body: { propagationPolicy: 'Orphan' } });
  await api.send('DELETE', resourcePath('pods', namespace), { body: { gracePeriodSeconds: 0 } });
}

/**
 * Records each scenario `times` times, all at once as far as `together` allows.
 * @param done gets every scenario's traces as soon as they are complete
 */
export async function recordTraces(
  scenarios: readonly TraceScenario[],
  times: number,
  together: number,
  done: (scenario: TraceScenario, traces: readonly Trace[]) => Promise<void>,
  log: (line: string) => void,
): Promise<void> {
  const cluster = await startControlPlane({ log, controllers: ['resourcequota-controller'] });
  const queue: { readonly scenario: TraceScenario; readonly time: number }[] = [];
  try {
    const api = cluster.api();
    const kubelet = await startKubelet(api, { log });
    const feed = await startFeed(api);
    await awaitController(api);
    const traces = new Map<TraceScenario, Trace[]>();
    // Long ones first: the session is as long as the longest of them.
    for (let time = 0; time < times; time++) queue.push(...scenarios.map((scenario) => ({ scenario, time })));
    queue.sort((a, b) => b.scenario.horizon - a.scenario.horizon);
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { scenario, time } = next;
        const namespace = `r${time}-${scenario.name}`.slice(0, 63);
        const trace = await recordOne(cluster, api, kubelet, feed, scenario, namespace, log);
        await clear(api, namespace);
        const all = [...(traces.get(scenario) ?? []), trace];
        traces.set(scenario, all);
        if (all.length === times) await done(scenario, all);
      }
    };
    const workers: Promise<void>[] = [];
    for (let number = 0; number < Math.min(together, queue.length || 1); number++) {
      workers.push(worker());
      // Jobs that start in the same instant would share each other's latency.
      await delay(150);
    }
    await Promise.all(workers);
    await feed.stop();
    await kubelet.stop();
  } finally {
    // When one cannot be played, nobody begins another.
    queue.length = 0;
    await cluster.stop();
  }
}

const usage = `usage: node test/cluster/record-traces.ts [--out FOLDER] [--compare FOLDER] [--times N] [--together N] [--random N] [--twisted N] [--seed N] SCENARIO.yaml|FOLDER...
Plays each scenario on a real control plane, in real time, and writes FOLDER/NAME.json.
  --out FOLDER      where to write; absent: nothing is written
  --compare FOLDER  traces recorded before, to be held against the new ones
  --times N         how often each is recorded (2); recordings that differ are reported and not written
  --together N      how many play at once (24)
  --random N        as many scenarios made from --seed (1), beside those of the files; written to FOLDER/NAME.yaml, too
  --twisted N       as many of the rarer kind: several containers, lost nodes, quotas, changes of mind
Exit status: 0 all agree, 1 some differ, 2 it could not be done.`;

/** A trace's text: one line for each pod, status and event, so that a difference reads well. */
function writeTrace({ name, pods, statuses, events }: Trace): string {
  return `{"name": ${JSON.stringify(name)},\n"pods": ${lines(pods)},\n"statuses": ${lines(statuses)},\n"events": ${lines(events)}}\n`;
}

if (import.meta.main)
  await runRecorder({
    usage,
    makers: { random: randomScenario, twisted: twistedScenario },
    read: traceScenario,
    record: recordTraces,
    disagreements,
    stalled: ({ stalled = 0 }) => stalled,
    write: writeTrace,
  });
