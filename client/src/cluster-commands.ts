import * as vscode from 'vscode';
import { registerActions, registerActionsWithoutCluster } from './actions/register-actions.ts';
import { browserAccess, desktopAccess, explainBrowser, type ClusterAccess } from './cluster-access.ts';
import { DEMO_CONTEXT } from '../demo/demo-context.ts';
import { clusterSession, type ClusterSession } from './cluster-session.ts';
import { DemoSession } from './demo/demo-session.ts';
import { registerDemo } from './demo/watch-demo.ts';
import { viewedClusters } from './jobs-view/clusters.ts';
import { registerJobsCommands } from './jobs-view/jobs-commands.ts';
import { rememberedNamespaces } from './jobs-view/remembered-namespaces.ts';
import { JobsView } from './jobs-view/jobs-view.ts';
import { WatchedJobs } from './jobs-view/watched-jobs.ts';
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
  const watched = new WatchedJobs();
  return vscode.Disposable.from(
    registerWatch(session, panel, runs, watched, deps),
    registerActions(session, deps),
    registerLiveRuns({ context, session, access: desktopAccess(session, demo), demo, panel, runs, watched, deps }),
  );
}

/** The same in a browser, which reaches no cluster: the demo works, the rest explains why not. */
export function registerWithoutCluster(
  context: vscode.ExtensionContext,
  panel: TimelinePanel,
  deps: PanelDeps,
): vscode.Disposable {
  const demo = new DemoSession();
  const [runs, watched] = [new SeenRuns(), new WatchedJobs()];
  return vscode.Disposable.from(
    vscode.commands.registerCommand('jobwright.watch', () => explainBrowser()),
    registerActionsWithoutCluster(),
    registerLiveRuns({ context, session: null, access: browserAccess(demo), demo, panel, runs, watched, deps }),
  );
}

interface LiveRuns {
  readonly context: vscode.ExtensionContext;
  /** Null in a browser. */
  readonly session: ClusterSession | null;
  readonly access: ClusterAccess;
  readonly demo: DemoSession;
  readonly panel: TimelinePanel;
  readonly runs: SeenRuns;
  readonly watched: WatchedJobs;
  readonly deps: PanelDeps;
}

function registerLiveRuns(live: LiveRuns): vscode.Disposable {
  const { session, access, demo, panel, runs, watched, deps } = live;
  const logs = new LogDocuments();
  const view = new JobsView(viewedClusters(session, demo, rememberedNamespaces(live.context.globalState)));
  if (session !== null) session.shared = (context, namespace) => view.model.sharedJobs(context, namespace);
  return vscode.Disposable.from(
    logs,
    watched,
    registerDemo(demo, panel, runs, watched, deps),
    registerLogs(access, logs, deps),
    registerRunCommands(access, runs, logs),
    view,
    demo.onStarted(() => view.model.disconnect({ context: DEMO_CONTEXT })),
    registerJobsCommands({ view, ...live }),
  );
}
