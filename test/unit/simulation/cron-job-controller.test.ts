import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CronJob, CronJobSpec, JobSpec } from '../../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateCronJob } from '../../../server/core/simulation/simulate-cronjob.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { jobOf } from './simulated.ts';

function cronJobOf(spec: CronJobSpec, job: JobSpec = {}): CronJob {
  const { spec: jobSpec } = jobOf(job);
  return { metadata: { name: 'tick' }, spec: { schedule: '* * * * *', jobTemplate: { spec: jobSpec }, ...spec } };
}

function simulated(cronJob: CronJob, scenario: object, until: number): CronTimeline {
  const parsed = parseScenario(scenario);
  assert.deepEqual(parsed.problems, []);
  return simulateCronJob(cronJob, parsed.scenario, { seed: 1, until });
}

const reasons = ({ events }: CronTimeline): string[] => [...new Set(events.map(({ reason }) => reason))];
/** Start of each run, as the minute of the hour or a time of day. */
const starts = ({ origin, runs }: CronTimeline, length = 16): string[] =>
  runs.map(({ slot }) => new Date(Date.parse(origin) + slot * 1000).toISOString().slice(5, length));

test('Allow lets runs overlap', () => {
  const { active } = simulated(cronJobOf({}), { default: { run: 150 } }, 600);
  assert.equal(Math.max(...active.map(({ n }) => n)), 3);
});

test('Forbid runs a missed slot as soon as the run before has ended', () => {
  const timeline = simulated(cronJobOf({ concurrencyPolicy: 'Forbid' }), { default: { run: 80 } }, 320);
  assert.deepEqual(
    timeline.runs.map(({ slot }) => slot),
    [60, 120, 180, 300],
  );
  assert.ok(reasons(timeline).includes('JobAlreadyActive'));
});

test('Forbid with a starting deadline of 10 s runs only fresh slots', () => {
  const timeline = simulated(
    cronJobOf({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 10 }),
    { default: { run: 80 } },
    400,
  );
  assert.deepEqual(
    timeline.runs.map(({ slot, created }) => Math.round(created - slot)),
    [0, 0, 0],
  );
});

test('Replace never lets a slow run succeed', () => {
  const { runs } = simulated(cronJobOf({ concurrencyPolicy: 'Replace' }), { default: { run: 150 } }, 600);
  assert.ok(runs.every(({ end }) => end === null));
  assert.ok(runs.slice(0, -1).every(({ deleted }) => deleted !== null));
});

test('after three hours without controller one catch-up run, and a warning', () => {
  const timeline = simulated(
    cronJobOf({}),
    { default: { run: 1 }, actions: [{ at: 90, controllerOutage: '3h' }] },
    10_950,
  );
  assert.deepEqual(
    timeline.runs.map(({ slot }) => slot),
    [60, 10_860, 10_920],
  );
  assert.ok(reasons(timeline).includes('TooManyMissedTimes'));
});

test('a CronJob resumed after a week runs once at once', () => {
  const timeline = simulated(
    cronJobOf({ suspend: true, schedule: '0 * * * *' }),
    { actions: [{ at: '7d', suspend: false }] },
    604_900,
  );
  assert.deepEqual(
    timeline.runs.map(({ created }) => Math.floor(created)),
    [604_800],
  );
});

test('30 February never runs, and says so', () => {
  const timeline = simulated(cronJobOf({ schedule: '0 0 30 2 *' }), {}, 86_400);
  assert.deepEqual([timeline.runs.length, reasons(timeline)], [0, ['InvalidSchedule']]);
});

test('where clocks go back an hour, a daily run comes twice', () => {
  const scenario = { start: '2026-10-24T12:00:00Z', default: { run: 1 } };
  const timeline = simulated(cronJobOf({ schedule: '0 2 * * *', timeZone: 'Europe/Berlin' }), scenario, 172_800);
  assert.deepEqual(starts(timeline), ['10-25T00:00', '10-25T01:00', '10-26T01:00']);
});

