import type { ObjectMeta } from '../kubernetes/generated/types.ts';

/**
 * Pods and Events as the cluster tells them: the fields that timelines and diagnosis read, and no others, since a
 * watched Job may have thousands of pods. The list of fields, as data, is in observed-shapes.ts.
 */

export interface Pod {
  readonly metadata: ObservedMeta;
  readonly spec?: PodSpec | undefined;
  readonly status?: PodStatus | undefined;
}

/** Name, uid and resource version are always there. */
export type ObservedMeta = ObjectMeta & {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
};

export interface PodSpec {
  readonly nodeName?: string | undefined;
  readonly restartPolicy?: string | undefined;
  readonly activeDeadlineSeconds?: number | undefined;
  readonly containers?: readonly PodContainer[] | undefined;
  readonly initContainers?: readonly PodContainer[] | undefined;
  readonly schedulingGates?: readonly { readonly name?: string | undefined }[] | undefined;
}

export interface PodContainer {
  readonly name?: string | undefined;
  readonly image?: string | undefined;
  readonly restartPolicy?: string | undefined;
  readonly resources?: { readonly limits?: Readonly<Record<string, string | number>> | undefined } | undefined;
}

export interface PodStatus {
  readonly phase?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly startTime?: string | undefined;
  readonly conditions?: readonly Condition[] | undefined;
  readonly containerStatuses?: readonly ContainerStatus[] | undefined;
  readonly initContainerStatuses?: readonly ContainerStatus[] | undefined;
}

export interface Condition {
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly lastTransitionTime?: string | undefined;
}

export interface ContainerStatus {
  readonly name?: string | undefined;
  readonly ready?: boolean | undefined;
  readonly restartCount?: number | undefined;
  readonly state?: ContainerState | undefined;
  readonly lastState?: ContainerState | undefined;
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string | undefined; readonly message?: string | undefined } | undefined;
  readonly running?: { readonly startedAt?: string | undefined } | undefined;
  readonly terminated?: TerminatedState | undefined;
}

export interface TerminatedState {
  readonly exitCode?: number | undefined;
  readonly signal?: number | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly startedAt?: string | undefined;
  readonly finishedAt?: string | undefined;
}

/** A Kueue Workload: what its queue says of a Job. */
export interface Workload {
  readonly metadata: ObservedMeta;
  readonly status?: { readonly conditions?: readonly Condition[] | undefined } | undefined;
}

/** A `v1` Event. Lossy and short-lived: after about 25 for one object the server's clients send few more. */
export interface ClusterEvent {
  readonly metadata: ObservedMeta;
  readonly involvedObject?:
    | { readonly kind?: string | undefined; readonly name?: string | undefined; readonly uid?: string | undefined }
    | undefined;
  readonly type?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly count?: number | undefined;
  readonly firstTimestamp?: string | undefined;
  readonly lastTimestamp?: string | undefined;
  readonly eventTime?: string | undefined;
  readonly series?: { readonly count?: number | undefined; readonly lastObservedTime?: string | undefined } | undefined;
}
