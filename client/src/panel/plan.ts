import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Job } from '../../../server/core/kubernetes/generated/types.ts';
import type { ToPanel } from '../../../server/src/protocol/panel.ts';
import type { PanelDeps } from './panel.ts';
import { openManifest } from './reveal-field.ts';
import { ScenarioFile } from './scenario-file.ts';

type Plan = Extract<ToPanel, { readonly type: 'plan' }>;

/** The open manifest of a Job of this name, with its scenario file: what was planned. Null where none is open. */
export async function planOf(name: string, deps: PanelDeps): Promise<Plan | null> {
  const address = await openManifest(name, deps);
  const found = address === null ? null : await deps.requestManifest(address).catch(() => null);
  if (found?.summary.kind !== 'Job') return null;
  const uri = vscode.Uri.parse(found.summary.uri);
  const file = new ScenarioFile(uri, (text) => deps.requestScenario(text));
  try {
    const scenario = await file.read(found.summary);
    const manifest = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const isUsed = scenario?.state.used === true && scenario.state.problem === null;
    const from = isUsed
      ? l10n.t('{0} with {1}', manifest, scenario.state.name)
      : l10n.t('{0} without a scenario', manifest);
    return { type: 'plan', object: found.object as Job, scenario: isUsed ? scenario.value : null, from };
  } finally {
    file.dispose();
  }
}
