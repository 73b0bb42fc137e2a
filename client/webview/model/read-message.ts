import type { ToPanel } from '../../../server/src/protocol/panel.ts';

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
