import * as vscode from 'vscode';
import { ALL_RULES } from '../../server/core/advice/all-rules.ts';
import { saySimulated } from '../api/simulate-object.ts';
import type { ExportedApi } from './extension-api.ts';

/** Registers the tools that VS Code offers to language models, where it does. They read a text and change nothing. */
export function registerLanguageTools(api: ExportedApi): vscode.Disposable {
  // Older and other builds of VS Code have none of this.
  const lm = (vscode as { readonly lm?: Partial<typeof vscode.lm> }).lm;
  const register = lm?.registerTool;
  if (lm === undefined || register === undefined) return vscode.Disposable.from();
  const tool = (name: string, answer: (input: Readonly<Record<string, unknown>>) => Promise<string> | string) =>
    register.call(lm, name, {
      invoke: async ({ input }: vscode.LanguageModelToolInvocationOptions<object>) =>
        new vscode.LanguageModelToolResult([
          new vscode.LanguageModelTextPart(await answer(input as Record<string, unknown>)),
        ]),
    });
  return vscode.Disposable.from(
    tool('jobwright_lint', async ({ manifest }) => {
      const { objects, findings } = await api.lint(textOf(manifest));
      const verdicts = objects.map(
        ({ summary: { kind, name, accepted } }) =>
          `${kind} ${name}: the API server would ${accepted ? 'accept' : 'refuse'} it.`,
      );
      const said = findings.map(
        ({ severity, rule, range, field, message }) =>
          `line ${range.start.line + 1}: ${severity} ${rule}${field === '' ? '' : ` at ${field}`}: ${message}`,
      );
      return [...verdicts, ...said].join('\n') || 'There is no Job or CronJob in this text.';
    }),
    tool('jobwright_simulate', async ({ manifest, scenario }) => {
      const simulated = await api.simulate(textOf(manifest), { scenario: await scenarioOf(api, scenario) });
      return simulated.map(saySimulated).join('\n') || 'There is no Job or CronJob in this text.';
    }),
    tool('jobwright_explain', ({ rule }) => {
      const known = ALL_RULES.find(({ id }) => id === rule);
      if (known === undefined)
        return `There is no rule of that name. Rules: ${ALL_RULES.map(({ id }) => id).join(', ')}`;
      return `${known.id} (${known.severity}): ${known.title}. ${known.why}`;
    }),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function scenarioOf(api: ExportedApi, text: unknown): Promise<unknown> {
  return typeof text === 'string' && text.trim() !== '' ? api.readScenario(text) : undefined;
}
