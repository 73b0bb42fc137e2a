import type { Job } from '../kubernetes/generated/types.ts';
import type { PositionRange } from './position-ranges.ts';

/**
 * A number of seconds, fixed or drawn from the seed: log-normal through its median and 95th percentile, or uniform
 * between two ends.
 */
export type Seconds =
  number | { readonly p50: number; readonly p95: number } | { readonly min: number; readonly max: number };

/** What one container does. */
export interface ContainerScript {
  /** Seconds that it runs; negative: it never ends by itself. */
  readonly run?: Seconds;
  readonly exitCode?: number;
  /** In-place restarts before its last exit. */
  readonly restarts?: number;
}

/** Who takes a pod away. An unreachable node is only found out about, and its pods are only deleted, after a while. */
export type Disruption = 'eviction' | 'preemption' | 'taint' | 'node-loss' | 'node-unreachable';

/** What one pod does; the flat fields speak of its first container, or of `container`. */
export interface PodScript extends ContainerScript {
  /** Seconds from getting its place to running. */
  readonly startup?: Seconds;
  readonly container?: string;
  /** The pod fails with this condition when it ends. */
  readonly condition?: string;
  /** It never finds a node. */
  readonly pending?: boolean;
  /** Seconds from deletion to the end of its containers. */
  readonly grace?: Seconds;
  readonly graceExitCode?: number;
  /** Waits between in-place restarts: the kubelet's (at once, then 10 s doubling to 300 s) or none. */
  readonly restartDelay?: 'kubelet' | 'none';
  /** Containers by name, init containers and native sidecars included. */
  readonly containers?: Readonly<Record<string, ContainerScript>>;
  /** Taken away by the cluster, `at` seconds after it got its place. */
  readonly disrupt?: {
    readonly at: Seconds;
    readonly by: Disruption;
    /** Of an unreachable node: how long after it went silent its Node object is removed. */
    readonly nodeRemoved?: Seconds;
  };
  /** How likely it fails although its exit code is 0, from 0 to 1. */
  readonly failureProbability?: number;
  /** Exit code of such a failure; 1 where not given. */
  readonly failureExitCode?: number;
  /** Its image cannot be pulled: it has a node and stays Pending. */
  readonly imagePullBackOff?: boolean;
  /** It exceeds its memory limit when its run ends: exit code 137, reason OOMKilled, no DisruptionTarget. */
  readonly oomKilled?: boolean;
  /** Seconds that the scheduler takes before the pod may get a place. */
  readonly schedulingDelay?: Seconds;
}

export interface PodMatch {
  readonly ordinal?: readonly PositionRange[];
  readonly index?: readonly PositionRange[];
  readonly attempt?: readonly PositionRange[];
  /** For a CronJob: the n-th Job that it created, from 0. */
  readonly run?: readonly PositionRange[];
}

export interface PodRule {
  readonly match: PodMatch;
  readonly script: PodScript;
}

export interface NodeScript {
  readonly name: string;
  /** Thousandths of a CPU, bytes, and pods that fit; null: without limit. */
  readonly milliCpu: number | null;
  readonly memory: number | null;
  readonly pods: number | null;
}

/** How many pods run at once: without limit, by count, or by what fits on nodes. */
export type Capacity = null | number | { readonly nodes: readonly NodeScript[] };

export interface ActionScript {
  /** Seconds since the Job's (or CronJob's) creation. */
  readonly at: number;
  /** What the change is made to; null: the object that is simulated. */
  readonly target: 'job' | 'cronJob' | null;
  readonly suspend?: boolean;
  readonly parallelism?: number;
  readonly completions?: number;
  readonly deletePod?: PodMatch;
  /** A merge patch of the object. */
  readonly patch?: Readonly<Record<string, unknown>>;
  readonly controllerRestart?: boolean;
  /** For a CronJob: seconds that its controller is away from now. */
  readonly controllerOutage?: number;
  /** Evicts the pods of this node; true: of every node. */
  readonly drain?: string | true;
  readonly capacity?: Capacity;
  /** Deletes the Job itself. */
  readonly delete?: boolean;
}

/** How pods behave and what people do meanwhile. */
export interface Scenario {
  readonly version: 1;
  readonly for: { readonly kind?: string; readonly name?: string } | null;
  readonly default: PodScript;
  readonly pods: readonly PodRule[];
  /** RFC 3339; null: a fixed date. */
  readonly start: string | null;
  /** IANA name. */
  readonly controllerTimeZone: string;
  readonly capacity: Capacity;
  /** Pods that the namespace's quota admits at once (finished ones do not count); null: no quota. */
  readonly quota: number | null;
  readonly actions: readonly ActionScript[];
}

/** Where a pod stands among the pods of its Job. */
export interface PodPosition {
  readonly ordinal: number;
  /** Completion index; null in a NonIndexed Job. */
  readonly index: number | null;
  /** How often its index was tried before; the ordinal in a NonIndexed Job. */
  readonly attempt: number;
  /** For a Job of a CronJob: the how-manieth it is, from 0. */
  readonly run?: number;
}

/** Anything that a scenario says wrongly, in one sentence, with the path of the field. */
export interface ScenarioProblem {
  readonly path: string;
  readonly message: string;
}

/** The Job as far as a scenario is read against it. */
export type ScenarioSubject = Pick<Job, 'spec' | 'metadata' | 'kind'>;
