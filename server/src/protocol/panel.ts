import type { CronJob, Job } from '../../core/kubernetes/generated/types.ts';
import type { ResourcePrices } from '../../core/kubernetes/resource-prices.ts';
import type { Fix } from '../../core/manifest/edit.ts';
import type { Timeline } from '../../core/timeline/timeline.ts';

/** Messages between the panel's host (in VS Code) and its webview. Either side ignores what it does not know. */

/** What the panel shows and from where; also what `getState`/`setState` keep over hiding and reload. */
export interface PanelState {
  readonly source: PanelSource;
  /** Seed of the simulation's random draws: a non-negative integer. */
  readonly seed: number;
  /** Seconds; null follows the end. */
  readonly playhead: number | null;
  /** What the person changed about the scenario in the panel: data in the scenario format, laid over the file's. */
  readonly scenario?: unknown;
  /** Where the person was looking; absent before there was anything to look at. */
  readonly view?: PanelView;
  /** The scenario file that the person chose beside the manifest, null for none; absent: the one of the manifest's name. */
  readonly scenarioFile?: string | null;
}

/** What the person looks at, and how closely. */
export interface PanelView {
  /** The stretch of time that is shown, in seconds; null shows the whole run. */
  readonly window: { readonly from: number; readonly until: number } | null;
  /** Magnification of the rows' height: 1 fits them all. */
  readonly rowZoom: number;
  /** Of an Indexed Job: a row for each index with its attempts, or for each pod. */
  readonly rowsBy: 'index' | 'pod';
  /** Which of the tables below the picture is open. */
  readonly tab: (typeof PANEL_TABS)[number];
  readonly selected: PanelSelection | null;
  /** Of a CronJob: which run (0-based) is open; null while all are shown. */
  readonly run: number | null;
  readonly scroll: PanelScroll;
  /** Of a CronJob: how its runs are shown; absent: as in a panel that was just opened. */
  readonly runs?: RunsView;
}

/** How the runs of a CronJob are shown. */
export interface RunsView {
  readonly as: (typeof RUNS_AS)[number];
  /** The chosen slot, in seconds since the CronJob's creation; null while none is. */
  readonly at: number | null;
  /** Magnification of the calendar's hours. */
  readonly zoom: number;
}

export const RUNS_AS = ['calendar', 'timeline'] as const;

/** How far down each part is scrolled, in CSS pixels; 0 is its top. */
export interface PanelScroll {
  /** The page, where it is too narrow for columns. */
  readonly page: number;
  /** The column beside the picture. */
  readonly side: number;
  /** The open table below the picture. */
  readonly table: number;
  /** The picture's rows, where they are magnified. */
  readonly rows: number;
}

export const PANEL_TOP: PanelScroll = { page: 0, side: 0, table: 0, rows: 0 };

export const PANEL_TABS = ['Events', 'Lifecycle', 'Conditions', 'Pods', 'Description'] as const;

/** A pod by its ordinal, or the change of a condition at `t` seconds. */
export type PanelSelection =
  | { readonly kind: 'pod'; readonly ordinal: number }
  | { readonly kind: 'condition'; readonly type: string; readonly t: number };

export type PanelSource =
  | { readonly kind: 'simulation'; readonly uri: string; readonly document: number; readonly item: number | null }
  | { readonly kind: 'live'; readonly context: string; readonly namespace: string; readonly name: string }
  | { readonly kind: 'recording'; readonly uri: string };

export type ToPanel =
  /** Simulate this Job (again): the document changed, or the panel was just opened. */
  | {
      readonly type: 'simulate';
      readonly title: string;
      readonly version: number;
      readonly object: Job | CronJob;
      /** Whose Job controller is simulated: Kubernetes 1.x. */
      readonly kubernetesMinor: number;
      /** Of an hour of what the pods request; empty where nobody said any. */
      readonly prices: ResourcePrices;
      /** Findings of severity error: shown as a note, since the API server would refuse the manifest. */
      readonly errors: number;
      /** Scenario text (YAML or JSON already read into data), or null for the default one. */
      readonly scenario: unknown;
      /** The scenario file beside the manifest; absent where the manifest can have none (it was never saved). */
      readonly scenarioFile?: ScenarioFileState;
    }
  /** The editor's cursor stands in this field of the Job that is simulated (server-style path); null: in none. */
  | { readonly type: 'cursor'; readonly field: string | null }
  /** The run that was pinned last in any panel; null once it was let go. */
  | { readonly type: 'pinned'; readonly pinned: PinnedRun | null }
  /** Draw this timeline: it comes from a cluster or a recording. */
  | {
      readonly type: 'timeline';
      readonly title: string;
      readonly timeline: Timeline;
      /** What limits or interrupts the view while this timeline is shown: a line above the picture. */
      readonly notice?: PanelNotice;
      /** Why the Job is where it is, the most telling first. */
      readonly why?: readonly PanelFinding[];
      /** What a person can do with the whole run: actions by id that the host understands. */
      readonly actions?: readonly PanelRunAction[];
      /** Whether the host can show a pod's log. */
      readonly logs?: boolean;
    }
  /** Answer with the run as `export`. */
  | { readonly type: 'export'; readonly format: ExportFormat }
  /** What was planned for the Job that is drawn: simulated, and shown beside what happened. */
  | { readonly type: 'plan'; readonly object: Job; readonly scenario: unknown; readonly from: string }
  /** The panel's own changes of the scenario are in the file now. */
  | { readonly type: 'scenarioSaved' }
  /** One clear sentence instead of a picture, with actions by id that the host understands. */
  | ({ readonly type: 'message' } & PanelNotice)
  | { readonly type: 'state'; readonly state: PanelState };

