import type { FromPanel, PanelState, ToPanel } from '../../server/src/protocol/panel.ts';
import { readToPanel } from './model/panel-model.ts';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The panel's line to its host in the extension. */
export interface Host {
  post(message: FromPanel): void;
  /** Keeps the state over hiding and reload, and tells the host. */
  keep(state: PanelState): void;
  /** Calls back for each message that is understood; returns how to stop. */
  listen(receive: (message: ToPanel) => void): () => void;
}

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
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
