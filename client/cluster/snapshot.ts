import * as l10n from '@vscode/l10n';
import type { ClusterEvent, Pod } from '../../server/core/timeline/observed-objects.ts';
import type { Connection } from './connection.ts';
import { eventSource, isPodOf, jobSource, podSource } from './job-sources.ts';
import { listObjects } from './list.ts';
import { failure, success, type ClusterProblem, type Result } from './problem.ts';
import type { JobReference, JobSnapshot } from './watch-job.ts';
import { isQueued, listWorkloads } from './workloads.ts';

/** A Job as it is now, and what of it could not be had. */
export interface JobView {
  readonly snapshot: JobSnapshot;
  /** Rights that are missing, and what else kept pods or events away. */
  readonly problems: readonly ClusterProblem[];
}

/** Events of so many pods that do not run are asked for: they are all alike. */
const PODS_ASKED = 5;

/** Reads a Job once, with its pods, its events, and the events of some pods that have not started. */
export async function readJobView(
  connection: Connection,
  { namespace, name }: JobReference,
  signal: AbortSignal,
): Promise<Result<JobView>> {
  const { transport } = connection;
  const jobs = jobSource(transport, namespace, name);
  const found = await (jobs.list?.(signal) ?? listObjects(transport, jobs.collection, jobs.read, { signal }));
  if (!found.ok) return found;
  const job = found.value.items[0];
  if (job === undefined)
    return failure({
      kind: 'notFound',
      status: 404,
      reason: 'NotFound',
      message: l10n.t('There is no Job {0}/{1} in this cluster.', namespace, name),
    });

  const problems: ClusterProblem[] = [];
  const { collection, read } = podSource(job, namespace);
  const podsFound = await listObjects(transport, collection, read, { signal });
  if (!podsFound.ok) problems.push(podsFound.problem);
  const pods: Pod[] = podsFound.ok ? podsFound.value.items.filter((pod) => isPodOf(pod, job.metadata.uid)) : [];
  const pending = pods.filter(({ status }) => status?.phase === 'Pending').slice(0, PODS_ASKED);
  const uids = [job.metadata.uid, ...pending.map(({ metadata }) => metadata.uid)];
  const events: ClusterEvent[] = [];
  const lists = await Promise.all(
    uids.map((uid) => {
      const source = eventSource(namespace, uid);
      return listObjects(transport, source.collection, source.read, { signal });
    }),
  );
  for (const listed of lists) if (listed.ok) events.push(...listed.value.items);
  const [first] = lists;
  if (first?.ok === false) problems.push(first.problem);
  const workloads = isQueued(job) ? await listWorkloads(transport, job, namespace, signal) : [];
  return success({ snapshot: { job, pods, events, workloads, now: transport.now() }, problems });
}
