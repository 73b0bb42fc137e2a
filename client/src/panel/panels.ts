import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type {
  ExportFormat,
  PanelRunAction,
  PanelSource,
  PanelState,
  PanelSummary,
  PinnedRun,
} from '../../../server/src/protocol/panel.ts';
import type { ManifestAddress } from '../../../server/src/protocol/protocol.ts';
import type { PanelParts } from './html.ts';
import type { KeptPin } from './kept-pin.ts';
import type { KeptStates } from './kept-states.ts';
import { LiveFeed } from './live-feed.ts';
import { OpenPanel, webviewOptions } from './open-panel.ts';
import type { LiveSource, LiveView, PanelDeps } from './panel.ts';
import { readPanelParts } from './panel-parts.ts';
import { readPanelState } from './read-state.ts';
import { RecordingFeed, type RecordingSource } from './recording-feed.ts';
import { saveExport } from './save-export.ts';
import { readSimulation, scenarioFileOf, type SimulationSource } from './simulation-content.ts';
import { SimulationFeed } from './simulation-feed.ts';

/** View type of the panel. `package.json` must list the activation event `onWebviewPanel:jobwright.timeline`. */
export const panelViewType = 'jobwright.timeline';

/** So long a new panel waits for its Job before it opens. */
const ASKED_FIRST_MS = 100;

type Feed = SimulationFeed | LiveFeed | RecordingFeed;

