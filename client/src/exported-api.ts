import type * as vscode from 'vscode';
import type { Job, CronJob } from '../../server/core/kubernetes/generated/types.ts';
import type { ReadTextResult } from '../../server/src/protocol/protocol.ts';
import { simulateObject, type Simulated, type SimulationWishes } from '../api/simulate-object.ts';
import { ContributedRules, type ContributedRule } from './contributed-rules.ts';
import type { LanguageServer } from './language-server.ts';

/**
 * What Jobwright offers to other extensions (docs/api.md). Fields may be added; what is there keeps its meaning as long
 * as `apiVersion` stays the same.
 */
export interface ExportedApi {
  readonly apiVersion: 1;
  /** The Jobs of a text and the findings about them, with the settings of the editor. The text need not be open. */
  lint(text: string): Promise<ReadTextResult>;
  /** Plays each Job and CronJob of a text. Rejects with an `Error` that says what is wrong with the scenario. */
  simulate(text: string, wishes?: SimulationWishes): Promise<readonly Simulated[]>;
  /** A scenario file's text as the data that `simulate` takes. Rejects when it is no YAML. */
  readScenario(text: string): Promise<unknown>;
  /** Adds rules of one's own; their findings stand beside Jobwright's until the result is disposed of. */
  contributeRules(rules: readonly ContributedRule[]): vscode.Disposable;
}

export type { ContributedRule, Job, CronJob, ReadTextResult, Simulated, SimulationWishes };

/** Makes the API. Nothing starts until it is used. */
export function exportedApi(server: LanguageServer): { readonly api: ExportedApi; readonly rules: ContributedRules } {
  const rules = new ContributedRules(server);
  const api: ExportedApi = {
    apiVersion: 1,
    lint: (text) => server.readText(text),
    simulate: async (text, wishes = {}) => {
      const { objects } = await server.readText(text);
      return objects.map(({ summary: { kind, name }, object }) => simulateObject(kind, name, object, wishes));
    },
    readScenario: async (text) => {
      const { value, problems } = await server.scenario(text);
      if (problems[0] !== undefined) throw new Error(problems[0]);
      return value;
    },
    contributeRules: (contributed) => rules.add(contributed),
  };
  return { api, rules };
}
