import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import {
  PANEL_TABS,
  PANEL_TOP,
  type PanelScroll,
  type PanelSelection,
  type PanelSource,
  type PanelState,
  type PanelView,
  type PinnedRun,
  RUNS_AS,
  type RunsView,
} from '../../../server/src/protocol/panel.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The panel's state as it was kept over a reload, or null when it cannot be used. */
export function readPanelState(data: unknown): PanelState | null {
  const fields = record(data);
  const source = readSource(record(fields?.['source']));
  if (fields === null || source === null) return null;
  const { seed, playhead, scenario, scenarioFile } = fields;
  const view = readView(record(fields['view']));
  return {
    source,
    seed: typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 ? seed : 1,
    playhead: typeof playhead === 'number' && Number.isFinite(playhead) ? playhead : null,
    scenario,
    ...(view === null ? {} : { view }),
    ...(scenarioFile === null || typeof scenarioFile === 'string' ? { scenarioFile } : {}),
  };
}

/** The host only hands it on, to pages that draw it as they drew it before. */
export function readPinned(fields: Fields | null): PinnedRun | null {
  const timeline = record(fields?.['timeline']);
  return typeof fields?.['title'] === 'string' && timeline !== null && Array.isArray(timeline['pods'])
    ? { title: fields['title'], timeline: timeline as unknown as Timeline }
    : null;
}

/** Each part that makes no sense is as in a panel that was just opened. */
function readView(fields: Fields | null): PanelView | null {
  if (fields === null) return null;
  const { rowZoom, rowsBy, tab, run } = fields;
  return {
    window: readWindow(record(fields['window'])),
    rowZoom: isNumber(rowZoom) && rowZoom >= 1 ? rowZoom : 1,
    rowsBy: rowsBy === 'pod' ? 'pod' : 'index',
    tab: PANEL_TABS.find((each) => each === tab) ?? 'Events',
    selected: readSelection(record(fields['selected'])),
    run: isPosition(run) ? run : null,
    scroll: readScroll(record(fields['scroll'])),
    ...readRuns(record(fields['runs'])),
  };
}

function readRuns(fields: Fields | null): { readonly runs?: RunsView } {
  if (fields === null) return {};
  const { as, at, zoom } = fields;
  return {
    runs: {
      as: RUNS_AS.find((each) => each === as) ?? 'calendar',
      at: isNumber(at) ? at : null,
      zoom: isNumber(zoom) && zoom >= 1 ? zoom : 1,
    },
  };
}

function readScroll(fields: Fields | null): PanelScroll {
  const far = (name: keyof PanelScroll): number => {
    const value = fields?.[name];
    return isNumber(value) && value > 0 ? value : PANEL_TOP[name];
  };
  return { page: far('page'), side: far('side'), table: far('table'), rows: far('rows') };
}

function readWindow(fields: Fields | null): PanelView['window'] {
  const { from, until } = fields ?? {};
  return isNumber(from) && isNumber(until) && from < until ? { from, until } : null;
}

function readSelection(fields: Fields | null): PanelSelection | null {
  const { kind, ordinal, type, t } = fields ?? {};
  if (kind === 'pod' && isPosition(ordinal)) return { kind, ordinal };
  return kind === 'condition' && typeof type === 'string' && isNumber(t) ? { kind, type, t } : null;
}

function readSource(fields: Fields | null): PanelSource | null {
  if (fields === null) return null;
  const { kind, uri, document, item, context, namespace, name } = fields;
  switch (kind) {
    case 'simulation':
      return typeof uri === 'string' && isPosition(document) && (item === null || isPosition(item))
        ? { kind, uri, document, item }
        : null;
    case 'live':
      return typeof context === 'string' && typeof namespace === 'string' && typeof name === 'string'
        ? { kind, context, namespace, name }
        : null;
    case 'recording':
      return typeof uri === 'string' ? { kind, uri } : null;
    default:
      return null;
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function record(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}
