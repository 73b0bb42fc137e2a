import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';

/** The Job itself, or the one that a CronJob would make each time: one run of it is simulated. */
export function jobOf(object: Job | CronJob): Job {
  if (!isCronJob(object)) return object;
  const template = object.spec?.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...template?.metadata, name: object.metadata?.name },
    spec: template?.spec,
  };
}

export function isCronJob(object: Job | CronJob): object is CronJob {
  return object.kind === 'CronJob';
}
