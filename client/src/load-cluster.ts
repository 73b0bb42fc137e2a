import * as vscode from 'vscode';
import type * as cluster from '../cluster/cluster.ts';

/** The cluster client, as a type: nothing of it is loaded by naming it. */
export type Cluster = typeof cluster;

/** What watches a Job, real or made up: the part of the client that needs no kubeconfig. */
export type LiveCluster = Pick<
  Cluster,
  | 'clusterJobs'
  | 'followLogs'
  | 'gatherIncident'
  | 'listingOf'
  | 'listJobs'
  | 'listNamespaces'
  | 'logBook'
  | 'readJobView'
  | 'watchJob'
>;

/** Loads the cluster client, a bundle of its own: most people never watch a cluster. */
export async function loadCluster(): Promise<Cluster> {
  const cluster = await import('../cluster/cluster.ts');
  if (vscode.l10n.bundle !== undefined) cluster.speak(vscode.l10n.bundle);
  return cluster;
}
