/**
 * The one door of this room: a cluster that is none, and what watches it. The same client as for a real one, without what
 * needs Node, so that it works in a browser, too.
 */
export { demoCluster, type DemoCluster } from './demo-cluster.ts';
export { DEMO_CONTEXT } from './demo-context.ts';
export { DEMO_JOB, DEMO_SCENARIO } from './demo-job.ts';
export { watchJob } from '../cluster/watch-job.ts';
export { clusterJobs } from '../cluster/cluster-jobs.ts';
export { readJobView } from '../cluster/snapshot.ts';
export { listingOf, listJobs, listNamespaces } from '../cluster/jobs.ts';
export { gatherIncident } from '../cluster/incident.ts';
export { followLogs } from '../cluster/logs/follow-logs.ts';
export { logBook } from '../cluster/logs/log-book.ts';
export { speak } from '../cluster/speak.ts';
