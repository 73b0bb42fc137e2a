import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import type { ResourcePrices } from '../kubernetes/resource-prices.ts';
import type { CronTimeline } from '../timeline/cron-timeline.ts';
import type { PodRun, Timeline } from '../timeline/timeline.ts';
import { mostLiving } from '../timeline/lanes.ts';
import { podRequest } from './template-needs.ts';

/** What a run asks of a cluster by its template's requests: pods hold them from their place on a node to their end. */
export interface ResourceCost {
  readonly cpuHours: number;
  /** GiB of memory times hours. */
  readonly gibHours: number;
  readonly gpuHours: number;
  /** Those of pods that did not succeed, as a share from 0 to 1 of all. */
  readonly wasted: number;
  /** The most that is requested at once, to be held against a quota: CPUs, GiB, GPUs. */
  readonly peak: { readonly cpu: number; readonly gib: number; readonly gpu: number };
  /** By the prices given; null without any. */
  readonly price: number | null;
}

const GIB = 2 ** 30;
/** Resource names that mean a GPU. */
const GPU_NAMES = ['nvidia.com/gpu', 'amd.com/gpu', 'gpu.intel.com/i915', 'gpu.intel.com/xe'];

/** What pods that held their places for so many hours, all together, cost by one Job's requests. */
export function costOfHours(
  job: Job,
  hours: number,
  prices: ResourcePrices = {},
): Pick<ResourceCost, 'cpuHours' | 'gibHours' | 'gpuHours' | 'price'> {
  const { cpu, gib, gpu } = requestsOf(job);
  const known = [prices.cpuHour, prices.gibHour, prices.gpuHour].some((price) => price !== undefined);
  const price = hours * (cpu * (prices.cpuHour ?? 0) + gib * (prices.gibHour ?? 0) + gpu * (prices.gpuHour ?? 0));
  return { cpuHours: cpu * hours, gibHours: gib * hours, gpuHours: gpu * hours, price: known ? price : null };
}

/** What one pod requests: CPUs, GiB and GPUs. */
function requestsOf(job: Job): ResourceCost['peak'] {
  return {
    cpu: podRequest(job, 'cpu'),
    gib: podRequest(job, 'memory') / GIB,
    gpu: GPU_NAMES.reduce((sum, name) => sum + podRequest(job, name), 0),
  };
}

/** The cost of one run. */
export function costOfRun(job: Job, { pods, until }: Timeline, prices: ResourcePrices = {}): ResourceCost {
  return costOfPods(job, pods, until, prices);
}

/** The cost of all Jobs that a CronJob made. */
export function costOfRuns(cronJob: CronJob, { runs, until }: CronTimeline, prices: ResourcePrices = {}): ResourceCost {
  const pods = runs.flatMap(({ created, timeline }) => timeline.pods.map((pod) => later(pod, created)));
  return costOfPods({ spec: cronJob.spec?.jobTemplate?.spec }, pods, until, prices);
}

/** A pod whose times count from an earlier beginning. */
function later(pod: PodRun, by: number): PodRun {
  const shifted = (t: number | null): number | null => (t === null ? null : t + by);
  return {
    ...pod,
    created: pod.created + by,
    scheduled: shifted(pod.scheduled),
    deleting: shifted(pod.deleting),
    finished: shifted(pod.finished),
    removed: shifted(pod.removed),
  };
}

function costOfPods(job: Job, pods: readonly PodRun[], until: number, prices: ResourcePrices): ResourceCost {
  const { cpu, gib, gpu } = requestsOf(job);
  let hours = 0;
  let wastedHours = 0;
  for (const { scheduled, finished, phase } of pods) {
    if (scheduled === null) continue;
    const held = Math.max(0, (finished ?? until) - scheduled) / 3600;
    hours += held;
    if (phase !== 'Succeeded') wastedHours += held;
  }
  const most = mostLiving(pods, until);
  return {
    ...costOfHours(job, hours, prices),
    wasted: hours === 0 ? 0 : wastedHours / hours,
    peak: { cpu: cpu * most, gib: gib * most, gpu: gpu * most },
  };
}
