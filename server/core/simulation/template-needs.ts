import type { Container, Job } from '../kubernetes/generated/types.ts';
import { isQuantity, parseQuantity, quantityNumber } from '../kubernetes/quantity.ts';
import type { PodNeeds } from './cluster-places.ts';

/** The amount of a resource that a container asks for: its request, else its limit; 0 where neither is given or readable. */
export function requested(container: Container, resource: string): number {
  const { requests, limits } = container.resources ?? {};
  const source = requests?.[resource] ?? limits?.[resource];
  if (source === undefined) return 0;
  const quantity = parseQuantity(source);
  return isQuantity(quantity) ? quantityNumber(quantity) : 0;
}

/**
 * What a pod of this Job asks of the scheduler for one resource: its app containers and native sidecars together, or the
 * largest init container beside the sidecars before it, whichever is more.
 */
export function podRequest(job: Job, resource: string): number {
  const pod = job.spec?.template?.spec;
  let sidecars = 0;
  let largestInit = 0;
  for (const init of pod?.initContainers ?? []) {
    const amount = requested(init, resource);
    if (init.restartPolicy === 'Always') sidecars += amount;
    largestInit = Math.max(largestInit, sidecars + (init.restartPolicy === 'Always' ? 0 : amount));
  }
  let apps = sidecars;
  for (const container of pod?.containers ?? []) apps += requested(container, resource);
  return Math.max(apps, largestInit);
}

/** CPU (thousandths) and memory (bytes) that one pod takes on a node. */
export function templateNeeds(job: Job): PodNeeds {
  return { milliCpu: podRequest(job, 'cpu') * 1000, memory: podRequest(job, 'memory') };
}
