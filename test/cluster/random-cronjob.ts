/** CronJobs with scenarios that nobody thought of: seeded, a few minutes long. Pure. */
import { random } from './mutation/random.ts';
import type { ScenarioFile } from './trace-scenario.ts';

type Fields = Record<string, unknown>;

/** Second of a minute at which CronJobs are created: away from the slots, which are whole minutes. */
const startSeconds = [10, 20, 35, 50];

/** The scenario of this seed: a CronJob that the API server accepts, what its Jobs do, and what people do to it. */
export function randomCronJob(seed: number): ScenarioFile {
  const next = random(seed + 3_000_000);
  const chance = (share: number): boolean => next() < share;
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;

  // Only such as do not hang on the minute in which a recording begins.
  const schedules = ['* * * * *', '* * * * *', '*/1 * * * *', '@every 40s', '@every 25s', '@every 1m5s'];
  const spec: Fields = { schedule: oneOf(schedules) };
  if (chance(0.75)) spec['concurrencyPolicy'] = oneOf(['Forbid', 'Replace', 'Allow']);
  if (chance(0.35)) spec['startingDeadlineSeconds'] = oneOf([0, 5, 12, 30, 100]);
  if (chance(0.5)) spec['successfulJobsHistoryLimit'] = between(0, 2);
  if (chance(0.4)) spec['failedJobsHistoryLimit'] = between(0, 2);
  if (chance(0.2)) spec['timeZone'] = oneOf(['Asia/Kolkata', 'Etc/UTC']);
  const job: Fields = { backoffLimit: between(0, 1) };
  if (chance(0.15)) job['activeDeadlineSeconds'] = between(20, 80);
  if (chance(0.15)) job['ttlSecondsAfterFinished'] = between(0, 20);

  // No run ends within two seconds of a slot, whatever the schedule: which comes first would be a matter of luck.
  const run = (): number => oneOf([3.4, 7.9, 27.4, 47.4, 71.4, 96.4]);
  const pods = Array.from({ length: between(0, 2) }, (): Fields => ({
    match: { run: String(between(0, 3)) },
    ...(chance(0.5) ? { exitCode: 1 } : {}),
    ...(chance(0.6) ? { run: run() } : {}),
    ...(chance(0.1) ? { run: -1 } : {}),
  }));

  const actions: Fields[] = [];
  const at = (least: number, most: number): number => between(least, most) * 15 + 3.3;
  if (chance(0.1)) {
    spec['suspend'] = true;
    actions.push({ at: at(2, 8), suspend: false });
  } else if (chance(0.3)) {
    const when = at(1, 6);
    actions.push({ at: when, suspend: true }, { at: when + oneOf([30, 75]), suspend: false });
  }
  if (chance(0.2))
    actions.push({
      at: at(2, 8),
      patch: {
        spec: oneOf<Fields>([
          { concurrencyPolicy: oneOf(['Forbid', 'Replace', 'Allow']) },
          { schedule: oneOf(schedules) },
          { successfulJobsHistoryLimit: 0 },
          { startingDeadlineSeconds: 20 },
        ]),
      },
    });
  return {
    name: `cron-${seed}`,
    start: `2026-01-01T00:00:${oneOf(startSeconds)}Z`,
    horizon: 200,
    cronJob: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'cron' },
      spec: {
        ...spec,
        jobTemplate: {
          spec: {
            ...job,
            template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
          },
        },
      },
    },
    default: { startup: 0.3, run: run() },
    ...(pods.length > 0 ? { pods } : {}),
    ...(actions.length > 0 ? { actions } : {}),
  } as ScenarioFile;
}
