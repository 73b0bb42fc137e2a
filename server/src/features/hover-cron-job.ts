import type { CronJob, CronJobSpec } from '../../core/kubernetes/generated/types.ts';
import { parseCron } from '../../core/kubernetes/cron.ts';
import { nextRun } from '../../core/kubernetes/cron-times.ts';
import { isTimeZone, zoneOffset } from '../../core/kubernetes/time-zone.ts';
import { sayCron } from '../../core/kubernetes/cron-words.ts';
import { sayDuration } from '../../core/kubernetes/duration-words.ts';
import { countOf } from '../../core/forecast/words.ts';

/** How many of the next runs are listed. */
const RUNS = 5;

/**
 * What a field of CronJobSpec means for this very CronJob, in plain sentences; null when the field is not one of those.
 * `field` is `CronJobSpec.schedule` and the like, `now` milliseconds since 1970.
 */
export function tellCronJob(field: string, cronJob: CronJob, now: number): readonly string[] | null {
  const spec = cronJob.spec ?? {};
  switch (field) {
    case 'CronJob.kind':
    case 'CronJobSpec.schedule':
    case 'CronJobSpec.timeZone':
      return tellSchedule(spec, now);
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

function tellSchedule(spec: CronJobSpec, now: number): readonly string[] {
  const schedule = spec.schedule ?? '';
  const words = sayCron(schedule);
  const told: string[] = [];
  if (words !== null)
    told.push(
      `${words}${spec.timeZone === undefined ? ' (time of the controller, mostly UTC)' : ` (${spec.timeZone})`}.`,
    );
  if (spec.suspend === true) told.push('Suspended: no run is started.');
  const runs = nextRuns(spec, now);
  if (runs !== null)
    told.push(runs.length === 0 ? 'It never runs: no such time in five years.' : `Next: ${runs.join('; ')}.`);
  return told;
}

/** The next runs in the schedule's own zone (UTC where it has none); null for a schedule or zone that is not one. */
function nextRuns({ schedule, timeZone }: CronJobSpec, now: number): readonly string[] | null {
  const cron = parseCron(schedule ?? '');
  if ('problem' in cron || (timeZone !== undefined && !isTimeZone(timeZone))) return null;
  const zone = cron.kind === 'fields' && cron.zone !== undefined ? cron.zone : (timeZone ?? 'UTC');
  const runs: string[] = [];
  let after = now / 1000;
  while (runs.length < RUNS) {
    const next = nextRun(cron, after, zone);
    if (next === null) break;
    runs.push(`${sayTime(next + zoneOffset(zone)(next))}${timeZone === undefined ? ' UTC' : ''}`);
    after = next;
  }
  return runs;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Local time from seconds since 1970 that were shifted by the zone's offset: `Mon 2026-01-05 03:30`. */
function sayTime(localSeconds: number): string {
  const date = new Date(localSeconds * 1000);
  const text = date.toISOString();
  const seconds = date.getUTCSeconds() === 0 ? '' : text.slice(16, 19);
  return `${WEEKDAYS[date.getUTCDay()] ?? ''} ${text.slice(0, 10)} ${text.slice(11, 16)}${seconds}`;
}
