import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import type { ManifestEdit } from '../manifest/edit.ts';
import type { Refactoring } from './refactoring.ts';

/** The Job as the template of a CronJob: every night, in a zone that is said, one run at a time. */
export function jobToCronJob(job: Job): readonly Refactoring[] {
  if (job.spec === undefined) return [];
  return [
    {
      kind: 'rewrite',
      near: [],
      title: 'Make it a CronJob (every night at 3)',
      edits: [
        { kind: 'set', path: ['kind'], value: 'CronJob' },
        {
          kind: 'move',
          path: ['spec'],
          to: ['spec', 'jobTemplate', 'spec'],
          beside: { schedule: '0 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' },
        },
      ],
    },
  ];
}

/** The Job that one run of the CronJob is; labels and annotations of its template go with it. */
export function cronJobToJob(cronJob: CronJob): readonly Refactoring[] {
  const template = cronJob.spec?.jobTemplate;
  if (template?.spec === undefined) return [];
  const { labels = {}, annotations = {} } = template.metadata ?? {};
  const metadata = Object.entries({ labels, annotations }).flatMap(([field, map]) =>
    Object.entries(map).map(([key, value]): ManifestEdit => ({
      kind: 'set',
      path: ['metadata', field, { key }],
      value,
    })),
  );
  return [
    {
      kind: 'rewrite',
      near: [],
      title: 'Make it a Job (one run, without its schedule)',
      edits: [
        { kind: 'set', path: ['kind'], value: 'Job' },
        ...metadata,
        { kind: 'move', path: ['spec', 'jobTemplate', 'spec'], to: ['spec'] },
      ],
    },
  ];
}
