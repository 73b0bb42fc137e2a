import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';

/** What the panel asks of its worker. */
export interface SimulationRequest {
  /** Answers carry it, so that an outdated one can be told. */
  readonly id: number;
  readonly object: Job | CronJob;
  /** Data in the scenario format. */
  readonly scenario: unknown;
  readonly seed: number;
}

export type SimulationAnswer =
  { readonly id: number; readonly timeline: Timeline } | { readonly id: number; readonly problem: string };
