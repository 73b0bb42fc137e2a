import * as vscode from 'vscode';
import { clusterSession } from './cluster-session.ts';
import { LogDocuments } from './logs/log-documents.ts';
import { registerLogs } from './logs/show-logs.ts';
import type { PanelDeps, TimelinePanel } from './panel/panel.ts';
import { registerRunCommands } from './recording/run-commands.ts';
import { SeenRuns } from './recording/seen-runs.ts';
import { registerWatch } from './watch.ts';

/** Registers what needs a connection to a cluster. Nothing connects before a person asks. */
export function registerCluster(
  context: vscode.ExtensionContext,
  panel: TimelinePanel,
  deps: PanelDeps,
): vscode.Disposable {
  const session = clusterSession(context);
  const logs = new LogDocuments();
  const runs = new SeenRuns();
  return vscode.Disposable.from(
    logs,
    registerWatch(session, panel, runs, deps),
    registerLogs(session, logs, deps),
    registerRunCommands(session, runs, logs),
  );
}
