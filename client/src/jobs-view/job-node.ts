import type { Pod } from '../../../server/core/timeline/observed-objects.ts';
import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { jobState, type JobState } from '../../../server/core/timeline/job-state.ts';
import { DEMO_CONTEXT } from '../../demo/demo-context.ts';

/**
 * An entry of the Jobs view, which is what commands of its menus get as their argument. It is an address besides: those
 * that take `{ context, namespace, name, pod, index }` (Watch, Show Logs, …) take it as it is.
 *
 * Objects are as last seen, a Job without most of its pod template, and may be out of date or gone: who changes one asks
 * the cluster for it first.
 */
export type JobNode = ContextNode | NamespaceNode | CronJobNode | ListedJobNode | IndexNode | PodNode | MessageNode;

export interface ContextNode {
  readonly kind: 'context';
  readonly context: string;
}

export interface NamespaceNode {
  readonly kind: 'namespace';
  readonly context: string;
  readonly namespace: string;
  /** A person named it: they can have it left out again. */
  readonly added?: true;
}

export interface CronJobNode {
  readonly kind: 'cronjob';
  readonly context: string;
  readonly namespace: string;
  /** Name of the CronJob. */
  readonly name: string;
  /** Null where only its Jobs tell of it: CronJobs may not be listed, or this one was deleted. */
  readonly object: ObservedCronJob | null;
}

export interface ListedJobNode {
  readonly kind: 'job';
  readonly context: string;
  readonly namespace: string;
  /** Name of the Job. */
  readonly name: string;
  readonly object: ObservedJob;
}

export interface IndexNode {
  readonly kind: 'index';
  readonly context: string;
  readonly namespace: string;
  /** Name of the Job. */
  readonly name: string;
  /** The Job. */
  readonly job: ObservedJob;
  /** Completion index. */
  readonly index: number;
  /** What the Job's status says of it; null while it is undecided. */
  readonly state: 'Complete' | 'Failed' | null;
  /** Its pods, the youngest first. */
  readonly pods: readonly Pod[];
}

export interface PodNode {
  readonly kind: 'pod';
  readonly context: string;
  readonly namespace: string;
  /** Name of the Job. */
  readonly name: string;
  /** Name of the pod. */
  readonly pod: string;
  readonly object: Pod;
}

/** Instead of children, or behind them: what is missing and what to do. */
export interface MessageNode {
  readonly kind: 'message';
  /** Stable among its siblings. */
  readonly id: string;
  readonly text: string;
  /** What the longer story is. */
  readonly detail?: string;
  /** A codicon's name. */
  readonly icon?: string;
  /** What a click does. */
  readonly command?: { readonly id: string; readonly argument?: unknown };
}

/** The states as `contextValue` and `when` clauses spell them. */
const SPELT: Readonly<Record<JobState, string>> = {
  Running: 'running',
  Suspended: 'suspended',
  Complete: 'complete',
  Failed: 'failed',
  FailureTarget: 'failing',
  SuccessCriteriaMet: 'completing',
  Terminating: 'terminating',
};

/**
 * What `viewItem` is in `when` clauses: `jobwright.KIND.STATE`, and behind it `.failedIndexes` on a Job with some, and
 * `.demo` last where nothing can be changed:
 * - `jobwright.job.` `running`, `suspended`, `complete`, `failed`, `failing`, `completing`, `terminating`
 * - `jobwright.cronjob.` `active`, `suspended`, `unknown` (its object is not known)
 * - `jobwright.index`, `jobwright.pod`, `jobwright.namespace` (`.added` behind it: by hand), `jobwright.context`, `jobwright.message`
 *
 * So a menu of running and suspended Jobs says `viewItem =~ /^jobwright\.job\.(running|suspended)(\.failedIndexes)?$/`.
 */
export function contextValueOf(node: JobNode): string {
  const words = ['jobwright', node.kind];
  if (node.kind === 'job') {
    words.push(SPELT[jobState(node.object)]);
    if ((node.object.status?.failedIndexes ?? '') !== '') words.push('failedIndexes');
  }
  if (node.kind === 'cronjob')
    words.push(node.object === null ? 'unknown' : node.object.spec?.suspend === true ? 'suspended' : 'active');
  if (node.kind === 'namespace' && node.added === true) words.push('added');
  if (node.kind !== 'message' && node.context === DEMO_CONTEXT) words.push('demo');
  return words.join('.');
}
