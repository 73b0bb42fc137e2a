import { matchesLabels, type LabelRequirement } from '../../../server/core/kubernetes/label-query.ts';
import { jobState, type JobState } from '../../../server/core/timeline/job-state.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';

/** Which Jobs the view shows. */
export interface JobFilter {
  /** Any of these; empty: all. */
  readonly states: ReadonlySet<JobState>;
  /** The selector as it was written; empty: none. */
  readonly selector: string;
  /** What it says. */
  readonly labels: readonly LabelRequirement[];
}

export const NO_FILTER: JobFilter = { states: new Set(), selector: '', labels: [] };

export function isFiltering({ states, labels }: JobFilter): boolean {
  return states.size > 0 || labels.length > 0;
}

export function passes({ states, labels }: JobFilter, job: ObservedJob): boolean {
  return (states.size === 0 || states.has(jobState(job))) && matchesLabels(labels, job.metadata.labels);
}

/** `Failed or Suspended, app=report`; empty where nothing is filtered. */
export function sayFilter({ states, selector, labels }: JobFilter): string {
  return [[...states].join(' or '), labels.length === 0 ? '' : selector.trim()]
    .filter((part) => part !== '')
    .join(', ');
}
