import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import type { MonteCarlo } from '../../server/core/simulation/monte-carlo.ts';
import type { CronTimeline } from '../../server/core/timeline/cron-timeline.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';

/** What is simulated, and how. */
export interface Simulated {
  readonly object: Job | CronJob;
  /** Data in the scenario format. */
  readonly scenario: unknown;
  readonly seed: number;
  /** Whose controllers: Kubernetes 1.x. */
  readonly kubernetesMinor: number;
}

/** What the panel asks of its worker. */
export interface SimulationRequest extends Simulated {
  /** Answers carry it, so that an outdated one can be told. */
  readonly id: number;
}

export type SimulationAnswer =
  | { readonly id: number; readonly timeline: Timeline }
  | { readonly id: number; readonly cron: CronTimeline }
  | { readonly id: number; readonly problem: string };

/** Many runs, of a CronJob those of one of its Jobs; asked of a worker that does nothing else. */
export interface OddsRequest extends Simulated {
  readonly type: 'odds';
  readonly runs: number;
}

export type OddsAnswer =
  | { readonly type: 'oddsProgress'; readonly done: number }
  | { readonly type: 'odds'; readonly odds: MonteCarlo; readonly histogram: Histogram }
  | { readonly type: 'oddsProblem'; readonly problem: string };

/** How many values fall into each of equally wide bars between the least and the greatest one. */
export interface Histogram {
  readonly from: number;
  readonly until: number;
  readonly counts: readonly number[];
}
