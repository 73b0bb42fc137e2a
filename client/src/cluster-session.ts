import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { Connection, Kubeconfig, Result, SharedCollection } from '../cluster/cluster.ts';
import { type Cluster, loadCluster } from './load-cluster.ts';
import { consentToProgram } from './watch-choice.ts';
import { showPrompt } from './credential-prompt.ts';
import { tellProblem } from './watch-problem.ts';

/** What lasts from one connection to the next. */
export interface ClusterSession {
  /** Chosen by the person when the usual places had none, for this window. */
  kubeconfigFile: string | undefined;
  /** The list of a namespace's Jobs, where a view looks at all of them now. */
  shared: (context: string, namespace: string) => SharedCollection<ObservedJob> | null;
  consented(program: string): boolean;
  remember(program: string): Promise<void>;
}

const consentKey = 'jobwright.allowedCredentialPrograms';

export function clusterSession(context: vscode.ExtensionContext): ClusterSession {
  const consent = new Set<string>(context.globalState.get<readonly string[]>(consentKey, []));
  return {
    kubeconfigFile: undefined,
    shared: () => null,
    consented: (program) => consent.has(program),
    async remember(program) {
      consent.add(program);
      await context.globalState.update(consentKey, [...consent]);
    },
  };
}

/** Whether a cluster's credentials may be used here; says why not where they may not. */
export async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = l10n.t('Manage Workspace Trust');
  const chosen = await vscode.window.showWarningMessage(
    l10n.t('This uses the credentials of your cluster, so it works in trusted workspaces only.'),
    manage,
  );
  if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

/** The cluster's client with the kubeconfig read; null after a message on what was wrong. */
export async function readKubeconfig(session: ClusterSession, retry: () => Promise<void>): Promise<Loaded | null> {
  const cluster = await loadCluster();
  const file = session.kubeconfigFile;
  const loaded = await cluster.loadKubeconfig(file === undefined ? {} : { file });
  if (loaded.ok) return { cluster, kubeconfig: loaded.value };
  await tellProblem(session, loaded.problem, { retry, configure: true });
  return null;
}

/** A kubeconfig that was read, and the client to use it with. */
interface Loaded {
  readonly cluster: Cluster;
  readonly kubeconfig: Kubeconfig;
}

/** A connection to this context, after consent where it runs a program; null when the person declined. */
export async function connectWithConsent(
  session: ClusterSession,
  { cluster, kubeconfig }: Loaded,
  context: string,
): Promise<Result<Connection> | null> {
  const program = cluster.contexts(kubeconfig).find(({ name }) => name === context)?.execCommand ?? null;
  if (program !== null && !session.consented(program)) {
    if (!(await consentToProgram(context, program))) return null;
    await session.remember(program);
  }
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Jobwright: credentials for {0}', context) },
    () =>
      cluster.connect(kubeconfig, context, {
        allowExec: program !== null,
        onPrompt: (text) => void showPrompt(context, text),
      }),
  );
}

/** The same; null also after a message on what was wrong. */
export async function connectTo(
  session: ClusterSession,
  loaded: Loaded,
  context: string,
  retry: () => Promise<void>,
): Promise<Connection | null> {
  const connected = await connectWithConsent(session, loaded, context);
  if (connected === null) return null;
  if (connected.ok) return connected.value;
  await tellProblem(session, connected.problem, { retry, configure: connected.problem.kind === 'kubeconfig' });
  return null;
}
