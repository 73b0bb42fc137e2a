import * as vscode from 'vscode';
import type { PinnedRun } from '../../../server/src/protocol/panel.ts';
import { readPinned, record } from './read-state.ts';

/**
 * The pinned run, in the extension's own storage for this workspace so that it outlives a window reload: a run of
 * thousands of pods is more than a webview's state should hold. Nothing is kept of it once it is let go.
 */
export class KeptPin {
  readonly #file: vscode.Uri;
  /** Writes follow one another, so that the last one counts. */
  #last: Promise<void> = Promise.resolve();

  constructor(folder: vscode.Uri) {
    this.#file = vscode.Uri.joinPath(folder, 'pinned-run.json');
  }

  keep(pinned: PinnedRun | null): void {
    this.#last = this.#last.then(async () => {
      try {
        if (pinned === null) await vscode.workspace.fs.delete(this.#file);
        else await vscode.workspace.fs.writeFile(this.#file, new TextEncoder().encode(JSON.stringify(pinned)));
      } catch {
        // No file is nothing to delete; where nothing can be stored, a reload forgets the run.
      }
    });
  }

  async read(): Promise<PinnedRun | null> {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#file));
      return readPinned(record(JSON.parse(text)));
    } catch {
      return null;
    }
  }
}
