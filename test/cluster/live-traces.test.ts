// Scenarios that nobody has seen, played by the real Job controller and by the simulator. Where two recordings of one
// scenario differ, the real thing has a race of its own, and nothing is asserted of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import { compareTraces, type TraceDifference } from '../../server/core/timeline/compare-traces.ts';
import { traceOfTimeline, type Trace } from '../../server/core/timeline/trace.ts';
import { refusalOfUpdate } from '../../server/core/validation/refused-update.ts';
import { controlPlaneMissing } from './build.ts';
import { liveSeed } from './live-seed.ts';
import { randomScenario } from './random-scenario.ts';
import { recordTraces } from './record-traces.ts';
import { traceScenario, type TraceScenario } from './trace-scenario.ts';

const SCENARIOS = 8;
/** Seconds: such as the simulator sees end sooner are played, and they are followed so long. */
const LONGEST = 22;
const HORIZON = 36;
const SEEDS_TRIED = 500;

const missing = (await controlPlaneMissing()) ?? false;

function simulated({ job, scenario, horizon }: TraceScenario): Trace {
  return traceOfTimeline(simulateJob(job, scenario, { seed: 1, until: horizon, judge: refusalOfUpdate }));
}

/** The first scenarios of a seed that are over soon. */
function shortScenarios(seed: number): TraceScenario[] {
  const found: TraceScenario[] = [];
  for (let tried = 0; found.length < SCENARIOS && tried < SEEDS_TRIED; tried++) {
    const content = { ...randomScenario(seed * 1000 + tried), horizon: HORIZON };
    const scenario = traceScenario(content, content.name);
    const { end } = simulated(scenario);
    const isOver = end !== undefined && end !== null && end.outcome !== 'Unfinished';
    if (isOver && end.t <= LONGEST) found.push(scenario);
  }
  return found;
}

/** In what the simulation differs from every recording, of that in which no two recordings differ from each other. */
function assertable(recordings: readonly Trace[], simulation: Trace): TraceDifference[] {
  const [first, ...others] = recordings;
  if (first === undefined) return [];
  const unsteady = new Set(others.flatMap((other) => compareTraces(first, other)).map(({ what }) => what));
  return compareTraces(first, simulation).filter(
    ({ what }) =>
      !unsteady.has(what) &&
      others.every((other) => compareTraces(other, simulation).some((difference) => difference.what === what)),
  );
}

test('the simulator predicts what the Job controller does', { skip: missing, timeout: 240_000 }, async (context) => {
  const seed = liveSeed();
  context.diagnostic(`seed ${seed} (JOBWRIGHT_SEED)`);
  const scenarios = shortScenarios(seed);
  assert.equal(scenarios.length, SCENARIOS);
  const recordings = new Map<TraceScenario, Trace[]>();
  let stalled = 0;
  const record = (chosen: readonly TraceScenario[]): Promise<void> =>
    recordTraces(
      chosen,
      2,
      2 * SCENARIOS,
      (scenario, traces) => {
        for (const trace of traces) stalled = Math.max(stalled, trace.stalled ?? 0);
        recordings.set(scenario, [...(recordings.get(scenario) ?? []), ...(traces as readonly Trace[])]);
        return Promise.resolve();
      },
      () => undefined,
    );
  const differing = (): TraceScenario[] =>
    scenarios.filter((scenario) => assertable(recordings.get(scenario) ?? [], simulated(scenario)).length > 0);

  await record(scenarios);
  const doubtful = differing();
  // A machine that stands still for a moment makes all recordings alike, and wrong: only what shows up again counts.
  if (doubtful.length > 0) await record(doubtful);
  const wrong = differing();

  const steady = scenarios.filter((scenario) => {
    const [first, ...others] = recordings.get(scenario) ?? [];
    return first !== undefined && others.every((other) => compareTraces(first, other).length === 0);
  });
  const agreeing = scenarios.filter((scenario) =>
    (recordings.get(scenario) ?? []).some((recorded) => compareTraces(recorded, simulated(scenario)).length === 0),
  );
  context.diagnostic(
    `${scenarios.length} scenarios, ${agreeing.length} agree in everything, ${scenarios.length - steady.length} were not the same each time, ${doubtful.length} recorded again; longest standstill ${stalled.toFixed(1)} s`,
  );
  const report = wrong.map((scenario) => ({
    scenario: scenario.name,
    differences: assertable(recordings.get(scenario) ?? [], simulated(scenario)),
    job: scenario.job['spec'],
    played: scenario.scenario,
  }));
  assert.deepEqual(report, [], JSON.stringify(report, undefined, 1));
});
