import type { JobSpec, PodFailurePolicy, SuccessPolicy } from '../kubernetes/generated/types.ts';
import type { ControllerBehaviour } from './controller-behaviour.ts';
import type { BackoffRecord } from './backoff.ts';
import type { VirtualClock } from './clock.ts';
import type { IndexIntervals } from './index-intervals.ts';
import type { PendingIndexes } from './pending-indexes.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { SimulatedPod } from './simulated-pod.ts';

/** The fields of a defaulted JobSpec that the Job controller reads; absent ones are null. */
export interface ControlledSpec {
  readonly parallelism: number;
  readonly completions: number | null;
  readonly backoffLimit: number;
  readonly backoffLimitPerIndex: number | null;
  readonly maxFailedIndexes: number | null;
  readonly activeDeadlineSeconds: number | null;
  readonly ttlSecondsAfterFinished: number | null;
  readonly suspend: boolean;
  readonly managedBy: string | null;
  readonly podFailurePolicy: PodFailurePolicy | null;
  readonly successPolicy: SuccessPolicy | null;
  /** podReplacementPolicy is Failed: a pod is replaced, and counted, only once it has ended. */
  readonly replacesOnlyFailed: boolean;
  /** The template's restartPolicy is OnFailure. */
  readonly restartsInPlace: boolean;
}

export interface SimulatedCondition {
  readonly type: 'Suspended' | 'FailureTarget' | 'SuccessCriteriaMet' | 'Failed' | 'Complete';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
  /** Milliseconds. */
  readonly since: number;
}

/** What the API holds as the Job's status. */
export interface ControlledStatus {
  active: number;
  /** Null until the controller's first write, as are `terminating` and `failedIndexes` (the last for ever without backoffLimitPerIndex). */
  ready: number | null;
  terminating: number | null;
  succeeded: number;
  failed: number;
  completedIndexes: IndexIntervals;
  failedIndexes: IndexIntervals | null;
  /** Milliseconds, whole seconds once the API has stored it. */
  startTime: number | null;
  conditions: readonly SimulatedCondition[];
}

/** The pods of a Job by what the controller asks of them, kept up to date with every change of a pod. */
export interface PodSets {
  readonly active: Set<SimulatedPod>;
  /** With finalizer, and ended or being deleted: what the next sync looks at. */
  readonly unaccounted: Set<SimulatedPod>;
  /** Not ended, being deleted. */
  terminating: number;
  /** Active and ready. */
  ready: number;
  /** How many active pods an index has, and how many terminating ones; absent: none. */
  readonly activeByIndex: Map<number, number>;
  readonly terminatingByIndex: Map<number, number>;
  /** In-place restarts of pods that have not ended. */
  restarts: number;
  /** Pods made so far. */
  created: number;
}

/** The node side, as the controller and people reach it through the API. */
export interface PodApi {
  /** Makes a pod that appears `delay` milliseconds from now; null when the namespace's quota refuses it. */
  create(index: number | null, indexFailures: number, indexIgnoredFailures: number, delay: number): SimulatedPod | null;
  /** What the API server says of a pod that the quota refuses just now. */
  refusal(index: number | null): string;
  /** Asks for deletion; the pod goes on until its grace ends. */
  delete(pod: SimulatedPod): void;
  removeFinalizer(pod: SimulatedPod): void;
}

/** One Job under simulation: everything that its controller knows and does. */
export interface JobRun {
  readonly name: string;
  readonly namespace: string;
  readonly clock: VirtualClock;
  /** When the Job was created, on that clock. */
  readonly origin: number;
  readonly behaviour: ControllerBehaviour;
  readonly recorder: RunRecorder;
  readonly api: PodApi;
  readonly indexed: boolean;
  /** The controller knows its completionMode; otherwise it leaves the Job alone. */
  readonly knownMode: boolean;
  spec: ControlledSpec;
  readonly status: ControlledStatus;
  readonly pods: PodSets;
  /** Null in a NonIndexed Job. */
  readonly pendingIndexes: PendingIndexes | null;
  backoff: BackoffRecord;
  /** Completions were lowered: pods of indexes that are no more may be active. */
  shrunk: boolean;
  /** When its deletion was asked for (milliseconds). */
  deleting: number | null;
  /** The object is gone. */
  gone: boolean;
  /** The field that decided the Job's end, as a server-style path. */
  decidedBy: string | null;
  /** When the write of the final condition is seen. */
  finishedAt: number | null;
  readonly queue: SyncQueue;
  /** The status was written, and is seen `delay` milliseconds from now. */
  readonly statusWritten: (delay: number) => void;
}

/** The controller's work queue, as one Job sees it. */
export interface SyncQueue {
  /** Syncs after a delay in milliseconds; of several that wait the earliest wins. */
  add(delay: number): void;
}

/** True when the controller is done with the Job. */
export function isFinished(status: ControlledStatus): boolean {
  return status.conditions.some(
    ({ type, status: holds }) => (type === 'Complete' || type === 'Failed') && holds === 'True',
  );
}

/** The condition of a type that holds, or null. */
export function trueCondition(status: ControlledStatus, type: SimulatedCondition['type']): SimulatedCondition | null {
  return status.conditions.find((condition) => condition.type === type && condition.status === 'True') ?? null;
}

/** Picks what the controller reads out of a defaulted JobSpec. */
export function controlledSpec(spec: JobSpec): ControlledSpec {
  return {
    parallelism: spec.parallelism ?? 1,
    completions: spec.completions ?? null,
    backoffLimit: spec.backoffLimit ?? 6,
    backoffLimitPerIndex: spec.backoffLimitPerIndex ?? null,
    maxFailedIndexes: spec.maxFailedIndexes ?? null,
    activeDeadlineSeconds: spec.activeDeadlineSeconds ?? null,
    ttlSecondsAfterFinished: spec.ttlSecondsAfterFinished ?? null,
    suspend: spec.suspend ?? false,
    managedBy: spec.managedBy ?? null,
    podFailurePolicy: spec.podFailurePolicy ?? null,
    successPolicy: spec.successPolicy ?? null,
    replacesOnlyFailed: spec.podReplacementPolicy === 'Failed',
    restartsInPlace: spec.template?.spec?.restartPolicy === 'OnFailure',
  };
}
