import * as vscode from 'vscode';
import type { Connection, Kubeconfig } from '../cluster/cluster.ts';
import { type Cluster, loadCluster } from './load-cluster.ts';
import type { LiveSource, PanelDeps, TimelinePanel } from './panel/panel.ts';
import { chooseContext, chooseJob, consentToProgram, wishOf, type Wish } from './watch-choice.ts';
import { showLiveJob } from './watch-live.ts';
import { tellProblem } from './watch-problem.ts';

/**
 * Command id. Its optional argument says what to watch as far as the caller knows: a `ManifestAddress` (the code lens
 * above a Job), or any of `context`, `namespace` and `name`. Desktop hosts only.
 */
export const watchCommand = 'jobwright.watch';

/** Registers the Watch command: context, namespace, Job, then a live panel. Nothing connects before it runs. */
export function registerWatch(
  context: vscode.ExtensionContext,
  panel: TimelinePanel,
  deps: Pick<PanelDeps, 'requestManifests'>,
): vscode.Disposable {
  const consent = new Set<string>(context.globalState.get<readonly string[]>(consentKey, []));
  const session: WatchSession = {
    panel,
    kubeconfigFile: undefined,
    consented: (program) => consent.has(program),
    async remember(program) {
      consent.add(program);
      await context.globalState.update(consentKey, [...consent]);
    },
  };
  return vscode.commands.registerCommand(watchCommand, async (given?: unknown) => {
    if (!vscode.workspace.isTrusted) {
      const manage = 'Manage Workspace Trust';
      const chosen = await vscode.window.showWarningMessage(
        'Watching a Job uses the credentials of your cluster, so it works in trusted workspaces only.',
        manage,
      );
      if (chosen === manage) await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    }
    await watch(session, await wishOf(given, deps));
  });
}

const consentKey = 'jobwright.allowedCredentialPrograms';

/** What lasts from one Watch to the next. */
export interface WatchSession {
  readonly panel: TimelinePanel;
  /** Chosen by the person when the usual places had none, for this window. */
  kubeconfigFile: string | undefined;
  consented(program: string): boolean;
  remember(program: string): Promise<void>;
}

/** Asks for what the wish leaves open, connects, and shows the Job. Each failure is one message with a way on. */
async function watch(session: WatchSession, wish: Wish): Promise<void> {
  const again = (other: Wish): Promise<void> => watch(session, other);
  const cluster = await loadCluster();
  const file = session.kubeconfigFile;
  const loaded = await cluster.loadKubeconfig(file === undefined ? {} : { file });
  if (!loaded.ok) {
    await tellProblem(session, loaded.problem, { retry: () => again(wish), configure: true });
    return;
  }
  const kubeconfig = loaded.value;
  const chosen = wish.context ?? (await chooseContext(cluster.contexts(kubeconfig)));
  if (chosen === undefined) return;
  const connection = await connect(session, cluster, kubeconfig, chosen, () => again(wish));
  if (connection === null) return;
  const source = await findJob(session, cluster, connection, { ...wish, context: chosen }, again);
  if (source === null) {
    connection.close();
    return;
  }
  showLiveJob({
    cluster,
    connection,
    view: session.panel.showLive(source),
    source,
    watchAgain: () => again(source),
    chooseAnother: () => again({ ...wish, context: undefined, name: undefined, namespace: undefined }),
  });
}

async function connect(
  session: WatchSession,
  cluster: Cluster,
  kubeconfig: Kubeconfig,
  context: string,
  retry: () => Promise<void>,
): Promise<Connection | null> {
  const program = cluster.contexts(kubeconfig).find(({ name }) => name === context)?.execCommand ?? null;
  if (program !== null && !session.consented(program)) {
    if (!(await consentToProgram(context, program))) return null;
    await session.remember(program);
  }
  const connected = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Jobwright: credentials for ${context}` },
    () => cluster.connect(kubeconfig, context, { allowExec: program !== null }),
  );
  if (connected.ok) return connected.value;
  await tellProblem(session, connected.problem, { retry, configure: connected.problem.kind === 'kubeconfig' });
  return null;
}

async function findJob(
  session: WatchSession,
  cluster: Cluster,
  connection: Connection,
  wish: Wish,
  again: (wish: Wish) => Promise<void>,
): Promise<LiveSource | null> {
  const { context } = connection;
  if (wish.name !== undefined) {
    return { kind: 'live', context, namespace: wish.namespace ?? connection.namespace, name: wish.name };
  }
  const choice = await chooseJob(cluster, connection, wish);
  if (choice === null) return null;
  if ('problem' in choice) {
    await tellProblem(session, choice.problem, {
      retry: () => again(wish),
      otherContext: () => again({ ...wish, context: undefined }),
    });
    return null;
  }
  return { kind: 'live', context, ...choice };
}
