import * as vscode from 'vscode';
import { readPrices, type ResourcePrices } from '../../../server/core/kubernetes/resource-prices.ts';
import type { PanelSource } from '../../../server/src/protocol/panel.ts';
import type { ManifestAddress, ManifestSummary } from '../../../server/src/protocol/protocol.ts';
import { type OpenPanel } from './open-panel.ts';
import type { PanelDeps } from './panel.ts';
import { revealField, showManifest } from './reveal-field.ts';
import { followManifest } from './same-manifest.ts';
import { ScenarioFile } from './scenario-file.ts';

export type SimulationSource = Extract<PanelSource, { readonly kind: 'simulation' }>;

/** Feeds a panel with the Job at an address of a text, and follows the text as it is edited. */
export class SimulationFeed implements vscode.Disposable {
  readonly #panel: OpenPanel;
  readonly #deps: PanelDeps;
  readonly #listeners: { dispose(): unknown }[];
  readonly #scenario: ScenarioFile;
  #address: ManifestAddress;
  #name: string | null = null;
  #kind: ManifestSummary['kind'] = 'Job';
  /** Only the answer to the latest question counts. */
  #question = 0;
  #cursorQuestion = 0;
  #cursor: string | null = null;

  constructor(panel: OpenPanel, source: SimulationSource, deps: PanelDeps) {
    this.#panel = panel;
    this.#deps = deps;
    const { uri, document, item } = source;
    this.#address = { uri, document, item };
    this.#scenario = new ScenarioFile(
      vscode.Uri.parse(uri),
      (text) => deps.requestScenario(text),
      panel.state.scenarioFile,
    );
    this.#listeners = [
      this.#scenario,
      this.#scenario.onChanged(() => void this.refresh()),
      deps.onManifestsChanged(({ uri: changed, manifests }) => {
        // A closed text has no Jobs as the server sees it; the picture stays.
        if (changed !== this.#address.uri || openText(changed) === undefined) return;
        if (this.#name !== null) this.#follow(followManifest(this.#address, this.#name, manifests));
        void this.refresh();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('jobwright.prices')) void this.refresh();
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => void this.#tellCursor(event)),
      panel.onMessage((message) => {
        if (message.type === 'reveal') void this.#reveal(message.field);
        else if (message.type === 'action') void this.#act(message.id);
        else if (message.type === 'saveScenario') void this.#save(message.scenario);
        else if (message.type === 'chooseScenario') this.#scenario.choose(message.name);
        else if (message.type === 'undoScenario') void this.#undo(message.redo);
      }),
    ];
  }

  /** Asks for the Job again and shows it. */
  async refresh(): Promise<void> {
    const question = ++this.#question;
    const answer = await this.#ask();
    if (question !== this.#question) return;
    if (typeof answer === 'string') {
      this.#panel.show({
        type: 'message',
        tone: 'error',
        title: 'The manifest cannot be read.',
        text: answer,
        actions: [{ id: 'refresh', label: 'Try Again' }],
      });
      return;
    }
    if (answer === null) {
      this.#panel.show({
        type: 'message',
        tone: 'empty',
        title: 'There is no Job here any more',
        text: `The Job that was simulated is not in ${fileName(this.#address.uri)} now. It comes back when it is there again.`,
        actions: [{ id: 'open', label: 'Show the Manifest' }],
      });
      return;
    }
    const { summary, version, object, kubernetesMinor, errors } = answer;
    const file = await this.#scenario.read(summary);
    if (question !== this.#question) return;
    this.#name = summary.name;
    this.#kind = summary.kind;
    const title = summary.name || `${summary.kind} without a name`;
    this.#panel.title = `Timeline: ${title}`;
    this.#panel.show({
      type: 'simulate',
      title,
      version,
      object,
      kubernetesMinor,
      prices: pricesFor(this.#address.uri),
      errors,
      scenario: file?.value ?? null,
      ...(file === null ? {} : { scenarioFile: file.state }),
    });
  }

  dispose(): void {
    this.#question += 1;
    for (const listener of this.#listeners) listener.dispose();
  }

  /** The Job, null when there is none, or one sentence on why it cannot be had. */
  async #ask(): Promise<Awaited<ReturnType<PanelDeps['requestManifest']>> | string> {
    const { uri } = this.#address;
    try {
      // The server knows open texts only; after a window reload this one may not be open yet.
      if (openText(uri) === undefined) await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    } catch {
      return `${fileName(uri)} could not be opened. It may have been moved or deleted.`;
    }
    try {
      return await this.#deps.requestManifest(this.#address);
    } catch (error) {
      return `The language server gave no answer: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #follow(found: ManifestAddress | null): void {
    if (found === null || (found.document === this.#address.document && found.item === this.#address.item)) return;
    const { document, item } = found;
    this.#address = { uri: this.#address.uri, document, item };
    this.#panel.moveTo({ kind: 'simulation', ...this.#address });
  }

  /** Where the cursor stands in the manifest, the panel lights what that field decides. */
  async #tellCursor({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent): Promise<void> {
    const uri = textEditor.document.uri.toString();
    const at = selections[0]?.active;
    if (uri !== this.#address.uri || at === undefined) return;
    const question = ++this.#cursorQuestion;
    const position = { line: at.line, character: at.character };
    const found = await this.#deps.requestFieldAt({ uri, position }).catch(() => null);
    if (question !== this.#cursorQuestion) return;
    const { document, item } = this.#address;
    const field = found?.document === document && found.item === item ? found.field : null;
    if (field === this.#cursor) return;
    this.#cursor = field;
    this.#panel.tell({ type: 'cursor', field });
  }

  async #reveal(field: string): Promise<void> {
    await revealField(this.#deps, this.#address, field, this.#panel.webviewPanel.viewColumn);
  }

  async #act(id: string): Promise<void> {
    if (id === 'problems') await vscode.commands.executeCommand('workbench.actions.view.problems');
    else if (id === 'open') await showManifest(this.#address.uri, this.#panel.webviewPanel.viewColumn);
    else if (id === 'scenario') await this.#scenario.show();
    else if (id === 'refresh') await this.refresh();
  }

  /** The editor's own undo needs the editor for a moment; then the panel has the person back. */
  async #undo(redo: boolean): Promise<void> {
    await this.#scenario.undo(redo);
    this.#panel.webviewPanel.reveal(undefined, false);
  }

  async #save(scenario: unknown): Promise<void> {
    const problem = await this.#scenario.write(scenario, { kind: this.#kind, name: this.#name ?? '' });
    if (problem !== null) {
      void vscode.window.showErrorMessage(problem);
      return;
    }
    await this.refresh();
    this.#panel.tell({ type: 'scenarioSaved' });
  }
}

/** What the person pays, from the settings. */
function pricesFor(uri: string): ResourcePrices {
  return readPrices(vscode.workspace.getConfiguration('jobwright', vscode.Uri.parse(uri)).get('prices'));
}

function openText(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

function fileName(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
