/**
 * What happened, or will happen, to one Job. Made by the simulator, by a live watch and from recordings; drawn by the
 * panel, which cannot tell which.
 *
 * Every time is in seconds since the Job's creation (t = 0), with fractions; `null` is "not (yet)".
 */

/** How a time is known. */
export type Certainty = 'simulated' | 'observed' | 'inferred';

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

/** The moments of a pod's life that a timeline records. */
export type PodMoment = 'created' | 'scheduled' | 'started' | 'ready' | 'deleting' | 'finished' | 'removed';

export interface PodRun {
  /** The n-th pod that the Job created, 0-based. */
  readonly ordinal: number;
  readonly name: string;
  /** Completion index, 0-based; null in a NonIndexed Job. */
  readonly index: number | null;
  /** How often this index was tried before (0-based); equals `ordinal` in a NonIndexed Job. */
  readonly attempt: number;
  readonly created: number;
  readonly scheduled: number | null;
  readonly started: number | null;
  readonly ready: number | null;
  /** When deletion was asked for. */
  readonly deleting: number | null;
  /** When the pod reached its final phase. */
  readonly finished: number | null;
  /** When the object left the API server. */
  readonly removed: number | null;
  readonly phase: PodPhase;
  /** Of the container that decided; null for a pod that succeeded or has not ended. */
  readonly exitCode: number | null;
  /** In-place restarts of its containers. */
  readonly restarts: number;
  /** Why it ended, in the API's words: `Error`, `OOMKilled`, `Evicted`, `DeadlineExceeded`, a condition type, … */
  readonly reason?: string;
  readonly message?: string;
  readonly node?: string;
  /** True when the Job controller counts it in `status.failed`. */
  readonly countedFailed?: boolean;
  /** Those of its times that were inferred from something else, not seen. */
  readonly inferred?: readonly PodMoment[];
}

/** A Job's status at one moment, in the recorded traces' shape. `conditions` are `Type=Status:Reason`, in API order. */
export interface JobStatus {
  readonly active: number;
  readonly ready?: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly terminating?: number;
  /** Index list of the API (`0,2-5`); absent in a NonIndexed Job. */
  readonly completedIndexes?: string;
  readonly failedIndexes?: string;
  /** True when `startTime` is set. */
  readonly started: boolean;
  readonly conditions?: readonly string[];
}

export interface StatusChange {
  readonly t: number;
  /** `{ deleted: true }` when the Job itself is gone. */
  readonly status: JobStatus | { readonly deleted: true };
  /** True when nobody saw this status: it was counted from the times of pods. */
  readonly inferred?: boolean;
}

export interface TimelineEvent {
  readonly t: number;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** Ordinal of the pod that it speaks of. */
  readonly pod?: number;
}

/** A field of the spec that changed while the Job ran (a scale, a suspend, a resume), or its first value at t = 0. */
export interface TargetChange {
  readonly t: number;
  readonly parallelism: number;
  /** Null when unset: a work queue. */
  readonly completions: number | null;
  readonly suspend: boolean;
}

/** Why something is as it is: one sentence with its numbers, and the field or rule that caused it. */
export interface Explanation {
  readonly t: number;
  readonly about:
    | {
        readonly kind: 'pod';
        readonly ordinal: number;
        readonly moment: PodMoment;
        /** What one sync does to many pods is said once: it holds for all pods from `ordinal` through this one. */
        readonly through?: number;
      }
    | { readonly kind: 'condition'; readonly type: string }
    | { readonly kind: 'wait'; readonly until: number; readonly index: number | null }
    | { readonly kind: 'job' };
  readonly text: string;
  /** Server-style path of the field responsible, e.g. `spec.backoffLimit`. */
  readonly field?: string;
}

/** A stretch in which creation of pods was held back. */
export interface BackoffWait {
  readonly from: number;
  readonly until: number;
  /** The index that waits; null when the whole Job does. */
  readonly index: number | null;
  /** How many failures the delay was computed from (1 → 10 s, 2 → 20 s, …). */
  readonly failures: number;
}

/** A stretch that nobody observed: what happened in it is unknown, and drawn so. */
export interface Gap {
  readonly from: number;
  readonly until: number;
}

export interface TimelineEnd {
  readonly t: number;
  /** `Complete`, `Failed`, `Deleted`, or `Unfinished` when the run was cut at its horizon. */
  readonly outcome: 'Complete' | 'Failed' | 'Deleted' | 'Unfinished';
  /** The condition's reason (`CompletionsReached`, `BackoffLimitExceeded`, …), or what an unfinished run waits for. */
  readonly reason: string;
  readonly message: string;
  /** Of an unfinished run: nothing can happen any more, however long one waits. */
  readonly forever?: true;
}

export interface Timeline {
  readonly name: string;
  readonly namespace?: string;
  /** What its times are, unless a pod's `inferred` says otherwise. */
  readonly certainty: 'simulated' | 'observed';
  /** Wall-clock of t = 0 as RFC 3339, when there is one. */
  readonly origin: string | null;
  readonly completionMode: 'NonIndexed' | 'Indexed';
  readonly targets: readonly TargetChange[];
  readonly pods: readonly PodRun[];
  readonly statuses: readonly StatusChange[];
  readonly events: readonly TimelineEvent[];
  readonly waits: readonly BackoffWait[];
  readonly explanations: readonly Explanation[];
  readonly gaps: readonly Gap[];
  /** Null while it goes on. */
  readonly end: TimelineEnd | null;
  /** Up to where the timeline knows anything, in seconds. */
  readonly until: number;
  /** Set while what we see may be old: seconds at which the last word from the cluster came. */
  readonly staleSince?: number;
}
