import * as vscode from 'vscode';
import type { ManifestEdit } from '../../../server/core/manifest/edit.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import type {
  ExportFormat,
  PanelFinding,
  PanelNotice,
  PanelRunAction,
  PanelSource,
  PanelState,
  PanelSummary,
} from '../../../server/src/protocol/panel.ts';
import type {
  EditManifestResult,
  FieldAtParams,
  FieldAtResult,
  FieldRangesResult,
  ManifestAddress,
  ManifestObject,
  ManifestsChangedParams,
  ManifestSummary,
  ScenarioResult,
} from '../../../server/src/protocol/protocol.ts';
import type { AttachedClusters } from '../attached-clusters.ts';
import { KeptPin } from './kept-pin.ts';
import { KeptStates } from './kept-states.ts';
import { panelViewType, Panels } from './panels.ts';

/** What the panel's host asks of the extension (which asks the language server). */
export interface PanelDeps {
  /** The decoded Job or CronJob at an address, or null when there is none (any more). Starts the server if need be. */
  requestManifest(address: ManifestAddress): Promise<ManifestObject | null>;
  /** All Jobs and CronJobs of a text; empty when there are none. */
  requestManifests(uri: string): Promise<readonly ManifestSummary[]>;
  /** Ranges of fields, for the link from the panel to the manifest. */
  requestFieldRanges(address: ManifestAddress, fields: readonly string[]): Promise<FieldRangesResult>;
  requestEdits(address: ManifestAddress, edits: readonly ManifestEdit[]): Promise<EditManifestResult>;
  /** The field at a place of a text, for the link from the manifest to the panel. */
  requestFieldAt(params: FieldAtParams): Promise<FieldAtResult>;
  /** A scenario file's text read into data. */
  requestScenario(text: string): Promise<ScenarioResult>;
  /** Told of every connection to a cluster. */
  readonly attached: AttachedClusters;
  /** Fires after each analysis of a document. */
  readonly onManifestsChanged: vscode.Event<ManifestsChangedParams>;
}

export type LiveSource = Extract<PanelSource, { readonly kind: 'live' }>;

/** A panel that somebody else feeds: the live watch. It keeps the last thing shown, so hiding loses nothing. */
export interface LiveView {
  /**
   * @param notice what limits or interrupts the view meanwhile
   * @param why why the Job is where it is, the most telling first
   */
  showTimeline(timeline: Timeline, notice?: PanelNotice, why?: readonly PanelFinding[]): void;
  /** Instead of a picture, or above the one that there is. */
  showMessage(notice: PanelNotice): void;
  /** Ids of the actions that the person chose in a message. */
  readonly onAction: vscode.Event<string>;
  /** The person closed the panel (or another feed took it over): let go of the connection. */
  readonly onClosed: vscode.Event<void>;
}

/** What the rest of the extension does with the panel, and what its exports show to tests. */
export interface TimelinePanel {
  /** Opens (or reveals) the panel of this Job beside the editor and simulates it. Resolves once the Job was sent. */
  simulate(address: ManifestAddress): Promise<void>;
  /**
   * Opens (or reveals) the panel of a live Job; a panel that is already fed is given to the new feed.
   * @param more actions beside those of every live run
   */
  showLive(source: LiveSource, more?: readonly PanelRunAction[]): LiveView;
  /** Opens (or reveals) the panel of a recorded run. Resolves once it was read. */
  openRecording(uri: vscode.Uri): Promise<void>;
  /** Has the run of the panel in sight saved, or copied as Markdown. `to`: the file, when it is known. */
  exportRun(format: ExportFormat, to?: vscode.Uri): void;
  /** What the panel that drew last says; null before the first drawing, and once that panel is closed. */
  readonly lastSummary: PanelSummary | null;
  /** What is kept over hiding and a reload of the panel that drew last. */
  readonly lastState: PanelState | null;
  readonly onDrawn: vscode.Event<PanelSummary>;
  dispose(): void;
}

/** Registers the panel and its revival after a window reload. Works in Node and in a web extension host. */
export function registerPanel(context: vscode.ExtensionContext, deps: PanelDeps): TimelinePanel {
  const storage = context.storageUri ?? context.globalStorageUri;
  const panels = new Panels(context.extensionUri, new KeptPin(storage), new KeptStates(context.workspaceState), deps);
  const serializer = vscode.window.registerWebviewPanelSerializer(panelViewType, panels);
  return {
    simulate: (address) => panels.simulate(address),
    showLive: (source, more) => panels.showLive(source, more),
    openRecording: (uri) => panels.openRecording(uri),
    exportRun: (format, to) => panels.exportRun(format, to),
    get lastSummary() {
      return panels.lastDrawn?.summary ?? null;
    },
    get lastState() {
      return panels.lastDrawn?.state ?? null;
    },
    onDrawn: panels.drawn.event,
    dispose() {
      serializer.dispose();
      panels.dispose();
    },
  };
}
