import {
  PANEL_TOP,
  type PanelFinding,
  type PinnedRun,
  type PanelNotice,
  type PanelRunAction,
  type PanelScroll,
  type PanelSource,
  type PanelState,
  type PanelView,
  type ToPanel,
} from '../../../server/src/protocol/panel.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { asked, failure, nothingWritten } from './asked.ts';
import { beginHistory, type EditHistory, redone, undone, withChange } from './edit-history.ts';
import { noEdits, readEdits, type ScenarioEdits } from './scenario-edits.ts';

/** What was planned for a Job that really runs. */
export type PlanMessage = Extract<ToPanel, { readonly type: 'plan' }>;

export type SimulateMessage = Extract<ToPanel, { readonly type: 'simulate' }>;

/** All that the panel knows; what it shows follows from this. */
export interface PanelModel {
  readonly source: PanelSource | null;
  readonly seed: number;
  readonly edits: ScenarioEdits;
  /** What can be taken back, and made again. */
  readonly history: EditHistory;
  /** How many edits of an open scenario file the panel made, and took back: those are the editor's to undo. */
  readonly written: { readonly undo: number; readonly redo: number };
  /** The scenario file that the person chose, null for none; undefined where nothing was chosen. */
  readonly chosen: string | null | undefined;
  /** Seconds; null follows the end. */
  readonly playhead: number | null;
  readonly title: string;
  /** The Job to simulate, once the host has sent one. */
  readonly request: SimulateMessage | null;
  readonly timeline: Timeline | null;
  /** The runs of a CronJob; null for a Job. */
  readonly cron: CronTimeline | null;
  /** Which of its runs (0-based) is open as `timeline`; null while all are shown. */
  readonly run: number | null;
  /** Why a live Job is where it is. */
  readonly why: readonly PanelFinding[];
  readonly plan: PlanMessage | null;
  /** The plan, simulated. */
  readonly planned: Timeline | null;
  /** What can be done with a run that really happened. */
  readonly actions: readonly PanelRunAction[];
  /** Whether logs of its pods can be shown. */
  readonly logs: boolean;
  /** Instead of the picture, or above it when there is one. */
  readonly notice: PanelNotice | null;
  /** A run that is kept for comparison; null where none is. */
  readonly pinned: PinnedRun | null;
  /** Where the person looks; which run of a CronJob that is, `run` says. */
  readonly view: Omit<PanelView, 'run'>;
  /** Path of the field at the editor's cursor, from the object's root; null where there is none. */
  readonly cursor: string | null;
  /** The worker is at it. */
  readonly busy: boolean;
}

export type PanelAction =
  | ToPanel
  | { readonly type: 'simulated'; readonly timeline: Timeline }
  | { readonly type: 'planned'; readonly timeline: Timeline | null }
  | { readonly type: 'simulatedRuns'; readonly cron: CronTimeline }
  | { readonly type: 'openRun'; readonly run: number | null }
  | { readonly type: 'simulationFailed'; readonly message: string }
  | { readonly type: 'view'; readonly change: Partial<PanelModel['view']> }
  /** The person scrolled; the picture's rows are told by `view`. */
  | { readonly type: 'scrolled'; readonly to: Omit<PanelScroll, 'rows'> }
  | { readonly type: 'playhead'; readonly playhead: number | null }
  | { readonly type: 'seed'; readonly seed: number }
  | { readonly type: 'edits'; readonly edits: ScenarioEdits }
  | { readonly type: 'undo' | 'redo' }
  /** The panel had an open scenario file edited, or asked its editor to take an edit back or make it again. */
  | { readonly type: 'wrote' | 'undidWriting' | 'redidWriting' };

const wholeView: PanelModel['view'] = {
  window: null,
  rowZoom: 1,
  rowsBy: 'index',
  tab: 'Events',
  selected: null,
  scroll: PANEL_TOP,
};

export const emptyModel: PanelModel = {
  source: null,
  seed: 1,
  edits: noEdits,
  history: beginHistory,
  written: nothingWritten,
  chosen: undefined,
  playhead: null,
  title: '',
  request: null,
  timeline: null,
  cron: null,
  run: null,
  why: [],
  plan: null,
  planned: null,
  actions: [],
  logs: false,
  notice: null,
  pinned: null,
  view: wholeView,
  cursor: null,
  busy: false,
};

