import { simulateObject } from '../api/simulate-object.ts';
import { ContributedRules } from './contributed-rules.ts';
import type { ExportedApi } from './extension-api.ts';
import type { LanguageServer } from './language-server.ts';

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
