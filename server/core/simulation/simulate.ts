import type { Job } from '../kubernetes/generated/types.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { createClock, milliseconds } from './clock.ts';
import { startSimulation } from './job-start.ts';
import { unusedRule } from './pod-fates.ts';
import { createRecorder } from './run-recorder.ts';
import type { Scenario } from '../scenario/scenario-model.ts';
import type { JudgeChange } from './spec-changes.ts';
import { timelineOfRun } from './timeline-of-run.ts';

/** How long a run is followed where nobody says: 7 days, in seconds. */
export const DEFAULT_UNTIL = 7 * 24 * 3600;

export interface SimulateOptions {
  /** Seed of all random draws: a non-negative integer. */
  readonly seed: number;
  /** Seconds of virtual time after which a run that has not ended is cut. */
  readonly until: number;
  /** Kubernetes 1.x whose controller is simulated; the newest known one where not given. */
  readonly kubernetesMinor?: number;
  /** What the API server would refuse of what people change; where not given, nothing. */
  readonly judge?: JudgeChange;
}

/**
 * Runs a Job (as written, without defaults) on a virtual clock and tells what happens. The same job, scenario and seed
 * give the same timeline, everywhere. Of a Job that the API server would refuse it tells what the controller would make
 * of it.
 */
export function simulateJob(job: Job, scenario: Scenario, options: SimulateOptions): Timeline {
  const clock = createClock();
  const recorder = createRecorder(clock);
  const { simulation, fates } = startSimulation(job, scenario, options, clock, recorder);
  const horizon = milliseconds(options.until);
  clock.runUntil(horizon);
  for (const at of fates.unusedRules()) recorder.explainJob(unusedRule(at));
  return timelineOfRun(simulation.run, recorder, simulation.kubelet.pods, Math.min(clock.now, horizon), scenario.start);
}
