import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { IncidentLog } from '../../../server/core/incident/incident-report.ts';
import type { Connection } from '../../cluster/cluster.ts';
import type { LiveCluster } from '../load-cluster.ts';
import { addressOf, LOG_SCHEME, type LogAddress, logUri, sayLogs } from './log-address.ts';
import { LogSession } from './log-session.ts';

/** So many logs are kept, those that nobody looks at any more included. */
const MOST_SESSIONS = 12;

/**
 * Logs as documents, so that search, selection and copying are the editor's own. A log is followed while its document
 * is open; what was read is kept in the window's session, also when pod and document are gone.
 */
export class LogDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** By the document's address, the one used last at the end. */
  readonly #sessions = new Map<string, LogSession>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changed.event;
  /** Documents whose end was in view before they grew: they are followed. */
  readonly #atEnd = new Set<string>();

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(LOG_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#sessions.get(uri.toString())?.stop()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#showEnd(document)),
    );
  }

  /** Opens the document of these logs and follows them. The connection is closed with it. */
  async show(cluster: LiveCluster, connection: Connection, address: LogAddress): Promise<void> {
    const uri = logUri(address);
    const key = uri.toString();
    const known = this.#sessions.get(key);
    const session = known ?? new LogSession(address, cluster.logBook(), () => this.#refresh(uri));
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    this.#forget();
    if (session.isFollowed) connection.close();
    else session.follow(cluster, connection);
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.languageId === 'plaintext')
      await vscode.languages.setTextDocumentLanguage(document, 'log').then(undefined, () => undefined);
    // From a panel it opens beside it, not over it.
    const viewColumn =
      vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn });
    reveal(editor);
  }

  /** The logs of a Job's pods that were read in this window, pod by pod. */
  keptOf({ context, namespace, name }: Pick<LogAddress, 'context' | 'namespace' | 'name'>): readonly IncidentLog[] {
    const logs = new Map<string, IncidentLog>();
    for (const { address, book } of this.#sessions.values()) {
      if (address.context !== context || address.namespace !== namespace || address.name !== name) continue;
      for (const { pod, container, previous } of book.streams) {
        const text = book.text({ timestamps: true, prefixes: false }, { pod, container, previous });
        const key = `${pod}/${container}${previous ? '/previous' : ''}`;
        logs.set(key, { pod, container, text, note: l10n.t('As it was followed before.') });
      }
    }
    return [...logs.values()];
  }

  toggleTimestamps(uri: vscode.Uri): void {
    const session = this.#sessions.get(uri.toString());
    if (session === undefined) return;
    session.timestamps = !session.timestamps;
    this.#changed.fire(uri);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const session = this.#sessions.get(uri.toString());
    if (session !== undefined) return session.text();
    const address = addressOf(uri);
    return address === null
      ? l10n.t('… This document holds no log.\n')
      : l10n.t(
          '… The window was reloaded, and nothing connects by itself: show the logs of {0} again.\n',
          sayLogs(address),
        );
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.stop();
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #refresh(uri: vscode.Uri): void {
    const key = uri.toString();
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === key);
    if (editor === undefined || isAtEnd(editor)) this.#atEnd.add(key);
    else this.#atEnd.delete(key);
    this.#changed.fire(uri);
  }

  /** As in a terminal: whoever looks at the end stays there. */
  #showEnd(document: vscode.TextDocument): void {
    if (document.uri.scheme !== LOG_SCHEME || !this.#atEnd.has(document.uri.toString())) return;
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) reveal(editor);
  }

  /** Those that are not followed go first. */
  #forget(): void {
    for (const [key, session] of this.#sessions) {
      if (this.#sessions.size <= MOST_SESSIONS) return;
      if (!session.isFollowed) this.#sessions.delete(key);
    }
  }
}

function isAtEnd({ document, visibleRanges }: vscode.TextEditor): boolean {
  const last = visibleRanges.at(-1)?.end.line ?? 0;
  return last >= document.lineCount - 2;
}

/** Shows the end of a document. */
export function reveal(editor: vscode.TextEditor): void {
  const last = editor.document.lineCount - 1;
  editor.revealRange(new vscode.Range(last, 0, last, 0));
}
