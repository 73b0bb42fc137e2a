import { defaultJob } from '../kubernetes/defaults.ts';
import type { Job, JobSpec } from '../kubernetes/generated/types.ts';
import { readFailureRules, type FailureRuleReading } from './failure-rules.ts';
import { forecastParallelism, workOf, type ParallelismForecast, type Work } from './parallelism.ts';
import { forecastRetries, type RetryForecast } from './retries.ts';
import { readSuccessRules, type SuccessRuleReading } from './success-rules.ts';
import { forecastWorstCase, type WorstCase } from './worst-case.ts';

/** What follows from a Job's spec without running it. Times are in seconds. */
export interface Forecast {
  /** The spec with the API server's defaults, from which all of this was read. */
  readonly spec: JobSpec;
  readonly work: Work;
  readonly parallelism: ParallelismForecast;
  readonly retries: RetryForecast;
  readonly worst: WorstCase;
  readonly failureRules: readonly FailureRuleReading[];
  readonly successRules: readonly SuccessRuleReading[];
  /** The Job makes no pods until `spec.suspend` is taken away. */
  readonly suspended: boolean;
  /** Another controller than Kubernetes' own looks after the Job (`spec.managedBy`): nothing here is promised. */
  readonly foreignController: string | null;
}

/**
 * Reads a Job as the controller will. Takes the Job as decoded, complete or not: what is missing gets the API server's
 * default, and what the server would refuse is read as far as it makes sense.
 */
export function forecastJob(job: Job): Forecast {
  const spec = defaultJob(job).spec ?? {};
  const work = workOf(spec);
  const parallelism = forecastParallelism(spec);
  const retries = forecastRetries(spec, parallelism.peak);
  const managedBy = spec.managedBy;
  return {
    spec,
    work,
    parallelism,
    retries,
    worst: forecastWorstCase(spec, work, parallelism, retries),
    failureRules: readFailureRules(spec),
    successRules: readSuccessRules(spec),
    suspended: spec.suspend === true,
    foreignController: managedBy === undefined || managedBy === 'kubernetes.io/job-controller' ? null : managedBy,
  };
}
