import * as vscode from 'vscode';
import { diagnose } from '../../../server/core/diagnosis/diagnose.ts';
import type { Connection, Result } from '../../cluster/cluster.ts';
import { DEMO_CONTEXT } from '../../demo/demo-context.ts';
import { connectWithConsent, type ClusterSession } from '../cluster-session.ts';
import type { DemoSession } from '../demo/demo-session.ts';
import { type LiveCluster, loadCluster } from '../load-cluster.ts';
import type { AddedNamespaces, JobsHost, ListedContext, OpenContext } from './jobs-host.ts';

const DEMO: ListedContext = { name: DEMO_CONTEXT, current: false, server: 'a made-up cluster in this window' };

/**
 * The clusters that the Jobs view lists: those of the kubeconfig in a trusted workspace, and the demo while it plays.
 *
 * @param session null in a browser, which reaches no cluster
 */
export function viewedClusters(session: ClusterSession | null, demo: DemoSession, added: AddedNamespaces): JobsHost {
  const playing = (): ListedContext[] => (demo.plays ? [DEMO] : []);
  const kubeconfig = async (): ReturnType<Awaited<ReturnType<typeof loadCluster>>['loadKubeconfig']> => {
    const { loadKubeconfig } = await loadCluster();
    const file = session?.kubeconfigFile;
    return loadKubeconfig(file === undefined ? {} : { file });
  };
  return {
    added,
    async contexts() {
      if (session === null || !vscode.workspace.isTrusted) return { ok: true, value: playing() };
      const loaded = await kubeconfig();
      if (!loaded.ok) return demo.plays ? { ok: true, value: playing() } : loaded;
      const { contexts } = await loadCluster();
      return { ok: true, value: [...contexts(loaded.value), ...playing()] };
    },
    async open(context) {
      if (context === DEMO_CONTEXT) {
        const reach = demo.reach();
        return reach === null ? null : { ok: true, value: opened(reach.cluster, reach.connection) };
      }
      if (session === null || !vscode.workspace.isTrusted) return null;
      const loaded = await kubeconfig();
      if (!loaded.ok) return loaded;
      const cluster = await loadCluster();
      const connected: Result<Connection> | null = await connectWithConsent(
        session,
        { cluster, kubeconfig: loaded.value },
        context,
      );
      if (connected === null || !connected.ok) return connected;
      return { ok: true, value: opened(cluster, connected.value) };
    },
  };
}

function opened(cluster: LiveCluster, connection: Connection): OpenContext {
  const jobs = cluster.clusterJobs(connection);
  return {
    namespace: connection.namespace,
    jobs,
    listNamespaces: () => cluster.listNamespaces(connection),
    async explain(namespace, name, signal) {
      const read = await cluster.readJobView(connection, { namespace, name }, signal);
      return read.ok ? diagnose(read.value.snapshot) : [];
    },
    close() {
      jobs.close();
      connection.close();
    },
  };
}
