import { forecastJob, type Forecast } from '../forecast/forecast.ts';
import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import type { Fix, Json } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import { literalExitCodes } from './container-text.ts';
import { laterPod, untaggedImages } from './image-tag.ts';
import { isTidiedByOthers } from './managed-by-others.ts';
import type { Advice, AdviceRule, JobSubject } from './rule.ts';

/** One field that is absent and would be of use. */
interface Unset {
  /** What to say: the field and, in brackets, what happens without it. */
  readonly text: string;
  readonly fix?: Fix;
}

export const LEFT_UNSET: AdviceRule = {
  id: 'advice/left-unset',
  title: 'Limits and cleaning up left to defaults',
  why: 'Without activeDeadlineSeconds a pod that never starts, or hangs, keeps the Job running for ever. Without backoffLimit a failing pod is tried seven times, which work that must not be repeated may not bear. Without resource requests the scheduler cannot keep room, and such pods are evicted first. Without a tag an image means whatever was pushed last. Without ttlSecondsAfterFinished finished Jobs and their pods stay until somebody deletes them. A CronJob without concurrencyPolicy starts a run while the last one still goes on, and without timeZone runs by the clock of the controller. Everything that is absent is named in one finding.',
  severity: 'hint',
  group: 'reliability',
  fixable: true,
  inJobSets: false,
  judgeJob(subject) {
    return subject.cronJob === null ? adviceOf(unsetOfJob(subject)) : [];
  },
  judgeCronJob(cronJob) {
    const template = cronJob.spec?.jobTemplate;
    const job: Job = { metadata: template?.metadata, spec: template?.spec };
    const forecast = forecastJob(job);
    if (forecast.foreignController !== null) return [];
    return adviceOf([
      ...unsetOfCronJob(cronJob),
      ...unsetOfJob({ job, forecast, cronJob, podSecurity: null, keysOf: null }),
    ]);
  },
};

function adviceOf(unset: readonly Unset[]): readonly Advice[] {
  if (unset.length === 0) return [];
  return [
    {
      path: ['spec'],
      message: `Not set: ${unset.map(({ text }) => text).join(', ')}.`,
      fixes: unset.flatMap(({ fix }) => (fix === undefined ? [] : [fix])),
    },
  ];
}

function unsetOfJob(subject: JobSubject): Unset[] {
  const { job, forecast, cronJob } = subject;
  const spec = job.spec ?? {};
  const within: FieldPath = cronJob === null ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
  const unset: Unset[] = [];
  // A deadline of the pod ends one that hangs, and with Replace the next run does.
  const bounded =
    spec.template?.spec?.activeDeadlineSeconds !== undefined || cronJob?.spec?.concurrencyPolicy === 'Replace';
  if (spec.activeDeadlineSeconds === undefined && !bounded)
    unset.push({
      text:
        cronJob?.spec?.concurrencyPolicy === 'Forbid'
          ? 'activeDeadlineSeconds (a pod that hangs stops all later runs, under Forbid)'
          : 'activeDeadlineSeconds (nothing ends a pod that hangs or never starts)',
      fix: setField(within, 'activeDeadlineSeconds', 3600, 'End the Job after an hour'),
    });
  if (spec.backoffLimit === undefined && spec.backoffLimitPerIndex === undefined)
    unset.push({
      text: `backoffLimit (${sayDefaultLimit(forecast)})`,
      fix: setField(within, 'backoffLimit', 6, 'Write down the default backoffLimit 6'),
    });
  const bare = (spec.template?.spec?.containers ?? []).filter(
    ({ resources }) => resources?.requests === undefined && resources?.limits === undefined,
  );
  if (bare.length > 0 && spec.template?.spec?.resources === undefined)
    unset.push({ text: `resource requests of ${bare.map(({ name = '?' }) => name).join(' and ')}` });
  if (
    spec.podFailurePolicy?.rules?.some(({ action }) => action === 'FailJob' || action === 'FailIndex') === true &&
    spec.template?.spec?.containers?.every(({ terminationMessagePolicy: policy }) => policy === undefined) === true
  )
    unset.push({
      text: 'terminationMessagePolicy FallbackToLogsOnError (the status of a failed pod says only its code)',
    });
  const untagged = untaggedImages(subject);
  if (untagged.length > 0)
    unset.push({ text: `a version of image ${untagged.join(' and ')} (${laterPod(subject)} may run another one)` });
  if (tellsNoCodesApart(job, forecast))
    unset.push({ text: 'podFailurePolicy (errors that no retry heals are retried, too)' });
  if (spec.ttlSecondsAfterFinished === undefined && cronJob === null && !isTidiedByOthers(job))
    unset.push({
      text: 'ttlSecondsAfterFinished (the Job stays until somebody deletes it)',
      fix: setField(within, 'ttlSecondsAfterFinished', 86_400, 'Delete the Job a day after its end'),
    });
  return unset;
}

/** What the default limit means: for pods that can all fail at once, less than one try for each. */
function sayDefaultLimit({ parallelism, retries }: Forecast): string {
  return retries.by === 'pods' && parallelism.peak > retries.limit
    ? `${retries.limit} failures, and ${parallelism.peak} pods may fail at once`
    : `${retries.attempts} attempts`;
}

/** For many pods a policy pays; codes in their script are the matter of another rule. */
function tellsNoCodesApart({ spec = {} }: Job, { work, retries }: Forecast): boolean {
  const pod = spec.template?.spec;
  const many = work.kind !== 'queue' && work.completions > 1;
  return (
    many &&
    spec.podFailurePolicy === undefined &&
    pod?.restartPolicy === 'Never' &&
    retries.limit > 0 &&
    literalExitCodes(pod).length < 2
  );
}

function unsetOfCronJob({ spec }: CronJob): Unset[] {
  const unset: Unset[] = [];
  if (spec?.concurrencyPolicy === undefined)
    unset.push({
      text: 'concurrencyPolicy (Allow: runs may overlap)',
      fix: setField(['spec'], 'concurrencyPolicy', 'Forbid', 'Let no run start while one goes on: Forbid'),
    });
  // A deadline of the runs bounds how late the next can be.
  const bounded = spec?.jobTemplate?.spec?.activeDeadlineSeconds !== undefined;
  if (spec?.concurrencyPolicy === 'Forbid' && spec.startingDeadlineSeconds === undefined && !bounded)
    unset.push({
      text: 'startingDeadlineSeconds (a run that was held back starts late, right behind the one before)',
      fix: setField(['spec'], 'startingDeadlineSeconds', 600, 'Let no run start more than 10 minutes late'),
    });
  if (
    spec?.timeZone === undefined &&
    !/TZ=|@every|@hourly/.test(spec?.schedule ?? '') &&
    !isHourly(spec?.schedule ?? '')
  )
    unset.push({ text: 'timeZone (the clock of the controller, mostly UTC)' });
  return unset;
}

/** Runs every hour or more often, on every day: then the zone hardly matters. */
function isHourly(schedule: string): boolean {
  const [, hour, day, month, weekday] = schedule.trim().split(/\s+/);
  return [hour, day, month, weekday].every((field) => field === '*');
}

function setField(within: FieldPath, field: string, value: Json, title: string): Fix {
  return { title, edits: [{ kind: 'set', path: [...within, field], value }] };
}
