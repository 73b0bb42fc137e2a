import { defaultCronJob } from '../kubernetes/defaults.ts';
import type { CronJob } from '../kubernetes/generated/types.ts';
import type { CronRun, CronTimeline } from '../timeline/cron-timeline.ts';
import { scheduleCronActions } from './cron-job-actions.ts';
import { createClock, milliseconds, type VirtualClock } from './clock.ts';
import { createPlaces, type ClusterPlaces } from './cluster-places.ts';
import { controllerBehaviour } from './controller-behaviour.ts';
import { syncCronJob } from './cron-job-controller.ts';
import { endOfChild, explainCron, zoneOf, type CronChild, type CronJobRun } from './cron-job-run.ts';
import { startJob } from './job-simulation.ts';
import { FIRST_SYNC } from './latencies.ts';
import { fatesOf, unusedRule, type PodFates } from './pod-fates.ts';
import { mixSeed } from './random.ts';
import { createRecorder, type KeptRun } from './run-recorder.ts';
import type { Scenario } from '../scenario/scenario-model.ts';
import type { SimulateOptions } from './simulate.ts';
import { takesAll } from './spec-changes.ts';
import { createSyncQueue } from './sync-queue.ts';
import { timelineOfRun } from './timeline-of-run.ts';

/** When a CronJob is created where the scenario does not say: fixed, so that a simulation never depends on today. */
export const DEFAULT_START = '2026-01-01T00:00:00Z';

/**
 * Runs a CronJob (as written, without defaults) and all its Jobs on one virtual clock and tells what happens. The same
 * CronJob, scenario and seed give the same timeline, everywhere.
 */
export function simulateCronJob(cronJob: CronJob, scenario: Scenario, options: SimulateOptions): CronTimeline {
  const clock = createClock();
  const places = createPlaces(scenario.capacity);
  const kept = new Map<CronChild, KeptRun>();
  const start = Math.floor(Date.parse(scenario.start ?? DEFAULT_START) / 1000) * 1000;
  const fates = fatesOf(scenario);
  const run = createRun(cronJob, scenario, options, { clock, places, kept, start, fates });
  run.queue.add(FIRST_SYNC);
  scheduleCronActions(run, scenario.actions, places, options.judge ?? takesAll);
  const horizon = milliseconds(options.until);
  clock.runUntil(horizon);
  for (const at of fates.unusedRules()) explainCron(run, unusedRule(at));
  return {
    name: run.name,
    namespace: run.namespace,
    certainty: 'simulated',
    origin: rfc3339(start),
    timeZone: zoneOf(run),
    runs: run.children.map((child) => cronRun(child, kept.get(child)!, start, horizon)),
    events: run.events,
    active: run.activeCounts,
    explanations: run.explanations,
    until: options.until,
  };
}

interface CronWorld {
  readonly clock: VirtualClock;
  readonly places: ClusterPlaces;
  readonly kept: Map<CronChild, KeptRun>;
  readonly start: number;
  readonly fates: PodFates;
}

function createRun(written: CronJob, scenario: Scenario, options: SimulateOptions, world: CronWorld): CronJobRun {
  const { clock, places, kept, start, fates } = world;
  const cronJob = defaultCronJob(written);
  const quota = { pods: scenario.quota, used: 0 };
  const run: CronJobRun = {
    name: cronJob.metadata?.name ?? 'cronjob',
    namespace: cronJob.metadata?.namespace ?? 'default',
    clock,
    start,
    controllerTimeZone: scenario.controllerTimeZone,
    cronJob,
    active: new Set(),
    lastSchedule: null,
    existing: new Set(),
    children: [],
    times: null,
    awayUntil: 0,
    gone: false,
    deletedActive: 0,
    queue: createSyncQueue(clock, () => syncCronJob(run)),
    events: [],
    explanations: [],
    activeCounts: [{ t: 0, n: 0 }],
    createJob(job, slot) {
      const recorder = createRecorder(clock, clock.now);
      const simulation = startJob({
        job,
        fates,
        seed: mixSeed(options.seed, run.children.length),
        clock,
        places,
        quota,
        behaviour: controllerBehaviour(options.kubernetesMinor),
        recorder,
        cronRun: run.children.length,
        statusWritten: (delay) => clock.at(clock.now + delay, () => run.queue.add(0)),
        deleted: () => {
          child.deleted = clock.now;
          run.existing.delete(child);
          run.queue.add(0);
        },
      });
      const child: CronChild = {
        name: job.metadata?.name ?? '',
        slot: slot * 1000 - start,
        created: clock.now,
        simulation,
        deleted: null,
      };
      run.children.push(child);
      run.existing.add(child);
      kept.set(child, recorder);
      return child;
    },
  };
  return run;
}

function rfc3339(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

function cronRun(child: CronChild, recorder: KeptRun, start: number, horizon: number): CronRun {
  const { run, kubelet } = child.simulation;
  const type = endOfChild(child, horizon);
  const final = run.status.conditions.find((condition) => condition.type === type);
  const seen = child.deleted ?? run.finishedAt ?? horizon;
  return {
    name: child.name,
    slot: child.slot / 1000,
    created: child.created / 1000,
    ended: type === null ? null : run.finishedAt! / 1000,
    end: final === undefined ? null : `${final.type}:${final.reason}`,
    deleted: child.deleted === null ? null : child.deleted / 1000,
    timeline: timelineOfRun(run, recorder, kubelet.pods, Math.min(seen, horizon), rfc3339(start + child.created)),
  };
}
