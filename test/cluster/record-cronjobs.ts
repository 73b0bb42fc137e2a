/**
 * Plays CronJob scenario files on the test cluster in real time, and writes what the real CronJob controller did.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { resourcePath, type Api } from './api.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { cronDisagreements, CronTraceRecorder, type CronTrace } from './cron-trace.ts';
import { follow } from './follow.ts';
import { startKubelet, type Kubelet } from './kubelet.ts';
import type { ClusterEvent, CronJob, Job } from './objects.ts';
import { randomCronJob } from './random-cronjob.ts';
import { runRecorder, type RecordAll } from './record-command.ts';
import { lines } from './record-files.ts';
import { cronTraceScenario, type CronTraceScenario } from './trace-scenario.ts';

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

const usage = `usage: node test/cluster/record-cronjobs.ts [--out FOLDER] [--compare FOLDER] [--times N] [--random N --seed N] SCENARIO.yaml|FOLDER...
Plays each CronJob scenario on a real control plane, all at once and in real time (as long as the longest horizon, plus a
minute), and writes FOLDER/NAME.json.
  --out FOLDER      where to write; absent: nothing is written
  --compare FOLDER  traces recorded before, to be held against the new ones
  --times N         how often each is recorded (2); recordings that differ are reported and not written
  --random N        as many scenarios made from --seed (1), beside those of the files; written to FOLDER/NAME.yaml, too
Exit status: 0 all agree, 1 some differ, 2 it could not be done.`;

/** Records each scenario `times` times, all at once: each waits for its second of the minute. */
const recordCronJobs: RecordAll<CronTraceScenario, CronTrace> = async (scenarios, times, _together, done, log) => {
  const cluster = await startControlPlane({ log });
  try {
    const api = cluster.api();
    const kubelet = await startKubelet(api, { log });
    await Promise.all(
      scenarios.map(async (scenario) => {
        const recordings = Array.from({ length: times }, (_, time) =>
          recordOne(cluster, api, kubelet, scenario, `c${time}-${scenario.name}`.slice(0, 63)),
        );
        await done(scenario, await Promise.all(recordings));
      }),
    );
    await kubelet.stop();
  } finally {
    await cluster.stop();
  }
};

if (import.meta.main)
  await runRecorder({
    usage,
    makers: { random: randomCronJob },
    read: cronTraceScenario,
    record: recordCronJobs,
    disagreements: cronDisagreements,
    write: writeCronTrace,
  });
