/**
 * Plays CronJob scenario files on the test cluster in real time, and writes what the real CronJob controller did.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { resourcePath, type Api } from './api.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { cronDisagreements, CronTraceRecorder, type CronTrace } from './cron-trace.ts';
import { follow } from './follow.ts';
import { startKubelet, type Kubelet } from './kubelet.ts';
import type { ClusterEvent, CronJob, Job } from './objects.ts';
import { filesOf, lines } from './record-files.ts';
import { readCronTraceScenario, stopsControllers, type CronTraceScenario } from './trace-scenario.ts';

/** Waits for the second of the minute (with fractions) at which the scenario's CronJob was created. */
async function waitForSecond(second: number): Promise<void> {
  const now = (Date.now() / 1000) % 60;
  await delay((((second - now + 60) % 60) + 0.001) * 1000);
}

async function recordOne(
  cluster: ControlPlane,
  api: Api,
  kubelet: Kubelet,
  file: CronTraceScenario,
  namespace: string,
): Promise<CronTrace> {
  const { name, horizon, scenario, cronJob } = file;
  await api.create(resourcePath('namespaces'), { metadata: { name: namespace } });
  const play = kubelet.play({ namespace, scenario });
  await waitForSecond(new Date(scenario.start ?? '2026-01-01T00:00:20Z').getUTCSeconds());
  const start = performance.now();
  // Slots are whole seconds; so is the moment from which they are counted.
  const recorder = new CronTraceRecorder(
    name,
    () => (performance.now() - start) / 1000,
    Math.floor(Date.now() / 1000) * 1000,
  );
  const following = [
    await follow<Job>(api, resourcePath('jobs', namespace), (change, job) => {
      if (change === 'deleted') recorder.seeJobDeleted(job);
      else recorder.seeJob(job);
    }),
    await follow<CronJob>(api, resourcePath('cronjobs', namespace), (change, found) => {
      if (change !== 'deleted') recorder.seeCronJob(found);
    }),
    await follow<ClusterEvent>(api, resourcePath('events', namespace), (change, event) => {
      if (change !== 'deleted' && event.involvedObject.kind === 'CronJob') recorder.seeEvent(event);
    }),
  ];
  await api.create(resourcePath('cronjobs', namespace), cronJob);
  const actions = play.begin({ resource: 'cronjobs', name: cronJob.metadata.name, cluster });
  await delay(horizon * 1000);
  const trace = recorder.trace();
  for (const each of following) await each.stop();
  // Not after `stop`, which forgets actions that lie beyond the horizon.
  await Promise.race([actions, delay(0)]);
  play.stop();
  // The schedule goes on while others are recorded.
  await api.delete(resourcePath('cronjobs', namespace, cronJob.metadata.name), { propagationPolicy: 'Background' });
  return trace;
}

/** A trace's text: one line for each Job, event and count. */
function writeCronTrace({ name, jobs, events, active }: CronTrace): string {
  return `{"name": ${JSON.stringify(name)},\n"jobs": ${lines(jobs)},\n"events": ${lines(events)},\n"active": ${lines(active)}}\n`;
}

const usage = `usage: node test/cluster/record-cronjobs.ts [--out FOLDER] [--compare FOLDER] [--times N] SCENARIO.yaml|FOLDER...
Plays each CronJob scenario on a real control plane, all at once and in real time (as long as the longest horizon, plus a
minute), and writes FOLDER/NAME.json.
  --out FOLDER      where to write; absent: nothing is written
  --compare FOLDER  traces recorded before, to be held against the new ones
  --times N         how often each is recorded (2); recordings that differ are reported and not written
Exit status: 0 all agree, 1 some differ, 2 it could not be done.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      compare: { type: 'string' },
      times: { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const scenarios = await Promise.all((await filesOf(positionals, /\.ya?ml$/)).map(readCronTraceScenario));
  const times = Number(values.times);
  let differing = 0;
  const differ = (name: string, what: string, found: readonly string[]): void => {
    if (found.length === 0) return;
    differing += 1;
    console.log([`${name}: ${what}`, ...found].join('\n  '));
  };
  const { out, compare } = values;
  if (out !== undefined) await mkdir(out, { recursive: true });
  const log = (line: string): void => console.error(line);
  // Who stops the controllers stops them for all that plays on the same control plane.
  const groups = [
    scenarios.filter((scenario) => !stopsControllers(scenario)),
    ...scenarios.filter(stopsControllers).map((scenario) => [scenario]),
  ];
  const recordGroup = async (group: readonly CronTraceScenario[]): Promise<void> => {
    const cluster = await startControlPlane({ log });
    try {
      const api = cluster.api();
      const kubelet = await startKubelet(api, { log });
      const record = async (scenario: CronTraceScenario): Promise<void> => {
        const { name } = scenario;
        const recordings = Array.from({ length: times }, (_, time) =>
          recordOne(cluster, api, kubelet, scenario, `c${time}-${name}`.slice(0, 63)),
        );
        const [first, ...others] = await Promise.all(recordings);
        if (!first) return;
        const between = others.flatMap((other) => cronDisagreements(first, other));
        differ(name, 'recordings differ from each other', between);
        if (compare !== undefined) {
          const before = JSON.parse(await readFile(join(compare, `${name}.json`), 'utf8')) as CronTrace;
          differ(name, 'differs from the trace recorded before (new and old)', cronDisagreements(first, before));
        }
        if (out !== undefined && between.length === 0)
          await writeFile(join(out, `${name}.json`), writeCronTrace(first));
      };
      await Promise.all(group.map(record));
      await kubelet.stop();
    } finally {
      await cluster.stop();
    }
  };
  await Promise.all(groups.filter((group) => group.length > 0).map(recordGroup));
  console.log(`${scenarios.length} scenarios recorded ${times} times each, ${differing} disagreements`);
  return differing === 0 ? 0 : 1;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  });
}
