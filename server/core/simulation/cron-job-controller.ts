import { parseCron, type CronProblem } from '../kubernetes/cron.ts';
import { sayDuration } from '../kubernetes/duration-words.ts';
import type { CronJobSpec, Job } from '../kubernetes/generated/types.ts';
import { isTimeZone } from '../kubernetes/time-zone.ts';
import {
  cronEvent,
  endOfChild,
  explainCron,
  saySlot,
  wallClock,
  type CronChild,
  type CronJobRun,
} from './cron-job-run.ts';
import {
  MANY_MISSED,
  mostRecentSlot,
  nextSlot,
  scheduleTimes,
  type ScheduleTimes,
  type SlotQuestion,
} from './cron-slots.ts';

/** The controller looks again so long after a slot, against clocks that differ (milliseconds). */
const SLOT_PADDING = 100;

/**
 * One sync of the CronJob controller: history limits, finished and vanished Jobs, then at most one new Job for the latest
 * slot. Always succeeds; it asks for the next sync itself.
 */
export function syncCronJob(run: CronJobRun): boolean {
  const { clock } = run;
  if (run.gone) return true;
  if (clock.now < run.awayUntil) {
    run.queue.add(run.awayUntil - clock.now);
    return true;
  }
  const spec = run.cronJob.spec ?? {};
  // Jobs that this sync deletes are still in the list that it took before.
  const children = [...run.existing];
  keepHistory(run, spec, children);
  followActive(run, children);
  schedule(run, spec);
  noteActive(run);
  return true;
}

/** `status.active` as it was last written. */
function noteActive(run: CronJobRun): void {
  const n = run.active.size;
  if (run.activeCounts.at(-1)?.n === n) return;
  run.activeCounts.push({ t: run.clock.now / 1000, n });
  // The status write comes back as an update, which syncs again.
  run.queue.add(0);
}

function keepHistory(run: CronJobRun, spec: CronJobSpec, children: readonly CronChild[]): void {
  const { successfulJobsHistoryLimit: successes, failedJobsHistoryLimit: failures } = spec;
  const ended = (how: 'Complete' | 'Failed'): CronChild[] =>
    children.filter((child) => endOfChild(child, run.clock.now) === how);
  if (successes !== undefined)
    removeOldest(run, ended('Complete'), successes, 'complete', 'spec.successfulJobsHistoryLimit');
  if (failures !== undefined) removeOldest(run, ended('Failed'), failures, 'failed', 'spec.failedJobsHistoryLimit');
}

/** By startTime, those without one last, then by name. */
function byAge(a: CronChild, b: CronChild): number {
  const [first, second] = [a.simulation.run.status.startTime, b.simulation.run.status.startTime];
  return (first ?? Infinity) - (second ?? Infinity) || (a.name < b.name ? -1 : 1);
}

function removeOldest(
  run: CronJobRun,
  ended: CronChild[],
  limit: number,
  kind: 'complete' | 'failed',
  field: string,
): void {
  const surplus = ended.length - limit;
  if (surplus <= 0) return;
  for (const child of ended.sort(byAge).slice(0, surplus)) {
    explainCron(
      run,
      `Job ${child.name} is deleted: ${limit === 0 ? `no ${kind} Job is kept` : `of ${ended.length} ${kind} Jobs the latest ${limit === 1 ? 'one is' : `${limit} are`} kept`}.`,
      field,
    );
    // A sync that comes before the status without the Job looks for it in vain. The real controller loses that race now
    // and then, here it does every third time.
    const races = run.active.has(child) && ++run.deletedActive % 3 === 0;
    deleteChild(run, child);
    if (races) cronEvent(run, 'Normal', 'MissingJob', `Active job went missing: ${child.name}`);
  }
}

function deleteChild(run: CronJobRun, child: CronChild): void {
  run.active.delete(child);
  cronEvent(run, 'Normal', 'SuccessfulDelete', `Deleted job ${child.name}`);
  child.simulation.run.recorder.explainJob('The CronJob deletes the Job; its pods go with it.');
  child.simulation.delete('background');
}

function followActive(run: CronJobRun, children: readonly CronChild[]): void {
  for (const child of children) {
    const end = endOfChild(child, run.clock.now);
    if (end === null || !run.active.delete(child)) continue;
    cronEvent(run, 'Normal', 'SawCompletedJob', `Saw completed job: ${child.name}, condition: ${end}`);
  }
  for (const child of [...run.active]) {
    if (run.existing.has(child)) continue;
    run.active.delete(child);
    cronEvent(run, 'Normal', 'MissingJob', `Active job went missing: ${child.name}`);
  }
}

