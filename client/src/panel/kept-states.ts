import type * as vscode from 'vscode';
import type { PanelState } from '../../../server/src/protocol/panel.ts';
import { readPanelState } from './read-state.ts';

const KEY = 'panels';

/**
 * What the open panels show, in the extension's own storage for this workspace. The workbench keeps a webview's state
 * too, but writes it down only every few seconds and when it is closed in good order: after a browser's own reload it
 * hands back what was so long ago.
 */
export class KeptStates {
  readonly #storage: vscode.Memento;
  /** As the window before this one left them. */
  readonly #before: readonly PanelState[];

  constructor(storage: vscode.Memento) {
    this.#storage = storage;
    const kept = storage.get<unknown>(KEY);
    this.#before = Array.isArray(kept) ? kept.map(readPanelState).filter((state) => state !== null) : [];
  }

  /** @param states of all open panels */
  keep(states: readonly PanelState[]): void {
    // Where nothing can be stored, the workbench's own memory has to do.
    this.#storage.update(KEY, states).then(undefined, () => undefined);
  }

  /** What the same panel showed last, before the window was reloaded; as it is where nobody knows better. */
  newest(state: PanelState): PanelState {
    const source = JSON.stringify(state.source);
    return this.#before.find((kept) => JSON.stringify(kept.source) === source) ?? state;
  }
}
