import type { CronJob, Job, ObjectMeta } from '../kubernetes/generated/types.ts';
import type { ObjectShape, Shape } from '../kubernetes/shape.ts';
import { conformObject } from './conform.ts';
import type { ClusterEvent, ObservedMeta, Pod, Workload } from './observed-objects.ts';

const text: Shape = { type: 'string' };
const whole: Shape = { type: 'int64' };
const flag: Shape = { type: 'boolean' };
const time: Shape = { type: 'time' };
const object = (ref: string): Shape => ({ type: 'object', ref });
const list = (ref: string): Shape => ({ type: 'list', of: object(ref) });

const table = (fields: Readonly<Record<string, Shape>>): ObjectShape => ({ fields, required: [] });

/**
 * The fields of observed-objects.ts. Metadata is without `managedFields`, which are half of a pod and say nothing here.
 */
const OBSERVED_SHAPES: Readonly<Record<string, ObjectShape>> = {
  ObservedMeta: table({
    name: text,
    namespace: text,
    uid: text,
    resourceVersion: text,
    generation: whole,
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: whole,
    labels: { type: 'map', of: text },
    annotations: { type: 'map', of: text },
    finalizers: { type: 'list', of: text },
    ownerReferences: list('OwnerReference'),
  }),
  ObservedPod: table({
    metadata: object('ObservedMeta'),
    spec: object('ObservedPodSpec'),
    status: object('PodStatus'),
  }),
  ObservedPodSpec: table({
    nodeName: text,
    restartPolicy: text,
    activeDeadlineSeconds: whole,
    containers: list('ObservedContainer'),
    initContainers: list('ObservedContainer'),
    schedulingGates: list('PodSchedulingGate'),
  }),
  ObservedContainer: table({ name: text, image: text, restartPolicy: text, resources: object('ObservedResources') }),
  ObservedResources: table({ limits: { type: 'map', of: { type: 'quantity' } } }),
  PodStatus: table({
    phase: text,
    reason: text,
    message: text,
    startTime: time,
    conditions: list('Condition'),
    containerStatuses: list('ContainerStatus'),
    initContainerStatuses: list('ContainerStatus'),
  }),
  Condition: table({ type: text, status: text, reason: text, message: text, lastTransitionTime: time }),
  ContainerStatus: table({
    name: text,
    ready: flag,
    restartCount: whole,
    state: object('ContainerState'),
    lastState: object('ContainerState'),
  }),
  ContainerState: table({
    waiting: object('WaitingState'),
    running: object('RunningState'),
    terminated: object('TerminatedState'),
  }),
  WaitingState: table({ reason: text, message: text }),
  RunningState: table({ startedAt: time }),
  TerminatedState: table({
    exitCode: whole,
    signal: whole,
    reason: text,
    message: text,
    startedAt: time,
    finishedAt: time,
  }),
  ClusterEvent: table({
    metadata: object('ObservedMeta'),
    involvedObject: object('ObjectReference'),
    type: text,
    reason: text,
    message: text,
    count: whole,
    firstTimestamp: time,
    lastTimestamp: time,
    eventTime: time,
    series: object('EventSeries'),
  }),
  Workload: table({ metadata: object('ObservedMeta'), status: object('WorkloadStatus') }),
  WorkloadStatus: table({ conditions: list('Condition') }),
  EventSeries: table({ count: whole, lastObservedTime: time }),
};

/** A pod's annotations and labels that we read; the others can be large. */
const KEPT_NOTES = /^batch\.kubernetes\.io\/|^controller-uid$|^job-name$/;

/** A Job that came from a cluster, and so has a name and a uid. */
export interface ObservedJob extends Job {
  readonly metadata: ObservedMeta;
}

/** Reads a Job out of parsed JSON; null when it has no name and uid. Every field that it yields has its type. */
export function readJob(raw: unknown): ObservedJob | null {
  const job = conformObject(raw, 'Job') as Job | null;
  const metadata = identified(job?.metadata);
  return metadata === null ? null : { ...job, metadata };
}

/** A CronJob that came from a cluster, and so has a name and a uid. */
export interface ObservedCronJob extends CronJob {
  readonly metadata: ObservedMeta;
}

/** Reads a CronJob out of parsed JSON; null when it has no name and uid. Every field that it yields has its type. */
export function readCronJob(raw: unknown): ObservedCronJob | null {
  const cronJob = conformObject(raw, 'CronJob') as CronJob | null;
  const metadata = identified(cronJob?.metadata);
  return metadata === null ? null : { ...cronJob, metadata };
}

/** Reads a Pod out of parsed JSON, keeping what observed-objects.ts names; null when it has no name and uid. */
export function readPod(raw: unknown): Pod | null {
  const pod = conformObject(raw, 'ObservedPod', OBSERVED_SHAPES) as Partial<Pod> | null;
  const metadata = identified(pod?.metadata);
  if (metadata === null) return null;
  const { labels, annotations } = metadata;
  return { ...pod, metadata: { ...metadata, labels: batchNotes(labels), annotations: batchNotes(annotations) } };
}

/** Reads an Event out of parsed JSON; null when it has no name and uid. */
export function readEvent(raw: unknown): ClusterEvent | null {
  const event = conformObject(raw, 'ClusterEvent', OBSERVED_SHAPES) as Partial<ClusterEvent> | null;
  const metadata = identified(event?.metadata);
  return metadata === null ? null : { ...event, metadata };
}

/** Reads a Kueue Workload out of parsed JSON; null when it has no name and uid. */
export function readWorkload(raw: unknown): Workload | null {
  const workload = conformObject(raw, 'Workload', OBSERVED_SHAPES) as Partial<Workload> | null;
  const metadata = identified(workload?.metadata);
  return metadata === null ? null : { ...workload, metadata };
}

function batchNotes(notes: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(notes ?? {}).filter(([name]) => KEPT_NOTES.test(name)));
}

/** Files that people pass around sometimes lack the resource version, which only a watch needs. */
function identified(metadata: ObjectMeta | undefined): ObservedMeta | null {
  if (metadata?.name === undefined || metadata.uid === undefined) return null;
  const { name, uid, resourceVersion = '' } = metadata;
  return { ...metadata, name, uid, resourceVersion };
}