/** As what a run leaves the panel. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const EXPORT_FORMATS = ['svg', 'png', 'trace', 'markdown'] as const;

/** A sentence with a title, and what the person can do about it: actions by id that the host understands. */
export interface PanelNotice {
  readonly tone: 'empty' | 'loading' | 'stale' | 'error';
  readonly title: string;
  readonly text: string;
  readonly actions?: readonly { readonly id: string; readonly label: string }[];
}

/** A button above the picture of a run. */
export interface PanelRunAction {
  readonly id: string;
  readonly label: string;
  /** What it does, in one sentence: its tooltip. */
  readonly text: string;
}

/** The scenario file of a manifest, by its name without folders. */
export interface ScenarioFileState {
  readonly name: string;
  /** False: there is none yet, or it is for another Job. */
  readonly used: boolean;
  /** Why it cannot be used. */
  readonly problem: string | null;
  /** It is open in an editor: changes are edits of its text at once. */
  readonly open: boolean;
  /** All scenario files in the manifest's folder. */
  readonly names: readonly string[];
  /** The one that the person chose, null for none; absent: the one of the manifest's name. */
  readonly chosen?: string | null;
}

/** One reason from a live Job's diagnosis. Text of the cluster: shown as it is. */
export interface PanelFinding {
  readonly severity: 'error' | 'warning' | 'information';
  readonly summary: string;
  readonly suggestion?: string;
  /** Server-style path in the Job of the field responsible. */
  readonly field?: string;
  /** What would mend it in the manifest; the host offers it. */
  readonly fix?: Fix;
}

/** A run that is kept so that others of the same Job are held against it: a plan against what happened, say. */
export interface PinnedRun {
  readonly title: string;
  readonly timeline: Timeline;
}

export type FromPanel =
  /** first: it has begun with what its host put into it, and need not hear that again. */
  | { readonly type: 'ready'; readonly first: boolean }
  | { readonly type: 'state'; readonly state: PanelState }
  | { readonly type: 'action'; readonly id: string }
  /** Write this scenario (data in the scenario format) to the file beside the manifest. */
  | { readonly type: 'saveScenario'; readonly scenario: unknown }
  /** Use the scenario file of this name beside the manifest; null: none. */
  | { readonly type: 'chooseScenario'; readonly name: string | null }
  /** Take the last edit of the open scenario file back, or make it again. */
  | { readonly type: 'undoScenario'; readonly redo: boolean }
  /** Show the log of this pod; `previous`: of its containers' runs before the last restart. */
  | { readonly type: 'logs'; readonly pod: string; readonly previous: boolean }
  /** Save this text (of a PNG its bytes in base64), or copy it (Markdown): the run of the Job `name`. */
  | { readonly type: 'export'; readonly format: ExportFormat; readonly name: string; readonly text: string }
  /** This run was pinned, or let go: all panels of the same Job show it. */
  | { readonly type: 'pin'; readonly pinned: PinnedRun | null }
  /** Show the manifest's field (server-style path) in the editor. */
  | { readonly type: 'reveal'; readonly field: string }
  /** What the picture says, for tests and for the status bar; sent after each drawing. */
  | { readonly type: 'drawn'; readonly summary: PanelSummary };

export interface PanelSummary {
  readonly pods: number;
  /** Of a CronJob whose runs are shown: how many. */
  readonly runs?: number;
  readonly until: number;
  /** `Complete`, `Failed`, … and the reason; null while it goes on. */
  readonly end: { readonly outcome: string; readonly reason: string; readonly t: number } | null;
}
