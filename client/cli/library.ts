import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import type { SeverityTable } from '../../server/core/validation/severity.ts';
import { readText } from '../../server/src/features/read-text.ts';
import { readScenarioText } from '../../server/src/features/scenario-text.ts';
import { readSettings } from '../../server/src/features/settings.ts';
import type { ReadTextResult } from '../../server/src/protocol/protocol.ts';
import { simulateObject, type Simulated, type SimulationWishes } from '../api/simulate-object.ts';

/** What a program that checks a text may choose; as the editor's settings of the same names. */
export interface LintChoice {
  /** `1.29` to the newest known, which is also meant where nothing is said. */
  readonly kubernetesVersion?: string;
  /** False: only what the API server itself would say. */
  readonly advice?: boolean;
  /** Severities by rule (`advice/image-tag`) or by group (`advice/*`). */
  readonly severity?: SeverityTable;
  /** What namespaces enforce. */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted';
}

/**
 * The Jobs and CronJobs of a text (YAML or JSON, any number of documents) and what is to be said about them, by place.
 * Never throws on what a text says; what a comment silences is left out.
 */
export function lint(text: string, { advice = true, ...chosen }: LintChoice = {}): ReadTextResult {
  return readText(text, readSettings({ ...chosen, advice: { enable: advice } }));
}

/**
 * Plays each Job and CronJob of a text on a virtual clock: the same text, scenario and seed give the same result.
 * @throws Error that says what is wrong with the scenario
 */
export function simulate(text: string, wishes: SimulationWishes = {}): readonly Simulated[] {
  return lint(text, { advice: false }).objects.map(({ summary: { kind, name }, object }) =>
    simulateObject(kind, name, object, wishes),
  );
}

/**
 * A scenario file's text as the data that `simulate` takes.
 * @throws Error when it is no YAML
 */
export function readScenario(text: string): unknown {
  const { value, problems } = readScenarioText(text);
  if (problems[0] !== undefined) throw new Error(problems[0]);
  return value;
}

export type { CronJob, Job, ReadTextResult, SeverityTable, Simulated, SimulationWishes };
