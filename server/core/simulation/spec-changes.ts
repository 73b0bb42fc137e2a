import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { trueCondition, type JobRun } from './job-run.ts';

/** Why the API server refuses a change, in its words. */
export interface RefusedChange {
  /** Server-style path; empty where it concerns the object as a whole. */
  readonly field: string;
  readonly message: string;
}

/**
 * What the API server would refuse of a change to an object that exists, both as written, or null when it accepts it.
 * Handed in by who simulates: the rules are the validation's, which a simulation knows nothing of.
 */
export type JudgeChange = (
  kind: 'Job' | 'CronJob',
  before: Job | CronJob,
  after: Job | CronJob,
) => RefusedChange | null;

/** A judge that takes every change. */
export const takesAll: JudgeChange = () => null;

/**
 * What the API server would refuse of a change to a Job in a run: what its judge says, and any change of the template of
 * a Job that is suspended only by its spec while pods of it are still active (mutableSchedulingDirectives).
 */
export function refusedChange(old: Job, changed: Job, run: JobRun, judge: JudgeChange): RefusedChange | null {
  const refusal = judge('Job', named(old, run), named(changed, run));
  if (refusal !== null) return refusal;
  const same = JSON.stringify(old.spec?.template) === JSON.stringify(changed.spec?.template);
  if (same || mayEditTemplate(run)) return null;
  return { field: 'spec.template', message: 'spec.template: Invalid value: field is immutable' };
}

/** A Job with generateName has got a name by then. */
function named(job: Job, { name }: JobRun): Job {
  return job.metadata?.name === undefined ? { ...job, metadata: { ...job.metadata, name } } : job;
}

/** A suspended Job's template may change in part (scheduling directives, resources) once none of its pods is active. */
function mayEditTemplate(run: JobRun): boolean {
  if (!run.spec.suspend) return false;
  return run.status.startTime === null || (trueCondition(run.status, 'Suspended') !== null && run.status.active === 0);
}