function schedule(run: CronJobRun, spec: CronJobSpec): void {
  const { timeZone, suspend, schedule: text = '' } = spec;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    cronEvent(run, 'Warning', 'UnknownTimeZone', `invalid timeZone: "${timeZone}": unknown time zone ${timeZone}`);
    return;
  }
  if (suspend === true) return;
  const times = timesOf(run, text, timeZone ?? run.controllerTimeZone);
  if ('problem' in times) {
    cronEvent(run, 'Warning', 'UnparseableSchedule', `unparseable schedule: "${text}" : ${times.problem}`);
    return;
  }
  const question: SlotQuestion = {
    times,
    created: Math.floor(run.start / 1000),
    lastSchedule: run.lastSchedule,
    startingDeadlineSeconds: spec.startingDeadlineSeconds ?? null,
    now: wallClock(run),
  };
  const { slot, missed, invalid } = mostRecentSlot(question);
  if (invalid) {
    const why = 'time difference between two schedules is less than 1 second';
    cronEvent(run, 'Warning', 'InvalidSchedule', `invalid schedule: ${text} : ${why}`);
    explainCron(run, `The schedule ${text} finds no time in five years: the CronJob never runs.`, 'spec.schedule');
    return;
  }
  if (slot !== null) considerSlot(run, spec, slot, missed, question);
  requeue(run, { ...question, lastSchedule: run.lastSchedule });
}

/** The times of a schedule, read once as long as it stays the same. */
function timesOf(run: CronJobRun, schedule: string, zone: string): ScheduleTimes | CronProblem {
  if (run.times?.schedule === schedule && run.times.zone === zone) return run.times.times;
  const parsed = parseCron(schedule);
  if ('problem' in parsed) return parsed;
  const times = scheduleTimes(parsed, zone);
  run.times = { schedule, zone, times };
  return times;
}

function requeue(run: CronJobRun, question: SlotQuestion): void {
  const delay = nextSlot(question) * 1000 + SLOT_PADDING - run.start - run.clock.now;
  run.queue.add(Math.max(delay, 0));
}

function considerSlot(run: CronJobRun, spec: CronJobSpec, slot: number, missed: number, { now }: SlotQuestion): void {
  if (missed > MANY_MISSED) {
    const advice = 'Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    cronEvent(run, 'Warning', 'TooManyMissedTimes', `too many missed start times. ${advice}`);
    explainCron(
      run,
      `About ${missed} slots were missed; only the latest of them runs.`,
      'spec.startingDeadlineSeconds',
    );
  }
  const { startingDeadlineSeconds: deadline, concurrencyPolicy } = spec;
  if (deadline !== undefined && slot + deadline < now) {
    cronEvent(
      run,
      'Warning',
      'MissSchedule',
      `Missed scheduled time to start a job: ${new Date(slot * 1000).toUTCString().replace('GMT', '+0000')}`,
    );
    return;
  }
  const name = `${run.name}-${Math.floor(slot / 60)}`;
  if (run.lastSchedule === slot || [...run.active].some((child) => child.name === name)) return;
  if (concurrencyPolicy === 'Forbid' && run.active.size > 0) {
    cronEvent(
      run,
      'Normal',
      'JobAlreadyActive',
      'Not starting job because prior execution is running and concurrency policy is Forbid',
    );
    explainCron(
      run,
      `The slot ${saySlot(run, slot)} waits: ${[...run.active][0]!.name} still runs, and concurrencyPolicy is Forbid.`,
      'spec.concurrencyPolicy',
    );
    return;
  }
  if (concurrencyPolicy === 'Replace')
    for (const child of [...run.active]) {
      explainCron(
        run,
        `Job ${child.name} is deleted unfinished: the next slot has come, and concurrencyPolicy is Replace.`,
        'spec.concurrencyPolicy',
      );
      deleteChild(run, child);
    }
  // Names count minutes: a second slot within one finds the first one's Job, takes it for its own, and makes none.
  const twin = [...run.existing].find((child) => child.name === name);
  run.lastSchedule = slot;
  if (twin !== undefined) {
    run.active.add(twin);
    run.queue.add(0);
    return;
  }
  const child = run.createJob(jobOfSlot(run, spec, name, slot), slot);
  cronEvent(run, 'Normal', 'SuccessfulCreate', `Created job ${name}`);
  const late = Math.round(now - slot);
  explainCron(
    run,
    `Job ${name} is created for the slot ${saySlot(run, slot)}${late > 1 ? `, ${sayDuration(late)} late` : ''}.`,
    'spec.schedule',
  );
  run.active.add(child);
}

function jobOfSlot(run: CronJobRun, spec: CronJobSpec, name: string, slot: number): Job {
  const { metadata, spec: jobSpec } = spec.jobTemplate ?? {};
  const scheduled = `${new Date(slot * 1000).toISOString().slice(0, 19)}Z`;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: run.namespace,
      labels: metadata?.labels,
      annotations: { ...metadata?.annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': scheduled },
    },
    spec: jobSpec,
  };
}
