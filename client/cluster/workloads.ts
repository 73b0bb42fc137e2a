import type { Workload } from '../../server/core/timeline/observed-objects.ts';
import { readWorkload, type ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { Transport } from './client.ts';
import { listObjects } from './list.ts';
import type { StoreChange } from './object-store.ts';
import { watchCollection, type WatchOptions, type WatchSource } from './watch.ts';

/**
 * Kueue's Workloads: what a queue says of a Job that it holds back. A cluster without Kueue has none, and who may not
 * see them is told nothing: that a queue holds the Job back its label says already.
 */

/** Versions of Kueue's API that have what we read, the newest first. */
const VERSIONS = ['v1beta2', 'v1beta1'] as const;

/** True while a queue may hold the Job back. */
export function isQueued({ metadata, spec }: ObservedJob): boolean {
  return spec?.suspend === true && metadata.labels?.['kueue.x-k8s.io/queue-name'] !== undefined;
}

function workloadSource(version: string, namespace: string, jobUid: string): WatchSource<Workload> {
  const path = `/apis/kueue.x-k8s.io/${version}/namespaces/${encodeURIComponent(namespace)}/workloads`;
  return { collection: { path, labelSelector: `kueue.x-k8s.io/job-uid=${jobUid}` }, read: readWorkload };
}

/** The Workloads of a Job as they are now. */
export async function listWorkloads(
  transport: Transport,
  { metadata }: ObservedJob,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly Workload[]> {
  for (const version of VERSIONS) {
    const { collection, read } = workloadSource(version, namespace, metadata.uid);
    const listed = await listObjects(transport, collection, read, { signal });
    if (listed.ok) return listed.value.items;
    if (listed.problem.kind !== 'notFound') return [];
  }
  return [];
}

/** Follows the Workloads of a Job until the signal aborts, or until it is clear that there are none to be seen. */
export async function watchWorkloads(
  transport: Transport,
  { metadata }: ObservedJob,
  namespace: string,
  change: (change: StoreChange<Workload>) => void,
  options: WatchOptions,
): Promise<void> {
  const nothing = (): void => undefined;
  for (const version of VERSIONS) {
    const source = workloadSource(version, namespace, metadata.uid);
    const end = await watchCollection(transport, source, { change, contact: nothing, problem: nothing }, options);
    if (end.kind !== 'notFound') return;
  }
}
