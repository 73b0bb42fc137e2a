import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { ClusterProblem, Connection, SharedCollection } from '../cluster/cluster.ts';
import { DEMO_CONTEXT } from '../demo/demo-context.ts';
import { connectTo, isTrusted, readKubeconfig, type ClusterSession } from './cluster-session.ts';
import type { DemoSession } from './demo/demo-session.ts';
import type { Cluster, LiveCluster } from './load-cluster.ts';
import { chooseContext } from './watch-choice.ts';
import { inWords, tellProblem, type WaysOn } from './watch-problem.ts';

/** A connection, and the client to use it with. */
export interface Reach {
  readonly cluster: LiveCluster;
  readonly connection: Connection;
  /** The list of a namespace's Jobs that a view is looking at now; null where none does, or it cannot have them all. */
  readonly shared?: (namespace: string) => SharedCollection<ObservedJob> | null;
}

/** How commands come to a cluster. */
export interface ClusterAccess {
  /**
   * Connects, after everything that must be asked before. Null when the person gave up, or after a message on what is
   * wrong. The caller closes the connection.
   *
   * @param purpose title of the questions
   * @param again the whole command once more, after something was mended
   */
  open(context: string | undefined, purpose: string, again: () => Promise<void>): Promise<Reach | null>;
  /** Says what went wrong later, with the ways on. */
  tell(problem: ClusterProblem, ways: WaysOn): Promise<void>;
}

/** Clusters of the kubeconfig, and the demo. */
export function desktopAccess(session: ClusterSession, demo: DemoSession): ClusterAccess {
  return {
    tell: (problem, ways) => tellProblem(session, problem, ways),
    async open(context, purpose, again) {
      return context === DEMO_CONTEXT ? demo.reach() : openCluster(session, context, purpose, again);
    },
  };
}

/** A connection to a real cluster, and the whole client to use it with. */
export interface ClusterReach extends Reach {
  readonly cluster: Cluster;
}

/** As `ClusterAccess.open`, for what the demo cannot do. */
export async function openCluster(
  session: ClusterSession,
  context: string | undefined,
  purpose: string,
  again: () => Promise<void>,
): Promise<ClusterReach | null> {
  if (context === DEMO_CONTEXT) {
    void vscode.window.showInformationMessage(
      l10n.t('The demo’s cluster is made up: its Job can be watched, not changed.'),
    );
    return null;
  }
  if (!(await isTrusted())) return null;
  const loaded = await readKubeconfig(session, again);
  if (loaded === null) return null;
  const chosen = context ?? (await chooseContext(loaded.cluster.contexts(loaded.kubeconfig), purpose));
  if (chosen === undefined) return null;
  const connection = await connectTo(session, loaded, chosen, again);
  if (connection === null) return null;
  return { cluster: loaded.cluster, connection, shared: (namespace) => session.shared(chosen, namespace) };
}

/** Only the demo: a browser reaches no cluster. */
export function browserAccess(demo: DemoSession): ClusterAccess {
  return {
    async tell(problem) {
      await vscode.window.showErrorMessage(inWords(problem));
    },
    async open(context, purpose) {
      if (context === DEMO_CONTEXT) return demo.reach();
      await explainBrowser(`“${purpose}”`);
      return null;
    },
  };
}

/** Why not, and what works instead. `what` was asked for. */
export async function explainBrowser(what = 'Watching a Job'): Promise<void> {
  const demo = l10n.t('Watch a Demo Job');
  const chosen = await vscode.window.showInformationMessage(
    l10n.t(
      '{0} needs a connection to its cluster, which a browser cannot open. Use VS Code on the desktop, or connected to a remote machine.',
      what,
    ),
    demo,
  );
  if (chosen === demo) await vscode.commands.executeCommand('jobwright.watchDemo');
}