/** The model with what was kept over hiding or a reload. */
export function withState(model: PanelModel, state: PanelState): PanelModel {
  const { source, seed, playhead } = state;
  // Once it is open the page knows best what the person does; only where the Job is it hears from the host.
  if (model.source !== null) return { ...model, source };
  const { run, ...view } = state.view ?? { ...wholeView, run: null };
  const edits = readEdits(state.scenario);
  return { ...model, source, seed, playhead, edits, run, view, chosen: state.scenarioFile };
}

/** What to keep over hiding and reload; null before there is anything. */
export function stateOf(model: PanelModel): PanelState | null {
  if (model.source === null) return null;
  const { source, seed, playhead, edits, run, view, chosen } = model;
  const file = chosen === undefined ? {} : { scenarioFile: chosen };
  return { source, seed, playhead, scenario: edits, view: { ...view, run }, ...file };
}

/** The model after a message from the host, a result of the worker or something the person did. */
export function reduce(model: PanelModel, action: PanelAction): PanelModel {
  switch (action.type) {
    case 'state':
      return withState(model, action.state);
    case 'simulate':
      return asked(model, action);
    case 'timeline':
      return {
        ...drawn({ ...model, request: null, title: action.title, why: action.why ?? [] }, action.timeline),
        notice: action.notice ?? null,
        actions: action.actions ?? [],
        logs: action.logs === true,
      };
    case 'message':
      // A picture that there is stays, with the note above it; only where the Job is gone it would mislead.
      return { ...model, notice: action, ...(action.tone === 'empty' ? nothing : {}), busy: false };
    case 'plan':
      return { ...model, plan: action };
    case 'planned':
      return { ...model, planned: action.timeline };
    case 'simulated':
      return drawn(model, action.timeline);
    case 'simulatedRuns':
      return openRun({ ...drawn(model, model.timeline), cron: action.cron }, model.run);
    case 'openRun':
      return openRun(model, action.run);
    case 'export':
      return model;
    case 'scenarioSaved':
      return { ...model, edits: noEdits, history: beginHistory };
    case 'cursor':
      return { ...model, cursor: action.field };
    case 'simulationFailed':
      return {
        ...model,
        busy: false,
        notice: failure(model, action.message),
      };
    case 'view':
      return { ...model, view: { ...model.view, ...action.change } };
    case 'scrolled':
      return { ...model, view: { ...model.view, scroll: { ...model.view.scroll, ...action.to } } };
    case 'playhead':
      return { ...model, playhead: action.playhead };
    case 'pinned':
      return { ...model, pinned: action.pinned };
    case 'seed':
      return changed(model, { seed: action.seed, edits: model.edits });
    case 'edits':
      return changed(model, { seed: model.seed, edits: action.edits });
    case 'undo':
      return { ...model, ...undone(model), busy: model.request !== null };
    case 'redo':
      return { ...model, ...redone(model), busy: model.request !== null };
    case 'wrote':
      return { ...model, written: { undo: model.written.undo + 1, redo: 0 }, busy: true };
    case 'undidWriting':
      return { ...model, written: moveOne(model.written, -1) };
    case 'redidWriting':
      return { ...model, written: moveOne(model.written, 1) };
  }
}

function changed(model: PanelModel, to: Pick<PanelModel, 'seed' | 'edits'>): PanelModel {
  return { ...model, ...withChange(model, to), busy: model.request !== null };
}

const nothing = { timeline: null, cron: null, run: null } as const;

function moveOne({ undo, redo }: PanelModel['written'], by: 1 | -1): PanelModel['written'] {
  return { undo: Math.max(0, undo + by), redo: Math.max(0, redo - by) };
}

/** One run of the CronJob, or all of them where there is no such run (any more). */
function openRun(model: PanelModel, run: number | null): PanelModel {
  const one = run === null ? undefined : model.cron?.runs[run];
  const same = (one === undefined ? null : run) === model.run;
  const view = same ? model.view : { ...model.view, window: null, selected: null, scroll: PANEL_TOP };
  const playhead = same ? model.playhead : null;
  return one === undefined
    ? { ...model, run: null, timeline: null, playhead: null, view }
    : { ...model, run, timeline: one.timeline, playhead, view };
}

/** A new picture of a Job, or of a CronJob's runs, which `openRun` sets then. */
function drawn(model: PanelModel, timeline: Timeline | null): PanelModel {
  return { ...model, timeline, cron: null, notice: null, busy: false };
}
