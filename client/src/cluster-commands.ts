import * as vscode from 'vscode';
import { registerActions, registerActionsWithoutCluster } from './actions/register-actions.ts';
import { browserAccess, desktopAccess, explainBrowser, type ClusterAccess } from './cluster-access.ts';
import { clusterSession } from './cluster-session.ts';
import { DemoSession } from './demo/demo-session.ts';
import { registerDemo } from './demo/watch-demo.ts';
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
  const demo = new DemoSession();
  const runs = new SeenRuns();
  return vscode.Disposable.from(
    registerWatch(session, panel, runs, deps),
    registerActions(session, deps),
    registerLiveRuns(desktopAccess(session, demo), demo, panel, runs, deps),
  );
}

/** The same in a browser, which reaches no cluster: the demo works, the rest explains why not. */
export function registerWithoutCluster(
  _context: vscode.ExtensionContext,
  panel: TimelinePanel,
  deps: PanelDeps,
): vscode.Disposable {
  const demo = new DemoSession();
  return vscode.Disposable.from(
    vscode.commands.registerCommand('jobwright.watch', () => explainBrowser()),
    registerActionsWithoutCluster(),
    registerLiveRuns(browserAccess(demo), demo, panel, new SeenRuns(), deps),
  );
}

function registerLiveRuns(
  access: ClusterAccess,
  demo: DemoSession,
  panel: TimelinePanel,
  runs: SeenRuns,
  deps: PanelDeps,
): vscode.Disposable {
  const logs = new LogDocuments();
  return vscode.Disposable.from(
    logs,
    registerDemo(demo, panel, runs, deps),
    registerLogs(access, logs, deps),
    registerRunCommands(access, runs, logs),
  );
}
