/**
 * The one door of this room: everything that the editor and the command line ask of a cluster. Nothing connects before
 * `connect`'s result is used, and nothing here knows an editor.
 */
export { speak } from './speak.ts';
export type { ClusterProblem, MissingRight, ProblemKind, Result } from './problem.ts';
export { contexts, loadKubeconfig, type ContextInfo, type Kubeconfig, type KubeconfigOptions } from './kubeconfig.ts';
export { connect, type ConnectOptions, type Connection } from './connection.ts';
export { serverVersion } from './server-version.ts';
export { clusterJobs, readNamespace, type ClusterJobs, type JobPods, type NamespaceJobs } from './cluster-jobs.ts';
export type { CollectionState, SharedCollection } from './shared-collection.ts';
export { listingOf, listJobs, listNamespaces, type JobListing, type JobSummary } from './jobs.ts';
export { watchJob, type JobReference, type JobSnapshot, type WatchJobOptions } from './watch-job.ts';
export type { WatchEnd } from './watch-end.ts';
export { readJobView, type JobView } from './snapshot.ts';
export { gatherIncident, type SeenBefore } from './incident.ts';
export { followLogs, type FollowLogsOptions, type LogTarget } from './logs/follow-logs.ts';
export { logBook, type LogBook, type LogView } from './logs/log-book.ts';
export * as actions from './actions/actions.ts';
