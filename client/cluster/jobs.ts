import { jobState } from '../../server/core/timeline/job-state.ts';
import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { Connection } from './connection.ts';
import { listObjects } from './list.ts';
import { success, type Result } from './problem.ts';

/** One Job in a list to choose from. */
export interface JobSummary {
  readonly name: string;
  readonly uid: string;
  readonly namespace: string;
  /** RFC 3339. */
  readonly created: string;
  /** In kubectl's words: `Complete`, `Failed`, `Terminating`, `Suspended`, `FailureTarget`, `SuccessCriteriaMet`, `Running`. */
  readonly state: string;
  readonly succeeded: number;
  /** Null when unset: a work queue. */
  readonly completions: number | null;
  /** Name of the CronJob that made it. */
  readonly cronJob: string | null;
}

export interface JobListing {
  /** The youngest first. */
  readonly jobs: readonly JobSummary[];
  /** True when there are more than `maximum`. */
  readonly truncated: boolean;
}

interface ListOptions {
  readonly signal?: AbortSignal;
  readonly maximum?: number;
}

const MAXIMUM = 5_000;
const MAXIMUM_NAMESPACES = 10_000;

/** The names of all namespaces, sorted. Many people may not list them: then the problem is `forbidden`, and they type one. */
export async function listNamespaces(connection: Connection, signal?: AbortSignal): Promise<Result<readonly string[]>> {
  const listed = await listObjects(
    connection.transport,
    { path: '/api/v1/namespaces' },
    (raw) => (raw as RawJob | null)?.metadata?.name ?? null,
    { maximum: MAXIMUM_NAMESPACES, ...(signal === undefined ? {} : { signal }) },
  );
  return listed.ok ? success([...listed.value.items].sort()) : listed;
}

/** The Jobs of a namespace. */
export async function listJobs(
  connection: Connection,
  namespace: string,
  { signal, maximum = MAXIMUM }: ListOptions = {},
): Promise<Result<JobListing>> {
  const path = `/apis/batch/v1/namespaces/${encodeURIComponent(namespace)}/jobs`;
  const listed = await listObjects(connection.transport, { path }, summarise, {
    maximum,
    ...(signal === undefined ? {} : { signal }),
  });
  if (!listed.ok) return listed;
  return success({ jobs: youngestFirst(listed.value.items), truncated: listed.value.truncated });
}

/** The same of Jobs that are known already. */
export function listingOf(known: readonly ObservedJob[]): JobListing {
  return { jobs: youngestFirst(known.map(summarise).filter((job) => job !== null)), truncated: false };
}

function youngestFirst(jobs: readonly JobSummary[]): readonly JobSummary[] {
  return [...jobs].sort((a, b) => (a.created === b.created ? 0 : a.created < b.created ? 1 : -1));
}

interface RawJob {
  readonly metadata?: {
    readonly name?: string;
    readonly uid?: string;
    readonly namespace?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly {
      readonly kind?: string;
      readonly name?: string;
      readonly controller?: boolean;
    }[];
  };
  readonly spec?: { readonly completions?: number };
  readonly status?: {
    readonly succeeded?: number;
    readonly conditions?: readonly { readonly type?: string; readonly status?: string }[];
  };
}

function summarise(raw: unknown): JobSummary | null {
  const { metadata, spec, status } = (raw ?? {}) as RawJob;
  if (metadata?.name === undefined || metadata.uid === undefined) return null;
  const owner = metadata.ownerReferences?.find((reference) => reference.controller === true);
  return {
    name: metadata.name,
    uid: metadata.uid,
    namespace: metadata.namespace ?? '',
    created: metadata.creationTimestamp ?? '',
    state: jobState({ metadata, status }),
    succeeded: status?.succeeded ?? 0,
    completions: spec?.completions ?? null,
    cronJob: owner?.kind === 'CronJob' ? (owner.name ?? null) : null,
  };
}
