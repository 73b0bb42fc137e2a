import { diagnose } from '../../../server/core/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../server/core/diagnosis/diagnosis.ts';
import type { ClusterEvent, Pod, PodStatus } from '../../../server/core/timeline/observed-objects.ts';
import { readEvent, readJob, readPod } from '../../../server/core/timeline/observed-shapes.ts';

const EPOCH = Date.UTC(2026, 0, 1);

/** Seconds after 2026-01-01T00:00:00Z as the API writes it. */
export function at(seconds: number): string {
  return new Date(EPOCH + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export interface Situation {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
  readonly pods?: readonly Pod[];
  readonly events?: readonly ClusterEvent[];
  /** Seconds. */
  readonly now?: number;
}

/** What is found out about a Job in this situation: three pods at a time, ten completions, unless said otherwise. */
export function findingsOf({ metadata, spec, status, pods = [], events = [], now = 100 }: Situation): Diagnosis[] {
  const job = readJob({
    metadata: { name: 'x', uid: 'x-uid', resourceVersion: '1', creationTimestamp: at(0), ...metadata },
    spec: {
      parallelism: 3,
      completions: 10,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      podReplacementPolicy: 'TerminatingOrFailed',
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:9' }] } },
      ...spec,
    },
    status: { startTime: at(0), active: 3, ...status },
  });
  return diagnose({ job: job!, pods, events, now: EPOCH + now * 1000 });
}

/** A pod named `name`; `metadata` and `spec` are added. */
export function podWith(
  name: string,
  status: PodStatus,
  fields: { readonly metadata?: object; readonly spec?: object } = {},
): Pod {
  return readPod({
    metadata: {
      name,
      uid: `${name}-uid`,
      resourceVersion: '1',
      creationTimestamp: at(1),
      finalizers: ['batch.kubernetes.io/job-tracking'],
      ...fields.metadata,
    },
    spec: { nodeName: 'node-1', containers: [{ name: 'main', image: 'busybox:9' }], ...fields.spec },
    status,
  })!;
}

/** The status of a pod whose container `main` ended at this time (seconds). */
export function failedStatus(exitCode: number, finished: number, reason = 'Error'): PodStatus {
  const terminated = { exitCode, reason, startedAt: at(1), finishedAt: at(finished) };
  return { phase: 'Failed', containerStatuses: [{ name: 'main', restartCount: 0, state: { terminated } }] };
}

/** The status of a pod whose container `main` waits. */
export function waitingStatus(reason: string, message: string): PodStatus {
  return {
    phase: 'Pending',
    containerStatuses: [{ name: 'main', restartCount: 0, state: { waiting: { reason, message } } }],
  };
}

export function eventAbout(
  kind: 'Job' | 'Pod',
  name: string,
  reason: string,
  message: string,
  seconds = 50,
): ClusterEvent {
  return readEvent({
    metadata: { name: `${name}.${reason}`, uid: `${name}.${reason}`, resourceVersion: '1' },
    involvedObject: { kind, name },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: at(seconds),
  })!;
}
