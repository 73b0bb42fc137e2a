import type { ClusterEvent, Pod } from '../../server/core/timeline/observed-objects.ts';
import { readEvent, readJob, readPod, type ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { Transport } from './client.ts';
import { listObjects, type Collection, type ListedObjects } from './list.ts';
import { success, type Result } from './problem.ts';
import type { WatchSource } from './watch.ts';

/** Paths of the API for one namespace. */
export function jobsPath(namespace: string): string {
  return `/apis/batch/v1/namespaces/${encodeURIComponent(namespace)}/jobs`;
}
/** Path of a namespace's CronJobs. */
export function cronJobsPath(namespace: string): string {
  return `/apis/batch/v1/namespaces/${encodeURIComponent(namespace)}/cronjobs`;
}
/** Path of a namespace's pods. */
export function podsPath(namespace: string): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
}
function eventsPath(namespace: string): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`;
}

/** One Job by name. Who may only `get` it, not list, has it got. */
export function jobSource(transport: Transport, namespace: string, name: string): WatchSource<ObservedJob> {
  const collection: Collection = { path: jobsPath(namespace), fieldSelector: `metadata.name=${name}` };
  return {
    collection,
    read: readJob,
    list: async (signal) => {
      const listed = await listObjects(transport, collection, readJob, { signal });
      if (listed.ok || listed.problem.kind !== 'forbidden') return listed;
      const got = await getJob(transport, namespace, name, signal);
      // What `list` lacks is worth saying only if `get` lacks it too.
      return got.ok ? got : got.problem.kind === 'forbidden' ? listed : got;
    },
  };
}

/** One Job by name, as a list of none or one; it takes the right to `get` it. */
export async function getJob(
  transport: Transport,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<Result<ListedObjects<ObservedJob>>> {
  const answer = await transport.request('GET', `${jobsPath(namespace)}/${encodeURIComponent(name)}`, { signal });
  if (!answer.ok && answer.problem.kind !== 'notFound') return answer;
  const job = answer.ok ? readJob(answer.value.body) : null;
  const resourceVersion = job?.metadata.resourceVersion ?? '0';
  return success({ items: job === null ? [] : [job], resourceVersion, truncated: false });
}

/** The pods that a Job's selector names; which of them are its own, their owner references tell. */
export function podSource(job: ObservedJob, namespace: string): WatchSource<Pod> {
  return { collection: { path: podsPath(namespace), labelSelector: podSelector(job) }, read: readPod };
}

/** Events about one object. */
export function eventSource(namespace: string, uid: string): WatchSource<ClusterEvent> {
  return { collection: { path: eventsPath(namespace), fieldSelector: `involvedObject.uid=${uid}` }, read: readEvent };
}

/** True when the Job controls the pod. */
export function isPodOf(pod: Pod, jobUid: string): boolean {
  return pod.metadata.ownerReferences?.some(({ uid, controller }) => uid === jobUid && controller === true) ?? false;
}

/** A Job's selector as the API's query wants it. It is generated from the Job's uid unless the manifest chose its own. */
function podSelector({ metadata, spec }: ObservedJob): string {
  const { matchLabels = {}, matchExpressions = [] } = spec?.selector ?? {};
  const terms = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  for (const { key = '', operator, values = [] } of matchExpressions) {
    if (operator === 'In' || operator === 'NotIn') terms.push(`${key} ${operator.toLowerCase()} (${values.join(',')})`);
    else if (operator === 'Exists') terms.push(key);
    else if (operator === 'DoesNotExist') terms.push(`!${key}`);
  }
  return terms.length > 0 ? terms.join(',') : `batch.kubernetes.io/controller-uid=${metadata.uid}`;
}
