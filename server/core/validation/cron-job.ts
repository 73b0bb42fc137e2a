import type { CronJob, CronJobSpec, JobSpec } from '../kubernetes/generated/types.ts';
import { scheduleProblem } from '../kubernetes/cron.ts';
import { timeZoneProblems } from '../kubernetes/time-zone.ts';
import { byteLength } from '../kubernetes/text.ts';
import type { FieldPath } from '../manifest/path.ts';
import { choiceFixes } from './choice-fixes.ts';
import { checkJobSpec } from './job-spec.ts';
import { checkMetadata, effectiveName } from './metadata.ts';
import type { Report } from './report.ts';
import { warnOfJob } from './warnings/job-warnings.ts';

const SPEC: FieldPath = ['spec'];
const JOB_SPEC: FieldPath = ['spec', 'jobTemplate', 'spec'];
/** The controller appends a dash and ten digits, and the Job's name has to fit a label. */
const LONGEST_NAME = 52;
const CONCURRENCY_POLICIES = ['Allow', 'Forbid', 'Replace'];

/** A CronJob on create. Its jobTemplate gets no defaults of a Job; its metadata is not looked at. */
export function checkCronJob(cronJob: CronJob, report: Report): void {
  const { metadata, spec = {} } = cronJob;
  const name = effectiveName(metadata);
  checkMetadata(metadata, report);
  if (byteLength(name) > LONGEST_NAME)
    report.invalid(['metadata', 'name'], name, `must be no more than ${LONGEST_NAME} characters`);
  checkSchedule(spec, report);
  checkConcurrencyPolicy(spec.concurrencyPolicy ?? '', report);
  for (const field of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'] as const)
    report.nonNegative([...SPEC, field], spec[field]);
  const jobSpec = spec.jobTemplate?.spec ?? {};
  checkJobSpec(jobSpec, JOB_SPEC, report);
  checkSelector(jobSpec, report);
  warnOfJob(metadata, jobSpec, JOB_SPEC, report);
}

function checkSchedule({ schedule = '', timeZone }: CronJobSpec, report: Report): void {
  const place = [...SPEC, 'schedule'];
  if (schedule === '') report.required(place);
  else {
    const problem = scheduleProblem(schedule);
    if (problem !== null) report.invalid(place, schedule, problem);
    if (schedule.includes('TZ'))
      report.invalid(place, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead', {
        fixes: zoneFix(schedule, timeZone),
      });
  }
  if (timeZone === undefined) return;
  const zonePath = [...SPEC, 'timeZone'];
  for (const { says, nearest } of timeZoneProblems(timeZone))
    report.invalid(zonePath, timeZone, says, {
      fixes:
        nearest === null
          ? []
          : [
              {
                title: `Change timeZone to ${nearest}`,
                edits: [{ kind: 'set', path: zonePath, value: nearest }],
                preferred: true,
              },
            ],
    });
}

/** Moves the zone of `CRON_TZ=Europe/Berlin 0 2 * * *` to the field made for it. */
function zoneFix(schedule: string, timeZone: string | undefined) {
  const match = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(schedule);
  if (match === null || match[2]!.includes('TZ')) return [];
  const zone = match[1]!;
  const edits = [
    { kind: 'set', path: [...SPEC, 'schedule'], value: match[2]! },
    { kind: 'set', path: [...SPEC, 'timeZone'], value: zone },
  ] as const;
  return [
    { title: `Move the zone to timeZone: ${zone}`, edits, preferred: timeZone === undefined || timeZone === zone },
  ];
}

function checkConcurrencyPolicy(policy: string, report: Report): void {
  // An empty policy becomes Allow before validation.
  if (policy === '' || CONCURRENCY_POLICIES.includes(policy)) return;
  const place = [...SPEC, 'concurrencyPolicy'];
  report.notSupported(place, policy, CONCURRENCY_POLICIES, {
    fixes: () => choiceFixes(place, policy, CONCURRENCY_POLICIES),
  });
}

function checkSelector(spec: JobSpec, report: Report): void {
  const remove = (field: string) =>
    [{ title: `Remove ${field}`, edits: [{ kind: 'remove', path: [...JOB_SPEC, field] }], preferred: true }] as const;
  if (spec.selector !== undefined)
    report.invalid([...JOB_SPEC, 'selector'], spec.selector, '`selector` will be auto-generated', {
      fixes: remove('selector'),
    });
  if (spec.manualSelector === true)
    report.notSupported([...JOB_SPEC, 'manualSelector'], true, ['nil', 'false'], { fixes: remove('manualSelector') });
}
