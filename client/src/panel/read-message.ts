import { EXPORT_FORMATS, type FromPanel, type PanelSummary } from '../../../server/src/protocol/panel.ts';
import { type Fields, readPanelState, readPinned, record } from './read-state.ts';

/** A message from the webview, or null when it is none that we know: whatever a page sends is not trusted. */
export function readFromPanel(data: unknown): FromPanel | null {
  const fields = record(data);
  switch (fields?.['type']) {
    case 'ready':
      return { type: 'ready', first: fields['first'] === true };
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
    case 'chooseScenario': {
      const { name } = fields;
      return name === null || typeof name === 'string' ? { type: 'chooseScenario', name } : null;
    }
    case 'undoScenario':
      return { type: 'undoScenario', redo: fields['redo'] === true };
    case 'drawn': {
      const summary = readSummary(record(fields['summary']));
      return summary === null ? null : { type: 'drawn', summary };
    }
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
