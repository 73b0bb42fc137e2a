import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import type { PodRun, StatusChange, Timeline, TimelineEvent } from '../../server/core/timeline/timeline.ts';

/** The collections of the API that a run shows itself in. */
export type Resource = 'jobs' | 'pods' | 'events';

/** A change of an object as a watch would tell it, `t` seconds after the Job's creation. */
export interface ObjectChange {
  readonly t: number;
  readonly resource: Resource;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: {
    readonly metadata: { readonly name: string; readonly uid: string; readonly [field: string]: unknown };
  };
}

/**
 * A timeline as the changes of a Job, its pods and its events that a cluster would have told, in order.
 *
 * @param origin wall clock of t = 0: milliseconds since the epoch
 */
export function changesOf(timeline: Timeline, job: Job, origin: number): ObjectChange[] {
  const stamp = (t: number): string =>
    new Date(Math.floor((origin + t * 1000) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  const place: Place = { timeline, job, stamp, uid: `demo-${timeline.name}` };
  return [
    ...jobChanges(place),
    ...timeline.pods.flatMap((pod) => podChanges(place, pod)),
    ...timeline.events.map((event, number) => eventChange(place, event, number)),
  ].sort((a, b) => a.t - b.t);
}

interface Place {
  readonly timeline: Timeline;
  readonly job: Job;
  readonly stamp: (t: number) => string;
  readonly uid: string;
}

function jobChanges({ timeline, job, stamp, uid }: Place): ObjectChange[] {
  const metadata = {
    ...job.metadata,
    name: timeline.name,
    namespace: job.metadata?.namespace ?? 'demo',
    uid,
    creationTimestamp: stamp(0),
  };
  const spec = {
    suspend: false,
    ...job.spec,
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
  };
  const since = new Map<string, number>();
  const changes: ObjectChange[] = [
    { t: 0, resource: 'jobs', type: 'ADDED', object: { ...job, metadata, spec, status: {} } as ObjectChange['object'] },
  ];
  for (const change of timeline.statuses) {
    const { t } = change;
    const target = timeline.targets.findLast((each) => each.t <= t);
    const now = target === undefined ? spec : { ...spec, parallelism: target.parallelism, suspend: target.suspend };
    const status = statusOf(change, since, timeline, stamp);
    changes.push({
      t,
      resource: 'jobs',
      type: status === null ? 'DELETED' : 'MODIFIED',
      object: { ...job, metadata, spec: now, status: status ?? {} } as ObjectChange['object'],
    });
  }
  return changes;
}

function statusOf(
  { t, status }: StatusChange,
  since: Map<string, number>,
  timeline: Timeline,
  stamp: Place['stamp'],
): object | null {
  if ('deleted' in status) return null;
  const { started, conditions = [], ...counts } = status;
  const read = conditions.map((condition) => {
    const [, type = condition, holds = 'True', reason = ''] = /^([^=]*)=([^:]*):?(.*)$/.exec(condition) ?? [];
    if (!since.has(condition)) since.set(condition, t);
    const lastTransitionTime = stamp(since.get(condition) ?? t);
    return { type, status: holds, reason, message: timeline.end?.message ?? '', lastTransitionTime };
  });
  const complete = read.find(({ type, status: holds }) => type === 'Complete' && holds === 'True');
  return {
    ...counts,
    conditions: read,
    ...(started ? { startTime: stamp(0) } : {}),
    ...(complete === undefined ? {} : { completionTime: complete.lastTransitionTime }),
  };
}

/** The moments at which a pod's object changes. */
function podChanges(place: Place, pod: PodRun): ObjectChange[] {
  const { created, scheduled, started, ready, deleting, finished, removed } = pod;
  const moments = [...new Set([created, scheduled, started, ready, deleting, finished])]
    .filter((t) => t !== null)
    .sort((a, b) => a - b);
  const changes = moments.map((t, number): ObjectChange => ({
    t,
    resource: 'pods',
    type: number === 0 ? 'ADDED' : 'MODIFIED',
    object: podAt(place, pod, t),
  }));
  return removed === null
    ? changes
    : [...changes, { t: removed, resource: 'pods', type: 'DELETED', object: podAt(place, pod, removed) }];
}

function podAt({ timeline, job, stamp, uid }: Place, pod: PodRun, t: number): ObjectChange['object'] {
  const has = (moment: number | null): moment is number => moment !== null && moment <= t;
  const { name, index, created, scheduled, started, ready, deleting, finished, reason, message, exitCode, phase } = pod;
  const template = job.spec?.template?.spec;
  const disrupted = reason === 'DisruptionTarget' && (has(deleting) || has(finished));
  const ended = has(finished);
  const condition = (type: string, since: number): object => ({
    type,
    status: 'True',
    lastTransitionTime: stamp(since),
  });
  const containerState = ended
    ? {
        terminated: {
          exitCode: exitCode ?? (phase === 'Succeeded' ? 0 : 1),
          reason: phase === 'Succeeded' ? 'Completed' : reason === undefined || disrupted ? 'Error' : reason,
          message,
          startedAt: stamp(started ?? finished),
          finishedAt: stamp(finished),
        },
      }
    : has(started)
      ? { running: { startedAt: stamp(started) } }
      : { waiting: { reason: 'ContainerCreating' } };
  return {
    metadata: {
      name,
      namespace: job.metadata?.namespace ?? 'demo',
      uid: `${uid}-pod-${pod.ordinal}`,
      creationTimestamp: stamp(created),
      ...(has(deleting) ? { deletionTimestamp: stamp(deleting) } : {}),
      labels: { 'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': timeline.name },
      annotations: index === null ? {} : { 'batch.kubernetes.io/job-completion-index': String(index) },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: timeline.name, uid, controller: true }],
      finalizers: ended && finished + 1 <= t ? [] : ['batch.kubernetes.io/job-tracking'],
    },
    spec: { ...template, ...(has(scheduled) ? { nodeName: `node-${pod.ordinal % 3}` } : {}) },
    status: {
      phase: ended ? phase : has(started) ? 'Running' : 'Pending',
      ...(has(scheduled) ? { startTime: stamp(scheduled) } : {}),
      conditions: [
        ...(has(scheduled) ? [condition('PodScheduled', scheduled)] : []),
        ...(has(ready) && !ended ? [condition('Ready', ready)] : []),
        ...(disrupted
          ? [
              {
                ...condition('DisruptionTarget', deleting ?? finished ?? t),
                reason: 'EvictionByEvictionAPI',
                message: message ?? '',
              },
            ]
          : []),
      ],
      containerStatuses: (template?.containers ?? []).map((container) => ({
        name: container.name,
        ready: has(ready) && !ended,
        restartCount: has(started) ? pod.restarts : 0,
        state: containerState,
      })),
    },
  } as ObjectChange['object'];
}

function eventChange({ timeline, job, stamp, uid }: Place, event: TimelineEvent, number: number): ObjectChange {
  const { t, type, reason, message, count } = event;
  return {
    t,
    resource: 'events',
    type: 'ADDED',
    object: {
      metadata: {
        name: `${timeline.name}.${number}`,
        namespace: job.metadata?.namespace ?? 'demo',
        uid: `${uid}-event-${number}`,
      },
      involvedObject: { kind: 'Job', name: timeline.name, uid },
      type,
      reason,
      message,
      count,
      firstTimestamp: stamp(t),
      lastTimestamp: stamp(t),
    } as ObjectChange['object'],
  };
}
