import * as vscode from 'vscode';
import type { ManifestAddress, ManifestSummary } from '../../../server/src/protocol/protocol.ts';
import { type OpenPanel } from './open-panel.ts';
import type { PanelDeps } from './panel.ts';
import { revealField, showManifest } from './reveal-field.ts';
import { followManifest } from './same-manifest.ts';
import type { ScenarioFile } from './scenario-file.ts';
import {
  openText,
  readSimulation,
  scenarioFileOf,
  type SimulationContent,
  type SimulationSource,
} from './simulation-content.ts';

/** What was asked before there was a panel. */
export interface BegunSimulation {
  readonly scenario: ScenarioFile;
  readonly content: Promise<SimulationContent>;
}

/** Feeds a panel with the Job at an address of a text, and follows the text as it is edited. */
export class SimulationFeed implements vscode.Disposable {
  readonly #panel: OpenPanel;
  readonly #deps: PanelDeps;
  readonly #listeners: { dispose(): unknown }[];
  readonly #scenario: ScenarioFile;
  #address: ManifestAddress;
  #name: string | null = null;
  #kind: ManifestSummary['kind'] = 'Job';
  #begun: Promise<SimulationContent> | null;
  /** Only the answer to the latest question counts. */
  #question = 0;
  #cursorQuestion = 0;
  #cursor: string | null = null;

  constructor(panel: OpenPanel, source: SimulationSource, deps: PanelDeps, begun: BegunSimulation | null = null) {
    this.#panel = panel;
    this.#deps = deps;
    const { uri, document, item } = source;
    this.#address = { uri, document, item };
    this.#scenario = begun?.scenario ?? scenarioFileOf(source, deps, panel.state.scenarioFile);
    this.#begun = begun?.content ?? null;
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
    const { message, summary } = await (this.#begun ?? readSimulation(this.#address, this.#scenario, this.#deps));
    this.#begun = null;
    if (question !== this.#question) return;
    if (message.type === 'simulate') this.#panel.title = `Timeline: ${message.title}`;
    if (summary !== null) {
      this.#name = summary.name;
      this.#kind = summary.kind;
    }
    this.#panel.show(message);
  }

  dispose(): void {
    this.#question += 1;
    for (const listener of this.#listeners) listener.dispose();
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
