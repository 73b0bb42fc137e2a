import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { manifestText } from '../manifest-text.ts';

/** Scheme of the documents that show an object before and after an apply. */
export const DIFFERENCE_SCHEME = 'jobwright-apply';

/** So many texts are kept, the latest. */
const MOST_TEXTS = 200;

/** What an apply would change, as two documents side by side that nobody can write to. */
export class DifferenceDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(DIFFERENCE_SCHEME, this);
  #count = 0;

  /**
   * @param name `Job team-a/report on admin`
   * @param beside whether it is one of several, so that each keeps its tab
   */
  async show(name: string, live: object, after: object, beside = false): Promise<void> {
    this.#count++;
    const uri = (side: string, object: object): vscode.Uri => {
      const path = `/${this.#count}/${name.replaceAll('/', '-')} ${side}.yaml`;
      const made = vscode.Uri.from({ scheme: DIFFERENCE_SCHEME, path });
      this.#texts.set(made.toString(), manifestText(object));
      return made;
    };
    const sides = [uri('as it is', live), uri('after the apply', after)] as const;
    for (const key of this.#texts.keys()) {
      if (this.#texts.size <= MOST_TEXTS) break;
      this.#texts.delete(key);
    }
    await vscode.commands.executeCommand('vscode.diff', ...sides, l10n.t('{0}: as it is ↔ after the apply', name), {
      preview: !beside,
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '# This difference is out of date: apply the manifest again.\n';
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
