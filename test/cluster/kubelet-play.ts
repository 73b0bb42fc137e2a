/** What is asked of the scripted kubelet, and what it knows of a pod while it plays it. */
import type { PodFates } from '../../server/core/simulation/pod-fates.ts';
import type { PodPlan, PodPlanner } from '../../server/core/simulation/pod-plan.ts';
import type { Capacity, PodMatch } from '../../server/core/scenario/scenario-model.ts';
import type { PodPosition, Scenario } from '../../server/core/simulation/scenario.ts';
import type { Pod } from './objects.ts';
import type { ContainerPlay, PodFailure, PodPhase } from './pod-status.ts';
import type { ActionTarget } from './scenario-actions.ts';

export interface KubeletOptions {
  /** Made-up nodes to spread the pods over. */
  readonly nodes?: number;
  /** Gets a line when the API server refuses something that should work. */
  readonly log?: (line: string) => void;
}

export interface PlayOptions {
  readonly namespace: string;
  /** Only pods of this Job; absent: of every Job in the namespace. */
  readonly job?: string;
  readonly scenario: Scenario;
  /** From which the scenario's distributions are drawn; 0 where not given. */
  readonly seed?: number;
  /** Seconds between two lines that a running container writes to its log; absent: it writes only at its start and end. */
  readonly logEvery?: number;
}

export interface PodRun extends PodPosition {
  readonly name: string;
  readonly job: string;
}

/** A scenario being played. */
export interface Play {
  /** The pods so far, in the order of their creation. */
  readonly pods: readonly PodRun[];
  /**
   * Performs the scenario's actions on this Job or CronJob, counted from now.
   * @returns resolves when all have been performed; rejects when one was refused
   */
  begin(target: ActionTarget): Promise<void>;
  /** Deletes the pods that match, as a person would. */
  deletePods(match: PodMatch): Promise<void>;
  /** Evicts every pod that has a place and has not ended. */
  drain(): void;
  /** How many pods run at once from now on; pods that run already go on. Throws for a capacity of nodes. */
  setCapacity(capacity: Capacity): void;
  /** Leaves the pods as they are from now on. */
  stop(): void;
}

export interface Kubelet {
  play(options: PlayOptions): Play;
  /** Names of the nodes that were made. */
  readonly nodes: readonly string[];
  stop(): Promise<void>;
}

/** A pod while it is played. */
export interface PodLife {
  pod: Pod;
  readonly run: PodRun;
  readonly plan: PodPlan;
  readonly play: PlayState;
  readonly containers: ContainerPlay[];
  readonly conditions: Map<string, { readonly holds: boolean; readonly at: Date }>;
  readonly timers: Set<NodeJS.Timeout>;
  readonly podIP: string;
  /** Writes of one pod go out one after the other. */
  writing: Promise<void>;
  phase: PodPhase;
  startTime: Date;
  placed: boolean;
  deleting: boolean;
  /** The last delete, which removes the object, was sent. */
  removed: boolean;
  failure?: PodFailure;
}

export interface PlayState {
  readonly options: PlayOptions;
  readonly fates: PodFates;
  readonly pods: PodRun[];
  readonly lives: Map<string, PodLife>;
  /** How often a Job's index was tried, by Job uid and index. */
  readonly tries: Map<string, number>;
  readonly jobs: Map<string, { readonly run: number; readonly planner: PodPlanner; pods: number }>;
  waiting: PodLife[];
  capacity: number;
  active: boolean;
}
