import * as vscode from 'vscode';
import type { ClusterAccess } from '../cluster-access.ts';
import type { PanelDeps } from '../panel/panel.ts';
import { findJob } from '../watch.ts';
import { wishOf } from '../watch-choice.ts';
import { addressOf, type LogAddress, readLogAddress } from './log-address.ts';
import { type LogDocuments, reveal } from './log-documents.ts';

/** Command id. Its argument is a `LogAddress` as far as it is known; what is missing is asked for. Desktop hosts only. */
export const showLogsCommand = 'jobwright.showLogs';

/** Registers what can be done with logs. Nothing connects before one of the commands runs. */
export function registerLogs(
  access: ClusterAccess,
  documents: LogDocuments,
  deps: Pick<PanelDeps, 'requestManifests'>,
): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  const show = async (given: unknown, more: Partial<LogAddress> = {}): Promise<void> => {
    await showLogs(access, documents, { ...readLogAddress(given), ...more }, deps);
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
  access: ClusterAccess,
  documents: LogDocuments,
  wish: Partial<LogAddress>,
  deps: Pick<PanelDeps, 'requestManifests'>,
): Promise<void> {
  const again = (): Promise<void> => showLogs(access, documents, wish, deps);
  const reach = await access.open(wish.context, 'Show Logs', again);
  if (reach === null) return;
  const { cluster, connection } = reach;
  const { context } = connection;
  if (wish.pod !== undefined || wish.name !== undefined) {
    await documents.show(cluster, connection, { ...wish, context, namespace: wish.namespace ?? connection.namespace });
    return;
  }
  const open = await wishOf({ ...wish, context: undefined }, deps);
  const found = await findJob(
    (problem, ways) => access.tell(problem, ways),
    reach,
    { ...open, ...wish, context },
    () => again(),
    'Show Logs',
  );
  if (found === null) connection.close();
  else await documents.show(cluster, connection, { ...wish, context, namespace: found.namespace, name: found.name });
}
