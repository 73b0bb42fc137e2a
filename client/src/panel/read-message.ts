import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import {
  EXPORT_FORMATS,
  type FromPanel,
  type PanelSource,
  type PanelState,
  type PanelSummary,
  type PinnedRun,
} from '../../../server/src/protocol/panel.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A message from the webview, or null when it is none that we know: whatever a page sends is not trusted. */
export function readFromPanel(data: unknown): FromPanel | null {
  const fields = record(data);
  switch (fields?.['type']) {
    case 'ready':
      return { type: 'ready' };
    case 'state': {
      const state = readPanelState(fields['state']);
      return state === null ? null : { type: 'state', state };
    }
    case 'action':
      return typeof fields['id'] === 'string' ? { type: 'action', id: fields['id'] } : null;
    case 'logs':
      return typeof fields['pod'] === 'string'
        ? { type: 'logs', pod: fields['pod'], previous: fields['previous'] === true }
        : null;
    case 'export': {
      const { name, text } = fields;
      const format = EXPORT_FORMATS.find((each) => each === fields['format']);
      return format !== undefined && typeof name === 'string' && typeof text === 'string'
        ? { type: 'export', format, name, text }
        : null;
    }
    case 'reveal':
      return typeof fields['field'] === 'string' ? { type: 'reveal', field: fields['field'] } : null;
    case 'pin':
      return { type: 'pin', pinned: readPinned(record(fields['pinned'])) };
    case 'saveScenario': {
      const scenario = record(fields['scenario']);
      return scenario === null ? null : { type: 'saveScenario', scenario };
    }
    case 'drawn': {
      const summary = readSummary(record(fields['summary']));
      return summary === null ? null : { type: 'drawn', summary };
    }
    default:
      return null;
  }
}

/** The panel's state as it was kept over a reload, or null when it cannot be used. */
export function readPanelState(data: unknown): PanelState | null {
  const fields = record(data);
  const source = readSource(record(fields?.['source']));
  if (fields === null || source === null) return null;
  const { seed, playhead, scenario } = fields;
  return {
    source,
    seed: typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 ? seed : 1,
    playhead: typeof playhead === 'number' && Number.isFinite(playhead) ? playhead : null,
    scenario,
  };
}

/** The host only hands it on, to pages that draw it as they drew it before. */
function readPinned(fields: Fields | null): PinnedRun | null {
  const timeline = record(fields?.['timeline']);
  return typeof fields?.['title'] === 'string' && timeline !== null && Array.isArray(timeline['pods'])
    ? { title: fields['title'], timeline: timeline as unknown as Timeline }
    : null;
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

function readSummary(fields: Fields | null): PanelSummary | null {
  if (fields === null || typeof fields['pods'] !== 'number' || typeof fields['until'] !== 'number') return null;
  const { pods, until } = fields;
  const runs = typeof fields['runs'] === 'number' ? { runs: fields['runs'] } : {};
  const end = record(fields['end']);
  if (end === null) return { pods, until, ...runs, end: null };
  const { outcome, reason, t } = end;
  return typeof outcome === 'string' && typeof reason === 'string' && typeof t === 'number'
    ? { pods, until, ...runs, end: { outcome, reason, t } }
    : null;
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function record(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}
