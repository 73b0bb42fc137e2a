import type { ClusterEvent, Pod } from '../../server/core/timeline/observed-objects.ts';
import { readCronJob, type ObservedCronJob, type ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { Connection } from './connection.ts';
import { cronJobsPath, eventSource, isPodOf, jobSource, jobsPath, podSource } from './job-sources.ts';
import { listObjects } from './list.ts';
import { readListedJob } from './listed-job.ts';
import type { StoreChange } from './object-store.ts';
import type { Pace } from './pace.ts';
import { success, type ClusterProblem, type Result } from './problem.ts';
import { sharedCollection, type CollectionState, type SharedCollection } from './shared-collection.ts';

/** What a view shows of a cluster: lists of Jobs by namespace, and pods by Job, each watched once for all who look. */
export interface ClusterJobs {
  /** The Jobs and CronJobs of a namespace; the same object for the same name. */
  namespace(name: string): NamespaceJobs;
  /** One Job by its name; who may only `get` it has it, too. */
  job(namespace: string, name: string): SharedCollection<ObservedJob>;
  /** The pods of a Job and the events about it; the same object for the same Job. */
  podsOf(job: ObservedJob): JobPods;
  /** Wall clock of the server: milliseconds since the epoch. */
  now(): number;
  /** Lets go of the lists before their connection is closed: who still reads one hears so. */
  close(): void;
}

/** The Jobs and CronJobs of a namespace. */
export interface NamespaceJobs {
  readonly jobs: SharedCollection<ObservedJob>;
  readonly cronJobs: SharedCollection<ObservedCronJob>;
  /** Jobs that were asked for by name, where Jobs may not be listed. */
  readonly named: ReadonlyMap<string, SharedCollection<ObservedJob>>;
  /** All Jobs that are known. */
  allJobs(): readonly ObservedJob[];
  /** Asks for a Job by its name from now on. Of use where Jobs may not be listed. */
  addName(name: string): void;
  /** Looks at all of it. `uid` of what changed; null: much, or the state. Returns how to look away. */
  look(listener: (uid: string | null) => void): () => void;
  refresh(): void;
}

/** A Job's pods, and the events about it. */
export interface JobPods {
  readonly state: CollectionState;
  /** Its own pods, as last heard. */
  pods(): readonly Pod[];
  events(): readonly ClusterEvent[];
  look(listener: () => void): () => void;
}

/** A view of a cluster that nobody looks at yet: nothing is sent. */
export function clusterJobs({ transport }: Pick<Connection, 'transport'>, pace?: Pace): ClusterJobs {
  const namespaces = new Map<string, NamespaceJobs>();
  const pods = new Map<string, JobPods>();
  return {
    now: () => transport.now(),
    close() {
      for (const { jobs } of namespaces.values()) jobs.close();
    },
    namespace(name) {
      const known = namespaces.get(name);
      if (known !== undefined) return known;
      const made = namespaceJobs(transport, name, pace);
      namespaces.set(name, made);
      return made;
    },
    job: (namespace, name) => sharedCollection(transport, jobSource(transport, namespace, name), pace),
    podsOf(job) {
      const { uid } = job.metadata;
      const known = pods.get(uid);
      if (known !== undefined) return known;
      const made = jobPods(transport, job, pace, () => pods.delete(uid));
      pods.set(uid, made);
      return made;
    },
  };
}

/** The Jobs and CronJobs of a namespace, asked for once. Without Jobs there is no knowing how long runs take: a problem. */
export async function readNamespace(
  { transport }: Pick<Connection, 'transport'>,
  namespace: string,
  signal: AbortSignal,
): Promise<
  Result<{
    readonly jobs: readonly ObservedJob[];
    readonly cronJobs: readonly ObservedCronJob[];
    readonly problems: readonly ClusterProblem[];
  }>
> {
  const [cronJobs, jobs] = await Promise.all([
    listObjects(transport, { path: cronJobsPath(namespace) }, readCronJob, { signal }),
    listObjects(transport, { path: jobsPath(namespace) }, readListedJob, { signal }),
  ]);
  if (!cronJobs.ok) return cronJobs;
  return success({
    cronJobs: cronJobs.value.items,
    jobs: jobs.ok ? jobs.value.items : [],
    problems: jobs.ok ? [] : [jobs.problem],
  });
}

type Transport = Connection['transport'];

function namespaceJobs(transport: Transport, namespace: string, pace: Pace | undefined): NamespaceJobs {
  const jobs = sharedCollection(transport, { collection: { path: jobsPath(namespace) }, read: readListedJob }, pace);
  const cronJobs = sharedCollection(
    transport,
    { collection: { path: cronJobsPath(namespace) }, read: readCronJob },
    pace,
  );
  const named = new Map<string, SharedCollection<ObservedJob>>();
  const looks = new Set<(uid: string | null) => void>();
  const away: (() => void)[] = [];
  const tell = (uid: string | null): void => {
    for (const listener of [...looks]) listener(uid);
  };
  const heard = (change: StoreChange<ObservedJob | ObservedCronJob> | null): void =>
    tell(change?.kind === 'upsert' ? change.object.metadata.uid : null);
  const lookedAt = new Set<string>();
  /** Single Jobs are asked for only where all of them may not be had. */
  const lookByName = (): void => {
    if (jobs.state.kind !== 'refused' || jobs.state.problem.kind !== 'forbidden') return;
    for (const [name, collection] of named) {
      if (lookedAt.has(name)) continue;
      lookedAt.add(name);
      away.push(collection.look(heard));
    }
  };
  return {
    jobs,
    cronJobs,
    named,
    allJobs() {
      if (named.size === 0) return [...jobs.objects.values()];
      const all = [jobs, ...named.values()].flatMap(({ objects }) => [...objects]);
      return [...new Map(all).values()];
    },
    addName(name) {
      if (!named.has(name)) named.set(name, sharedCollection(transport, jobSource(transport, namespace, name), pace));
      if (looks.size > 0) lookByName();
      tell(null);
    },
    look(listener) {
      const own = (uid: string | null): void => listener(uid);
      looks.add(own);
      if (looks.size === 1) {
        away.push(
          jobs.look((change) => {
            if (change === null) lookByName();
            heard(change);
          }),
          cronJobs.look(heard),
        );
      }
      return () => {
        if (!looks.delete(own) || looks.size > 0) return;
        for (const lookAway of away.splice(0)) lookAway();
        lookedAt.clear();
      };
    },
    refresh() {
      jobs.refresh();
      cronJobs.refresh();
      for (const collection of named.values()) collection.refresh();
    },
  };
}

function jobPods(transport: Transport, job: ObservedJob, pace: Pace | undefined, forget: () => void): JobPods {
  const { uid, namespace = '' } = job.metadata;
  const pods = sharedCollection(transport, podSource(job, namespace), pace);
  const events = sharedCollection(transport, eventSource(namespace, uid), pace);
  let looks = 0;
  return {
    get state() {
      return pods.state;
    },
    pods: () => [...pods.objects.values()].filter((pod) => isPodOf(pod, uid)),
    events: () => [...events.objects.values()],
    look(listener) {
      looks++;
      let away = [pods.look(() => listener()), events.look(() => listener())];
      return () => {
        if (away.length === 0) return;
        for (const lookAway of away) lookAway();
        away = [];
        // Thousands of Jobs may be looked into one after the other: pods of those that nobody looks at are not kept.
        if (--looks === 0) forget();
      };
    },
  };
}