/** All open panels: one for each source. */
export class Panels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly drawn = new vscode.EventEmitter<PanelSummary>();
  lastDrawn: OpenPanel | null = null;
  readonly #extensionUri: vscode.Uri;
  readonly #keptPin: KeptPin;
  readonly #keptStates: KeptStates;
  readonly #deps: PanelDeps;
  readonly #open = new Map<OpenPanel, Feed>();
  /** The page is read when there is a Job that could be drawn. */
  readonly #jobs: vscode.Disposable;
  readonly #opening = new Map<string, Promise<void>>();
  #parts: Promise<PanelParts> | null = null;
  /** Where the next exported run goes; asked for where there is none. */
  #exportTo: vscode.Uri | undefined;

  constructor(extensionUri: vscode.Uri, pin: KeptPin, states: KeptStates, deps: PanelDeps) {
    this.#extensionUri = extensionUri;
    this.#keptPin = pin;
    this.#keptStates = states;
    this.#deps = deps;
    const jobs = deps.onManifestsChanged(({ manifests }) => {
      if (manifests.length === 0) return;
      jobs.dispose();
      this.#partsOfPage().catch(() => undefined);
    });
    this.#jobs = jobs;
  }

  async simulate(address: ManifestAddress): Promise<void> {
    const { uri, document, item } = address;
    const source: SimulationSource = { kind: 'simulation', uri, document, item };
    const before = this.#find(source);
    if (before !== undefined) {
      before.panel.reveal();
      if (before.feed instanceof SimulationFeed) await before.feed.refresh();
      return;
    }
    const key = JSON.stringify(source);
    // A second click comes before the panel is there.
    const opening = this.#opening.get(key) ?? this.#openSimulation(address, source);
    this.#opening.set(key, opening);
    await opening.finally(() => this.#opening.delete(key));
  }

  async #openSimulation(address: ManifestAddress, source: SimulationSource): Promise<void> {
    const scenario = scenarioFileOf(source, this.#deps);
    const content = readSimulation(address, scenario, this.#deps);
    // While the workbench makes a page it answers no other question: what is asked before is drawn sooner.
    await Promise.race([content, new Promise((resolve) => setTimeout(resolve, ASKED_FIRST_MS))]);
    const panel = this.#create(source, 'Timeline');
    const feed = new SimulationFeed(panel, source, this.#deps, { scenario, content });
    this.#keep(panel, feed);
    await feed.refresh();
  }

  async openRecording(uri: vscode.Uri): Promise<void> {
    const source: RecordingSource = { kind: 'recording', uri: uri.toString() };
    const before = this.#find(source);
    before?.panel.reveal();
    const feed = before?.feed ?? this.#add(this.#create(source, 'Recorded'));
    if (feed instanceof RecordingFeed) await feed.refresh();
  }

  exportRun(format: ExportFormat, to?: vscode.Uri): void {
    const inSight = [...this.#open.keys()].filter(({ webviewPanel }) => webviewPanel.visible);
    const panel =
      inSight.find(({ webviewPanel }) => webviewPanel.active) ??
      inSight.find((each) => each === this.lastDrawn) ??
      inSight[0];
    if (panel === undefined) {
      void vscode.window.showInformationMessage(
        l10n.t('Show the timeline of a Job first: simulate it, watch it or open a recording.'),
      );
    } else if (panel.summary === null || panel.summary.runs !== undefined) {
      void vscode.window.showInformationMessage(
        l10n.t('There is no single run in the panel yet. Of a CronJob, open one run first.'),
      );
    } else {
      this.#exportTo = to;
      panel.tell({ type: 'export', format });
    }
  }

  showLive(source: LiveSource, more: readonly PanelRunAction[] = []): LiveView {
    const before = this.#find(source);
    before?.panel.reveal();
    const panel = before?.panel ?? this.#create(source, `Live: ${source.name}`);
    before?.feed.dispose();
    const feed = new LiveFeed(panel, source, this.#deps, more);
    this.#keep(panel, feed);
    return feed;
  }

  /** A window was reloaded with a panel open: it shows what it showed, except that nothing connects by itself. */
  async deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, data: unknown): Promise<void> {
    const state = readPanelState(data);
    if (state === null) {
      webviewPanel.dispose();
      return;
    }
    this.#pinned ??= await this.#keptPin.read();
    const feed = this.#add(new OpenPanel(webviewPanel, this.#partsOfPage(), this.#keptStates.newest(state)));
    if (feed instanceof LiveFeed) feed.showDisconnected();
    else await feed.refresh();
  }

  dispose(): void {
    // The panels themselves stay: a window that is reloaded opens them again.
    this.#jobs.dispose();
    for (const feed of this.#open.values()) feed.dispose();
    this.drawn.dispose();
  }

  #create(source: PanelSource, title: string): OpenPanel {
    const webviewPanel = vscode.window.createWebviewPanel(
      panelViewType,
      title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { ...webviewOptions, retainContextWhenHidden: false },
    );
    const state: PanelState = { source, seed: 1, playhead: null };
    return new OpenPanel(webviewPanel, this.#partsOfPage(), state);
  }

  /** Read once; what failed is tried again by the next panel. */
  #partsOfPage(): Promise<PanelParts> {
    this.#parts ??= readPanelParts(this.#extensionUri);
    this.#parts.catch(() => (this.#parts = null));
    return this.#parts;
  }

  /** A panel with the feed that its source asks for. */
  #add(panel: OpenPanel): Feed {
    const { source } = panel;
    const feed = this.#feedOf(panel, source);
    this.#keep(panel, feed);
    return feed;
  }

  #feedOf(panel: OpenPanel, source: PanelSource): Feed {
    switch (source.kind) {
      case 'live':
        return new LiveFeed(panel, source, this.#deps);
      case 'recording':
        return new RecordingFeed(panel, source, this.#deps);
      case 'simulation':
        return new SimulationFeed(panel, source, this.#deps);
    }
  }

  #keep(panel: OpenPanel, feed: Feed): void {
    const known = this.#open.has(panel);
    this.#open.set(panel, feed);
    if (known) return;
    panel.onState(() => this.#keepStates());
    panel.onMessage((message) => {
      if (message.type === 'export') {
        void saveExport(message, this.#exportTo);
        this.#exportTo = undefined;
      }
      if (message.type === 'action' && message.id === 'output')
        void vscode.commands.executeCommand('jobwright.showOutput');
      if (message.type === 'pin') this.#pin(message.pinned, panel);
      if (message.type === 'ready' && this.#pinned !== null) panel.tell({ type: 'pinned', pinned: this.#pinned });
      if (message.type !== 'drawn') return;
      this.lastDrawn = panel;
      this.drawn.fire(message.summary);
    });
    panel.onClosed(() => {
      this.#open.get(panel)?.dispose();
      this.#open.delete(panel);
      if (this.#open.size === 0) this.#keptPin.keep(null);
      if (this.lastDrawn === panel) this.lastDrawn = null;
      this.#keepStates();
    });
  }

  #keepStates(): void {
    this.#keptStates.keep([...this.#open.keys()].map(({ state }) => state));
  }

  #pinned: PinnedRun | null = null;

  /** A run pinned in one panel is held against the runs of the same Job in the others: a plan against what happens. */
  #pin(pinned: PinnedRun | null, from: OpenPanel): void {
    this.#pinned = pinned;
    this.#keptPin.keep(pinned);
    for (const panel of this.#open.keys()) if (panel !== from) panel.tell({ type: 'pinned', pinned });
  }

  #find(source: PanelSource): { readonly panel: OpenPanel; readonly feed: Feed } | undefined {
    const wanted = JSON.stringify(source);
    for (const [panel, feed] of this.#open) if (JSON.stringify(panel.source) === wanted) return { panel, feed };
    return undefined;
  }
}
