import * as vscode from 'vscode';
import { connectTo, isTrusted, readKubeconfig, type ClusterSession } from '../cluster-session.ts';
import type { PanelDeps } from '../panel/panel.ts';
import { findJob } from '../watch.ts';
import { chooseContext, wishOf } from '../watch-choice.ts';
import { addressOf, type LogAddress, readLogAddress } from './log-address.ts';
import { type LogDocuments, reveal } from './log-documents.ts';

/** Command id. Its argument is a `LogAddress` as far as it is known; what is missing is asked for. Desktop hosts only. */
export const showLogsCommand = 'jobwright.showLogs';

/** Registers what can be done with logs. Nothing connects before one of the commands runs. */
export function registerLogs(
  session: ClusterSession,
  documents: LogDocuments,
  deps: Pick<PanelDeps, 'requestManifests'>,
): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  const show = async (given: unknown, more: Partial<LogAddress> = {}): Promise<void> => {
    if (await isTrusted()) await showLogs(session, documents, { ...readLogAddress(given), ...more }, deps);
  };
  /** The log that a button above the editor is about, else the one in the active editor. */
  const open = (given: unknown): vscode.Uri | undefined =>
    given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
  return vscode.Disposable.from(
    register(showLogsCommand, (given?: unknown) => show(given)),
    register('jobwright.showPreviousLogs', (given?: unknown) => {
      const uri = open(given);
      const address = given instanceof vscode.Uri || given === undefined ? uri && addressOf(uri) : given;
      return show(address ?? {}, { previous: true });
    }),
    register('jobwright.toggleLogTimestamps', (given?: unknown) => {
      const uri = open(given);
      if (uri !== undefined) documents.toggleTimestamps(uri);
    }),
    register('jobwright.showLogEnd', () => {
      if (vscode.window.activeTextEditor !== undefined) reveal(vscode.window.activeTextEditor);
    }),
  );
}

async function showLogs(
  session: ClusterSession,
  documents: LogDocuments,
  wish: Partial<LogAddress>,
  deps: Pick<PanelDeps, 'requestManifests'>,
): Promise<void> {
  const again = (): Promise<void> => showLogs(session, documents, wish, deps);
  const loaded = await readKubeconfig(session, again);
  if (loaded === null) return;
  const { cluster, kubeconfig } = loaded;
  const context = wish.context ?? (await chooseContext(cluster.contexts(kubeconfig), 'Show Logs'));
  if (context === undefined) return;
  const connection = await connectTo(session, loaded, context, again);
  if (connection === null) return;
  if (wish.pod !== undefined || wish.name !== undefined) {
    await documents.show(cluster, connection, { ...wish, context, namespace: wish.namespace ?? connection.namespace });
    return;
  }
  const open = await wishOf({ ...wish, context: undefined }, deps);
  const found = await findJob(session, cluster, connection, { ...open, ...wish, context }, () => again(), 'Show Logs');
  if (found === null) connection.close();
  else await documents.show(cluster, connection, { ...wish, context, namespace: found.namespace, name: found.name });
}
