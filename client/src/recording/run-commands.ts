import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterAccess } from '../cluster-access.ts';
import { readLogAddress } from '../logs/log-address.ts';
import type { LogDocuments } from '../logs/log-documents.ts';
import { saveIncident, saveRecording } from './save-run.ts';
import type { SeenRuns } from './seen-runs.ts';

type Address = { readonly context: string; readonly namespace: string; readonly name: string };

/**
 * Registers what keeps a live run: `jobwright.saveRecording` and `jobwright.saveIncident`. Both take a Job's `context`,
 * `namespace` and `name`, and `file` (an address) where to write; what is missing is asked for.
 */
export function registerRunCommands(access: ClusterAccess, runs: SeenRuns, logs: LogDocuments): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register('jobwright.saveRecording', async (given?: unknown) => {
      const address = addressIn(given) ?? (await runs.choose('Which run shall be saved?'));
      const seen = address === undefined ? null : runs.of(address);
      if (seen === null) {
        void vscode.window.showInformationMessage(l10n.t('Watch a Job first: what is watched can be recorded.'));
        return;
      }
      await saveRecording(seen.timeline, seen.snapshot.job, fileIn(given));
    }),
    register('jobwright.saveIncident', async (given?: unknown) => {
      const address = addressIn(given) ?? (await runs.choose('Which Job shall be reported on?'));
      if (address === undefined) {
        void vscode.window.showInformationMessage(l10n.t('Watch the Job first, then save a report on it.'));
        return;
      }
      await report(access, runs, logs, address, fileIn(given));
    }),
  );
}

async function report(
  access: ClusterAccess,
  runs: SeenRuns,
  logs: LogDocuments,
  address: Address,
  to: vscode.Uri | undefined,
): Promise<void> {
  const again = (): Promise<void> => report(access, runs, logs, address, to);
  const reach = await access.open(address.context, 'Save Incident Report', again);
  if (reach === null) return;
  const { cluster, connection } = reach;
  const seen = runs.of(address);
  const wish = { ...address, seen, logs: logs.keptOf(address), to };
  await saveIncident(cluster, connection, wish).finally(() => connection.close());
}

function addressIn(given: unknown): Address | undefined {
  const { context, namespace, name } = readLogAddress(given);
  return context === undefined || namespace === undefined || name === undefined
    ? undefined
    : { context, namespace, name };
}

function fileIn(given: unknown): vscode.Uri | undefined {
  const file = typeof given === 'object' && given !== null && 'file' in given ? given.file : undefined;
  return typeof file === 'string' ? vscode.Uri.parse(file) : undefined;
}
