import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { isFiltering, passes, type JobFilter } from './job-filter.ts';

/** A CronJob with the Jobs that it made. */
export interface CronJobGroup {
  readonly uid: string;
  readonly name: string;
  /** Null where only its Jobs tell of it. */
  readonly cronJob: ObservedCronJob | null;
  /** The youngest first. */
  readonly jobs: readonly ObservedJob[];
}

/** The Jobs of a namespace as they belong together. */
export interface JobGroups {
  /** By name. */
  readonly cronJobs: readonly CronJobGroup[];
  /** Jobs that no CronJob made, the youngest first. */
  readonly alone: readonly ObservedJob[];
  /** How many Jobs pass the filter, of how many. */
  readonly shown: number;
  readonly all: number;
}

/**
 * Puts Jobs below the CronJobs that own them (the owner reference tells, never the name), and leaves out what the filter
 * does not want: under a filter a CronJob without such Jobs is left out, too.
 */
export function groupJobs(
  jobs: readonly ObservedJob[],
  cronJobs: Iterable<ObservedCronJob>,
  filter: JobFilter,
): JobGroups {
  const wanted = jobs.filter((job) => passes(filter, job)).sort(youngestFirst);
  // By uid: a CronJob that was deleted and made again does not own what its predecessor left behind.
  const groups = new Map<string, CronJobGroup & { readonly jobs: ObservedJob[] }>();
  for (const cronJob of cronJobs)
    groups.set(cronJob.metadata.uid, { uid: cronJob.metadata.uid, name: cronJob.metadata.name, cronJob, jobs: [] });
  const alone: ObservedJob[] = [];
  for (const job of wanted) {
    const owner = cronJobOf(job);
    if (owner === null) {
      alone.push(job);
      continue;
    }
    const group = groups.get(owner.uid) ?? { ...owner, cronJob: null, jobs: [] };
    groups.set(owner.uid, group);
    group.jobs.push(job);
  }
  const filtering = isFiltering(filter);
  return {
    cronJobs: [...groups.values()]
      .filter((group) => !filtering || group.jobs.length > 0)
      .sort((a, b) => compare(a.name, b.name)),
    alone,
    shown: wanted.length,
    all: jobs.length,
  };
}

/** The CronJob that controls a Job; null where none does. */
export function cronJobOf({ metadata }: ObservedJob): { readonly name: string; readonly uid: string } | null {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  return owner?.kind === 'CronJob' && owner.uid !== undefined && owner.name !== undefined
    ? { name: owner.name, uid: owner.uid }
    : null;
}

/** RFC 3339 in UTC sorts as text. */
function youngestFirst({ metadata: a }: ObservedJob, { metadata: b }: ObservedJob): number {
  return compare(b.creationTimestamp ?? '', a.creationTimestamp ?? '') || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
