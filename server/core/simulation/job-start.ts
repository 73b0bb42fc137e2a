import type { Job } from '../kubernetes/generated/types.ts';
import { scheduleActions } from './actions.ts';
import type { VirtualClock } from './clock.ts';
import { createPlaces } from './cluster-places.ts';
import { controllerBehaviour } from './controller-behaviour.ts';
import { startJob, type JobSimulation } from './job-simulation.ts';
import { fatesOf, type PodFates } from './pod-fates.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { Scenario } from '../scenario/scenario-model.ts';
import type { SimulateOptions } from './simulate.ts';
import { takesAll } from './spec-changes.ts';

/** Puts a Job of its own, its cluster and what people do on a clock that still stands. */
export function startSimulation(
  job: Job,
  scenario: Scenario,
  options: SimulateOptions,
  clock: VirtualClock,
  recorder: RunRecorder,
): { readonly simulation: JobSimulation; readonly fates: PodFates } {
  const places = createPlaces(scenario.capacity);
  const fates = fatesOf(scenario);
  const simulation = startJob({
    job,
    fates,
    seed: options.seed,
    clock,
    places,
    quota: { pods: scenario.quota, used: 0 },
    behaviour: controllerBehaviour(options.kubernetesMinor),
    recorder,
    cronRun: null,
    statusWritten: () => undefined,
    deleted: () => undefined,
  });
  scheduleActions(simulation, scenario.actions, { clock, places, recorder, judge: options.judge ?? takesAll });
  return { simulation, fates };
}
