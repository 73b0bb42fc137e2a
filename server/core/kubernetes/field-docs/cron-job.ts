import type { ObjectDocs } from './field-doc.ts';

/** batch/v1 CronJob. */
export const CRON_JOB_DOCS: Readonly<Record<string, ObjectDocs>> = {
  CronJob: {
    apiVersion: { summary: 'The API group and version: `batch/v1` for CronJobs (`batch/v1beta1` left with 1.25).' },
    kind: { summary: '`CronJob`: makes a Job whenever its schedule says so.' },
    metadata: {
      summary: 'Name, namespace, labels and annotations of the CronJob.',
      detail: 'The name may have 52 characters, since each Job adds its minute to it.',
    },
    spec: { summary: 'When Jobs are made, and from which template.' },
    status: { summary: 'When it last ran, and which of its Jobs run now.', written: true },
  },
  CronJobSpec: {
    schedule: {
      summary: 'When to make a Job: minute, hour, day of the month, month, day of the week.',
      detail:
        'Numbers, lists `1,15`, ranges `1-5`, steps `*/10`, names `JAN` and `MON`; Sunday is 0, never 7. If both days are restricted, either is enough. Or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`, `@every 90m`. A zone belongs in timeZone, not here.',
      change: 'may be changed at any time',
    },
    timeZone: {
      summary: 'The time zone of the schedule, by its name in the IANA list, such as `Europe/Berlin`; case matters.',
      detail: 'When clocks go forward, a time in the hour left out is skipped; when they go back, it runs twice.',
      default: 'that of the controller, in most clusters UTC',
      since: { on: '1.25', stable: '1.27' },
    },
    startingDeadlineSeconds: {
      summary: 'How many seconds late a run may still start.',
      detail: 'A run that is later is left out. Below 10 s a busy controller loses runs; with 0 nothing ever runs.',
      default: 'none: a missed run starts however late, the latest one only',
    },
    concurrencyPolicy: {
      summary: 'What happens when a run is due while an earlier one still goes on.',
      default: 'Allow',
      values: {
        Allow: 'both run: Jobs that take longer than the interval pile up',
        Forbid: 'the new run waits for the earlier one to end, and starts late if startingDeadlineSeconds allows it',
        Replace: 'the earlier Job is deleted and the new one starts: Jobs longer than the interval never finish',
      },
    },
    suspend: {
      summary: 'Makes no more Jobs while true; those that run go on.',
      detail: 'When it ends, the latest missed run starts at once, unless startingDeadlineSeconds forbids it.',
      default: 'false',
    },
    jobTemplate: { summary: 'The Job that each run makes.', detail: 'A change counts from the next run on.' },
    successfulJobsHistoryLimit: {
      summary: 'How many Jobs that are Complete are kept, with their pods and logs.',
      detail: 'Older ones are deleted. 0 keeps none.',
      default: '3',
    },
    failedJobsHistoryLimit: {
      summary: 'How many failed Jobs are kept, with their pods and logs.',
      detail: 'Older ones are deleted. 0 keeps none, so that a failure leaves nothing to read.',
      default: '1',
    },
  },
  CronJobStatus: {
    active: { summary: 'The Jobs that have not ended.', written: true },
    lastScheduleTime: { summary: 'The time of the last run that was started.', written: true },
    lastSuccessfulTime: { summary: 'When a Job last became Complete.', written: true },
  },
};
