import type { CronJob, CronJobSpec } from '../../core/kubernetes/generated/types.ts';
import { sayCron } from '../../core/kubernetes/cron-words.ts';
import { sayDuration } from '../../core/kubernetes/duration-words.ts';
import { countOf } from '../../core/forecast/words.ts';
import { nextRuns, sayTime } from '../../core/kubernetes/next-runs.ts';

/** How many of the next runs are listed. */
const RUNS = 5;

/** What the reader's clock says. */
export interface Clock {
  /** The present, in milliseconds since 1970. */
  readonly now: number;
  /** The IANA name of the reader's time zone. */
  readonly zone: string;
}

/**
 * What a field of CronJobSpec means for this very CronJob, in plain sentences; null when the field is not one of those.
 * `field` is `CronJobSpec.schedule` and the like.
 */
export function tellCronJob(field: string, cronJob: CronJob, { now, zone }: Clock): readonly string[] | null {
  const spec = cronJob.spec ?? {};
  switch (field) {
    case 'CronJob.kind':
    case 'CronJobSpec.schedule':
    case 'CronJobSpec.timeZone':
      return tellSchedule(spec, now, zone);
    case 'CronJobSpec.startingDeadlineSeconds':
      return spec.startingDeadlineSeconds === undefined
        ? []
        : spec.startingDeadlineSeconds === 0
          ? ['0: nothing ever runs.']
          : [`A run may start up to ${sayDuration(spec.startingDeadlineSeconds)} late; after that it is left out.`];
    case 'CronJobSpec.suspend':
      return [spec.suspend === true ? 'No new Job is made until this is false.' : 'Jobs are made when they are due.'];
    case 'CronJobSpec.successfulJobsHistoryLimit':
      return [sayKept(spec.successfulJobsHistoryLimit ?? 3, 'successful')];
    case 'CronJobSpec.failedJobsHistoryLimit':
      return [sayKept(spec.failedJobsHistoryLimit ?? 1, 'failed')];
    default:
      return null;
  }
}

function sayKept(count: number, which: string): string {
  return count === 0
    ? `No ${which} Job is kept: its logs go with it.`
    : `The last ${countOf(count, `${which} Job is`, `${which} Jobs are`)} kept.`;
}

function tellSchedule(spec: CronJobSpec, now: number, readerZone: string): readonly string[] {
  const schedule = spec.schedule ?? '';
  const words = sayCron(schedule);
  const told: string[] = [];
  if (words !== null)
    told.push(
      `${words}${spec.timeZone === undefined ? ' (time of the controller, mostly UTC)' : ` (${spec.timeZone})`}.`,
    );
  if (spec.suspend === true) told.push('Suspended: no run is started.');
  const runs = nextRuns(spec, now, RUNS);
  if (runs === null) return told;
  const [first] = runs.at;
  if (first === undefined) return [...told, 'It never runs: no such time in five years.'];
  const utc = spec.timeZone === undefined ? ' UTC' : '';
  told.push(`Next: ${runs.at.map((at) => `${sayTime(at, runs.zone)}${utc}`).join('; ')}.`);
  const there = sayTime(first, readerZone);
  if (there !== sayTime(first, runs.zone)) told.push(`On your clock (${readerZone}) the first is ${there}.`);
  return told;
}
