import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readPrices, type ResourcePrices } from '../../../server/core/kubernetes/resource-prices.ts';
import type { PanelSource, ToPanel } from '../../../server/src/protocol/panel.ts';
import type { ManifestAddress, ManifestObject, ManifestSummary } from '../../../server/src/protocol/protocol.ts';
import type { PanelDeps } from './panel.ts';
import { ScenarioFile } from './scenario-file.ts';

export type SimulationSource = Extract<PanelSource, { readonly kind: 'simulation' }>;

/** What a panel shows of the Job at an address: the Job with its scenario, or one sentence on why there is none. */
export interface SimulationContent {
  readonly message: ToPanel;
  /** Null where there is no Job. */
  readonly summary: ManifestSummary | null;
}

/** The scenario file of the manifest that the source names. */
export function scenarioFileOf({ uri }: SimulationSource, deps: PanelDeps, chosen?: string | null): ScenarioFile {
  return new ScenarioFile(vscode.Uri.parse(uri), (text) => deps.requestScenario(text), chosen);
}

/** Asks for the Job and its scenario, side by side. */
export async function readSimulation(
  address: ManifestAddress,
  scenario: ScenarioFile,
  deps: PanelDeps,
): Promise<SimulationContent> {
  const { uri } = address;
  const looked = scenario.look();
  const answer = await ask(address, deps);
  if (typeof answer === 'string') {
    return {
      message: {
        type: 'message',
        tone: 'error',
        title: l10n.t('The manifest cannot be read.'),
        text: answer,
        actions: [{ id: 'refresh', label: l10n.t('Try Again') }],
      },
      summary: null,
    };
  }
  if (answer === null) {
    return {
      message: {
        type: 'message',
        tone: 'empty',
        title: l10n.t('There is no Job here any more'),
        text: l10n.t(
          'The Job that was simulated is not in {0} now. It comes back when it is there again.',
          fileName(uri),
        ),
        actions: [{ id: 'open', label: l10n.t('Show the Manifest') }],
      },
      summary: null,
    };
  }
  const { summary, version, object, kubernetesMinor, errors } = answer;
  await looked;
  const file = await scenario.read(summary);
  return {
    message: {
      type: 'simulate',
      title: summary.name || l10n.t('{0} without a name', summary.kind),
      version,
      object,
      kubernetesMinor,
      prices: pricesFor(uri),
      errors,
      scenario: file?.value ?? null,
      ...(file === null ? {} : { scenarioFile: file.state }),
    },
    summary,
  };
}

/** The Job, null when there is none, or one sentence on why it cannot be had. */
async function ask(address: ManifestAddress, deps: PanelDeps): Promise<ManifestObject | null | string> {
  const { uri } = address;
  try {
    // The server knows open texts only; after a window reload this one may not be open yet.
    if (openText(uri) === undefined) await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  } catch {
    return l10n.t('{0} could not be opened. It may have been moved or deleted.', fileName(uri));
  }
  try {
    return await deps.requestManifest(address);
  } catch (error) {
    return l10n.t('The language server gave no answer: {0}', error instanceof Error ? error.message : String(error));
  }
}

/** The text as an editor has it; undefined where none has it open. */
export function openText(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

/** What the person pays, from the settings. */
function pricesFor(uri: string): ResourcePrices {
  return readPrices(vscode.workspace.getConfiguration('jobwright', vscode.Uri.parse(uri)).get('prices'));
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
