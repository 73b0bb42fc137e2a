import * as vscode from 'vscode';
import type { ClusterProblem } from '../cluster/cluster.ts';
import type { Reach } from './cluster-access.ts';
import type { AttachedClusters } from './attached-clusters.ts';
import { type ClusterSession, connectTo, isTrusted, readKubeconfig } from './cluster-session.ts';
import type { WatchedJobs } from './jobs-view/watched-jobs.ts';
import type { LiveSource, PanelDeps, TimelinePanel } from './panel/panel.ts';
import type { SeenRuns } from './recording/seen-runs.ts';
import { chooseContext, chooseJob, wishOf, type Wish } from './watch-choice.ts';
import { showLiveJob } from './watch-live.ts';
import { tellProblem, type WaysOn } from './watch-problem.ts';

/**
 * Command id. Its optional argument says what to watch as far as the caller knows: a `ManifestAddress` (the code lens
 * above a Job), or any of `context`, `namespace` and `name`. Desktop hosts only.
 */
export const watchCommand = 'jobwright.watch';

/** Registers the Watch command: context, namespace, Job, then a live panel. Nothing connects before it runs. */
export function registerWatch(
  cluster: ClusterSession,
  panel: TimelinePanel,
  runs: SeenRuns,
  watched: WatchedJobs,
  deps: Pick<PanelDeps, 'requestManifests' | 'attached'>,
): vscode.Disposable {
  const { attached } = deps;
  return vscode.commands.registerCommand(watchCommand, async (given?: unknown) => {
    if (await isTrusted()) await watch({ cluster, panel, runs, watched, attached }, await wishOf(given, deps));
  });
}

interface WatchSession {
  readonly cluster: ClusterSession;
  readonly panel: TimelinePanel;
  readonly runs: SeenRuns;
  readonly watched: WatchedJobs;
  readonly attached: AttachedClusters;
}

/** Asks for what the wish leaves open, connects, and shows the Job. Each failure is one message with a way on. */
async function watch(session: WatchSession, wish: Wish): Promise<void> {
  const again = (other: Wish): Promise<void> => watch(session, other);
  const loaded = await readKubeconfig(session.cluster, () => again(wish));
  if (loaded === null) return;
  const { cluster } = loaded;
  const chosen = wish.context ?? (await chooseContext(cluster.contexts(loaded.kubeconfig)));
  if (chosen === undefined) return;
  const connection = await connectTo(session.cluster, loaded, chosen, () => again(wish));
  if (connection === null) return;
  const shared = (namespace: string): ReturnType<ClusterSession['shared']> => session.cluster.shared(chosen, namespace);
  const source = await findJob(
    (problem, ways) => tellProblem(session.cluster, problem, ways),
    { cluster, connection, shared },
    { ...wish, context: chosen },
    again,
  );
  if (source === null) {
    connection.close();
    return;
  }
  showLiveJob({
    cluster,
    connection,
    view: session.panel.showLive(source),
    source,
    jobs: shared(source.namespace),
    watched: session.watched,
    onSeen: (seen) => session.runs.see(source, seen),
    attach: () => session.attached.attach(cluster, connection),
    watchAgain: () => again(source),
    chooseAnother: () => again({ ...wish, context: undefined, name: undefined, namespace: undefined }),
  });
}

/**
 * The Job that is meant, chosen by the person where the wish leaves it open. Null when they gave up, or after a message
 * on what was wrong.
 */
export async function findJob(
  tell: (problem: ClusterProblem, ways: WaysOn) => Promise<void>,
  reach: Reach,
  wish: Wish,
  again: (wish: Wish) => Promise<void>,
  purpose = 'Watch a Job',
): Promise<LiveSource | null> {
  const { connection } = reach;
  const { context } = connection;
  if (wish.name !== undefined) {
    return { kind: 'live', context, namespace: wish.namespace ?? connection.namespace, name: wish.name };
  }
  const choice = await chooseJob(reach, wish, purpose);
  if (choice === null) return null;
  if ('problem' in choice) {
    await tell(choice.problem, {
      retry: () => again(wish),
      otherContext: () => again({ ...wish, context: undefined }),
    });
    return null;
  }
  return { kind: 'live', context, ...choice };
}
