import type { Job, JobSpec } from '../kubernetes/generated/types.ts';
import { trueCondition, type JobRun } from './job-run.ts';

/** Why the API server refuses a change of a Job, in its words. */
export interface RefusedChange {
  readonly field: string;
  readonly message: string;
}

const IMMUTABLE: readonly (keyof JobSpec)[] = [
  'completionMode',
  'backoffLimitPerIndex',
  'managedBy',
  'podFailurePolicy',
  'successPolicy',
  'selector',
];
const NOT_NEGATIVE: readonly (keyof JobSpec)[] = [
  'parallelism',
  'completions',
  'backoffLimit',
  'activeDeadlineSeconds',
  'ttlSecondsAfterFinished',
  'maxFailedIndexes',
];

/** What the API server would refuse of a change to a Job that exists, or null when it accepts it. */
export function refusedChange(old: Job, changed: Job, run: JobRun): RefusedChange | null {
  const before = old.spec ?? {};
  const after = changed.spec ?? {};
  const same = (name: keyof JobSpec): boolean => JSON.stringify(before[name]) === JSON.stringify(after[name]);
  for (const name of NOT_NEGATIVE) {
    const value = after[name];
    if (typeof value === 'number' && (value < 0 || !Number.isInteger(value)))
      return { field: `spec.${name}`, message: `spec.${name}: Invalid value: must be greater than or equal to 0` };
  }
  if (!same('completions')) {
    const elastic = after.completionMode === 'Indexed';
    if (!elastic) return immutable('completions');
    if (after.completions !== after.parallelism)
      return {
        field: 'spec.completions',
        message: 'spec.completions: Invalid value: can only be modified in tandem with spec.parallelism',
      };
  }
  for (const name of IMMUTABLE) if (!same(name)) return immutable(name);
  if (same('template') || mayEditTemplate(run)) return null;
  return immutable('template');
}

function immutable(name: keyof JobSpec): RefusedChange {
  return { field: `spec.${name}`, message: `spec.${name}: Invalid value: field is immutable` };
}

/** A suspended Job's template may change in part (scheduling directives, resources) once none of its pods is active. */
function mayEditTemplate(run: JobRun): boolean {
  if (!run.spec.suspend) return false;
  return run.status.startTime === null || (trueCondition(run.status, 'Suspended') !== null && run.status.active === 0);
}
