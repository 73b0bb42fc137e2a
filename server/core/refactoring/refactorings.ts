import { forecastJob } from '../forecast/forecast.ts';
import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { cronJobToJob, jobToCronJob } from './cron-job.ts';
import { envToConfigMap } from './env-to-config-map.ts';
import { failurePolicyForCodes } from './failure-policy-for-codes.ts';
import { makeIndexed } from './make-indexed.ts';
import { nativeSidecar } from './native-sidecar.ts';
import type { JobRefactoring, Refactoring } from './refactoring.ts';
import { retriesPerIndex } from './retries-per-index.ts';
import { sortFailureRules } from './sort-failure-rules.ts';

const OF_JOBS: readonly JobRefactoring[] = [
  makeIndexed,
  retriesPerIndex,
  failurePolicyForCodes,
  sortFailureRules,
  nativeSidecar,
  envToConfigMap,
];

/** Every refactoring that fits a Job or CronJob, in the order of the menu. Takes the object as decoded. */
export function refactoringsOf(kind: 'Job' | 'CronJob', object: Job | CronJob): readonly Refactoring[] {
  const cronJob = kind === 'CronJob' ? (object as CronJob) : null;
  const template = cronJob?.spec?.jobTemplate;
  const job: Job = cronJob === null ? (object as Job) : { metadata: template?.metadata, spec: template?.spec };
  const subject = {
    job: cronJob === null ? job : { ...job, metadata: { ...job.metadata, namespace: cronJob.metadata?.namespace } },
    forecast: forecastJob(job),
    prefix: cronJob === null ? [] : ['spec', 'jobTemplate'],
    name: object.metadata?.name ?? '',
  };
  const kinds = cronJob === null ? jobToCronJob(job) : cronJobToJob(cronJob);
  return [...OF_JOBS.flatMap((refactoring) => refactoring(subject)), ...kinds];
}
