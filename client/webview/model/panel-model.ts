import type { PanelNotice, PanelSource, PanelState, ToPanel } from '../../../server/src/protocol/panel.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { noEdits, readEdits, type ScenarioEdits } from './scenario-edits.ts';

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
  /** Instead of the picture, or above it when there is one. */
  readonly notice: PanelNotice | null;
  /** The worker is at it. */
  readonly busy: boolean;
}

export type PanelAction =
  | ToPanel
  | { readonly type: 'simulated'; readonly timeline: Timeline }
  | { readonly type: 'simulationFailed'; readonly message: string }
  | { readonly type: 'playhead'; readonly playhead: number | null }
  | { readonly type: 'seed'; readonly seed: number }
  | { readonly type: 'edits'; readonly edits: ScenarioEdits };

export const emptyModel: PanelModel = {
  source: null,
  seed: 1,
  edits: noEdits,
  playhead: null,
  title: '',
  request: null,
  timeline: null,
  notice: null,
  busy: false,
};

/** The model with what was kept over hiding or a reload. */
export function withState(model: PanelModel, state: PanelState): PanelModel {
  return {
    ...model,
    source: state.source,
    seed: state.seed,
    playhead: state.playhead,
    edits: readEdits(state.scenario),
  };
}

/** What to keep over hiding and reload; null before there is anything. */
export function stateOf(model: PanelModel): PanelState | null {
  if (model.source === null) return null;
  return { source: model.source, seed: model.seed, playhead: model.playhead, scenario: model.edits };
}

/** The model after a message from the host, a result of the worker or something the person did. */
export function reduce(model: PanelModel, action: PanelAction): PanelModel {
  switch (action.type) {
    case 'state':
      return withState(model, action.state);
    case 'simulate':
      return { ...model, request: action, title: action.title, notice: null, busy: true };
    case 'timeline':
      return {
        ...drawn({ ...model, request: null, title: action.title }, action.timeline),
        notice: action.notice ?? null,
      };
    case 'message':
      // A picture that there is stays, with the note above it; only where the Job is gone it would mislead.
      return { ...model, notice: action, timeline: action.tone === 'empty' ? null : model.timeline, busy: false };
    case 'simulated':
      return drawn(model, action.timeline);
    case 'simulationFailed':
      return {
        ...model,
        busy: false,
        notice: {
          tone: 'error',
          title: 'This Job could not be simulated.',
          text: action.message,
        },
      };
    case 'playhead':
      return { ...model, playhead: action.playhead };
    case 'seed':
      return { ...model, seed: action.seed, busy: model.request !== null };
    case 'edits':
      return { ...model, edits: action.edits, busy: model.request !== null };
  }
}

function drawn(model: PanelModel, timeline: Timeline): PanelModel {
  return { ...model, timeline, notice: null, busy: false };
}

/** Types of message that the panel understands; it ignores every other. */
export function readToPanel(data: unknown): ToPanel | null {
  if (typeof data !== 'object' || data === null || !('type' in data)) return null;
  switch (data.type) {
    case 'simulate':
    case 'timeline':
    case 'message':
    case 'state':
      // Only the extension's own host can post here; the type tells the rest.
      return data as ToPanel;
    default:
      return null;
  }
}
