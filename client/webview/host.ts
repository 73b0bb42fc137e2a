import type { FromPanel, PanelState, ToPanel } from '../../server/src/protocol/panel.ts';
import { readToPanel } from './model/read-message.ts';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The panel's line to its host in the extension. */
export interface Host {
  /** What the host put into the page; empty where the page was here before, since the host knows better by now. */
  readonly first: readonly ToPanel[];
  post(message: FromPanel): void;
  /** Keeps the state over hiding and reload, and tells the host. */
  keep(state: PanelState): void;
  /** Calls back for each message that is understood; returns how to stop. */
  listen(receive: (message: ToPanel) => void): () => void;
}

function firstMessages(): readonly ToPanel[] {
  const given: unknown = JSON.parse(document.getElementById('first')?.textContent ?? '[]');
  return Array.isArray(given) ? given.map(readToPanel).filter((message) => message !== null) : [];
}

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    first: api.getState() === undefined ? firstMessages() : [],
    post: (message) => api.postMessage(message),
    keep(state) {
      api.setState(state);
      api.postMessage({ type: 'state', state });
    },
    listen(receive) {
      const onMessage = (event: MessageEvent<unknown>): void => {
        const message = readToPanel(event.data);
        if (message !== null) receive(message);
      };
      window.addEventListener('message', onMessage);
      return () => window.removeEventListener('message', onMessage);
    },
  };
}
