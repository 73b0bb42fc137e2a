/** Scenario files of recordings: a manifest beside the scenario that it is played under. */
import { parseScenario, type Scenario } from '../../server/core/simulation/scenario.ts';
import type { JsonObject } from './objects.ts';

type Manifest = JsonObject & { readonly metadata: { readonly name: string } };

export interface RecordedScenario {
  readonly name: string;
  /** Seconds after which the recording ends at the latest. */
  readonly horizon: number;
  readonly scenario: Scenario;
}

export interface TraceScenario extends RecordedScenario {
  readonly job: Manifest;
}

export interface CronTraceScenario extends RecordedScenario {
  readonly cronJob: Manifest;
}

/** A scenario file's content: the scenario's own fields stand beside these. */
export interface ScenarioFile {
  readonly name: string;
  readonly horizon: number;
  readonly job?: Manifest;
  readonly cronJob?: Manifest;
}

function read(content: ScenarioFile, file: string): RecordedScenario & ScenarioFile {
  const { name, horizon, job, cronJob, ...rest } = content;
  const { scenario, problems } = parseScenario(rest);
  if (problems.length > 0) throw new Error(`${file}: ${problems.map(({ message }) => message).join(' ')}`);
  return {
    name,
    horizon,
    scenario,
    ...(job === undefined ? {} : { job }),
    ...(cronJob === undefined ? {} : { cronJob }),
  };
}

/**
 * Takes the content of a scenario file of a Job.
 * @param file its name, for messages
 * @throws Error naming the file and what is wrong with it
 */
export function traceScenario(content: ScenarioFile, file: string): TraceScenario {
  const { name, horizon, scenario, job } = read(content, file);
  if (job === undefined) throw new Error(`${file}: no job`);
  return { name, horizon, scenario, job };
}

/** Takes the content of a scenario file of a CronJob, as `traceScenario` does. */
export function cronTraceScenario(content: ScenarioFile, file: string): CronTraceScenario {
  const { name, horizon, scenario, cronJob } = read(content, file);
  if (cronJob === undefined) throw new Error(`${file}: no cronJob`);
  return { name, horizon, scenario, cronJob };
}

/** True when someone restarts or stops the controllers in this scenario. */
export function stopsControllers({ scenario }: RecordedScenario): boolean {
  return scenario.actions.some(
    ({ controllerRestart, controllerOutage }) => controllerRestart === true || controllerOutage !== undefined,
  );
}