test('where clocks go forward, a time that is left out is not run that day', () => {
  const scenario = { start: '2026-03-27T12:00:00Z', default: { run: 1 } };
  const timeline = simulated(cronJobOf({ schedule: '30 2 * * *', timeZone: 'Europe/Berlin' }), scenario, 259_200);
  assert.deepEqual(starts(timeline), ['03-28T01:30', '03-30T00:30']);
});

test('day of month and day of week: either suffices', () => {
  const scenario = { start: '2026-02-01T00:00:00Z', default: { run: 1 } };
  const timeline = simulated(cronJobOf({ schedule: '0 0 13 * 5' }), scenario, 15 * 86_400);
  assert.deepEqual(starts(timeline, 10), ['02-06', '02-13']);
});

test('history keeps 3 successes and 1 failure', () => {
  const scenario = { default: { run: 1 }, pods: [{ match: { run: '1,3' }, exitCode: 1 }] };
  const timeline = simulated(cronJobOf({}, { backoffLimit: 0 }), scenario, 450);
  const kept = timeline.runs.filter(({ deleted }) => deleted === null).map(({ end }) => end?.split(':')[0]);
  assert.deepEqual(kept, ['Failed', 'Complete', 'Complete', 'Complete']);
});

test('a history limit of 0 deletes a Job before anyone sees it complete', () => {
  const timeline = simulated(cronJobOf({ successfulJobsHistoryLimit: 0 }), { default: { run: 1 } }, 100);
  assert.deepEqual(reasons(timeline), ['SuccessfulCreate', 'SuccessfulDelete']);
});

test('startingDeadlineSeconds 0 never runs', () => {
  assert.equal(simulated(cronJobOf({ startingDeadlineSeconds: 0 }), {}, 600).runs.length, 0);
});

test('an unknown time zone and a schedule that is none are events, not errors', () => {
  assert.deepEqual(reasons(simulated(cronJobOf({ timeZone: 'Mars/Olympus' }), {}, 600)), ['UnknownTimeZone']);
  assert.deepEqual(reasons(simulated(cronJobOf({ schedule: 'often' }), {}, 600)), ['UnparseableSchedule']);
});

test('a schedule may change; @every counts from the last run, and a minute makes at most one Job', () => {
  const timeline = simulated(
    cronJobOf({ schedule: '@every 90s' }),
    { default: { run: 1 }, actions: [{ at: 200, patch: { spec: { schedule: '@every 30s' } } }] },
    290,
  );
  assert.deepEqual(
    timeline.runs.map(({ slot }) => slot),
    [90, 180, 240],
  );
});

test('each Job has a timeline of its own, which counts from its creation', () => {
  const [first] = simulated(cronJobOf({}), { default: { startup: 1, run: 10 } }, 100).runs;
  assert.equal(first?.timeline.end?.reason, 'CompletionsReached');
  assert.ok(first.timeline.pods[0]!.created < 1);
  assert.ok(first.timeline.pods[0]!.finished! < 12);
});

test('a rule that matches no pod, and actions that find nothing, are noted', () => {
  const scenario = {
    default: { run: 5 },
    pods: [{ match: { run: 7 }, exitCode: 1 }],
    actions: [
      { at: 30, target: 'job', suspend: true },
      { at: 40, deletePod: { ordinal: 0 } },
      { at: 100, delete: true },
      { at: 110, suspend: true },
    ],
  };
  assert.deepEqual(
    simulated(cronJobOf({}), scenario, 200)
      .explanations.map(({ text }) => text)
      .filter((text) => /finds|matches/.test(text)),
    [
      'The action at 30 s finds no Job that runs.',
      'The action at 40 s finds no Job that runs.',
      'The action at 110 s finds no CronJob: it is gone.',
      "The scenario's rule pods[0] matches no pod of this run.",
    ],
  );
});
