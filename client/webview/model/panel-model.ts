import type {
  PanelFinding,
  PinnedRun,
  PanelNotice,
  PanelRunAction,
  PanelSource,
  PanelState,
  PanelView,
  ToPanel,
} from '../../../server/src/protocol/panel.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { noEdits, readEdits, type ScenarioEdits } from './scenario-edits.ts';

/** What was planned for a Job that really runs. */
export type PlanMessage = Extract<ToPanel, { readonly type: 'plan' }>;

export type SimulateMessage = Extract<ToPanel, { readonly type: 'simulate' }>;

/** All that the panel knows; what it shows follows from this. */
export interface PanelModel {
  readonly source: PanelSource | null;
  readonly seed: number;
  readonly edits: ScenarioEdits;
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
  | { readonly type: 'playhead'; readonly playhead: number | null }
  | { readonly type: 'seed'; readonly seed: number }
  | { readonly type: 'edits'; readonly edits: ScenarioEdits };

const wholeView: PanelModel['view'] = { window: null, rowZoom: 1, rowsBy: 'index', tab: 'Events', selected: null };

export const emptyModel: PanelModel = {
  source: null,
  seed: 1,
  edits: noEdits,
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
  return { ...model, source, seed, playhead, edits: readEdits(state.scenario), run, view };
}

/** What to keep over hiding and reload; null before there is anything. */
export function stateOf(model: PanelModel): PanelState | null {
  if (model.source === null) return null;
  const { source, seed, playhead, edits, run, view } = model;
  return { source, seed, playhead, scenario: edits, view: { ...view, run } };
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
      return { ...model, edits: noEdits };
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
    case 'playhead':
      return { ...model, playhead: action.playhead };
    case 'pinned':
      return { ...model, pinned: action.pinned };
    case 'seed':
      return { ...model, seed: action.seed, busy: model.request !== null };
    case 'edits':
      return { ...model, edits: action.edits, busy: model.request !== null };
  }
}

const nothing = { timeline: null, cron: null, run: null } as const;

/** A Job to simulate. One whose scenario file cannot be read is not simulated: the picture that there is stays. */
function asked(model: PanelModel, request: SimulateMessage): PanelModel {
  const file = request.scenarioFile;
  const problem = file?.problem ?? null;
  const notice: PanelNotice | null =
    file === undefined || problem === null
      ? null
      : {
          tone: 'error',
          title: `${file.name} cannot be used.`,
          text: problem,
          actions: [{ id: 'scenario', label: 'Show the Scenario' }],
        };
  return { ...model, request, title: request.title, notice, why: [], actions: [], logs: false, busy: notice === null };
}

/** Why there is no new picture, with the way to the scenario file where that is to blame. */
function failure({ request }: PanelModel, text: string): PanelNotice {
  const file = request?.scenarioFile;
  return {
    tone: 'error',
    title: 'This Job could not be simulated.',
    text,
    ...(file?.used === true && text.startsWith('The scenario')
      ? { actions: [{ id: 'scenario', label: `Show ${file.name}` }] }
      : {}),
  };
}

/** One run of the CronJob, or all of them where there is no such run (any more). */
function openRun(model: PanelModel, run: number | null): PanelModel {
  const one = run === null ? undefined : model.cron?.runs[run];
  const same = (one === undefined ? null : run) === model.run;
  const view = same ? model.view : { ...model.view, window: null, selected: null };
  const playhead = same ? model.playhead : null;
  return one === undefined
    ? { ...model, run: null, timeline: null, playhead: null, view }
    : { ...model, run, timeline: one.timeline, playhead, view };
}

/** A new picture of a Job, or of a CronJob's runs, which `openRun` sets then. */
function drawn(model: PanelModel, timeline: Timeline | null): PanelModel {
  return { ...model, timeline, cron: null, notice: null, busy: false };
}

/** Types of message that the panel understands; it ignores every other. */
export function readToPanel(data: unknown): ToPanel | null {
  if (typeof data !== 'object' || data === null || !('type' in data)) return null;
  switch (data.type) {
    case 'simulate':
    case 'cursor':
    case 'pinned':
    case 'timeline':
    case 'export':
    case 'plan':
    case 'scenarioSaved':
    case 'message':
    case 'state':
      // Only the extension's own host can post here; the type tells the rest.
      return data as ToPanel;
    default:
      return null;
  }
}
