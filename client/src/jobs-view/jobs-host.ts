import type { ClusterJobs, ClusterProblem, Result } from '../../cluster/cluster.ts';
import type { Diagnosis } from '../../../server/core/diagnosis/diagnosis.ts';

/** A context as the view lists it. */
export interface ListedContext {
  readonly name: string;
  readonly current: boolean;
  /** Address of its API server. */
  readonly server: string;
}

/** A cluster that is connected, as the view uses it. */
export interface OpenContext {
  /** The namespace to begin with. */
  readonly namespace: string;
  readonly jobs: ClusterJobs;
  listNamespaces(): Promise<Result<readonly string[]>>;
  /** Why a Job is where it is, by what the cluster says of it now, its pods and its events. */
  explain(namespace: string, name: string, signal: AbortSignal): Promise<readonly Diagnosis[]>;
  close(): void;
}

/** Namespaces that a person named, where they may not be listed. */
export interface AddedNamespaces {
  of(context: string): readonly string[];
  keep(context: string, names: readonly string[]): void;
}

/** What the view asks of the rest of the extension; a test puts something else in its place. */
export interface JobsHost {
  readonly added: AddedNamespaces;
  /** Reads the kubeconfig; nothing is sent anywhere. */
  contexts(): Promise<Result<readonly ListedContext[]>>;
  /**
   * Connects, after everything that must be asked before. Called only when a person opens the context. Null: they
   * declined.
   */
  open(context: string): Promise<Result<OpenContext> | null>;
}

/** Commands behind rows that say what to do. Each takes the row that it is about. */
export const JOBS_COMMANDS = {
  retry: 'jobwright.jobs.retry',
  more: 'jobwright.jobs.more',
  addNamespace: 'jobwright.jobs.addNamespace',
  addJob: 'jobwright.jobs.addJob',
  clearFilter: 'jobwright.jobs.clearFilter',
  open: 'jobwright.jobs.open',
} as const;

/** What a person reads of a problem. */
export function textOf({ message, suggestion }: ClusterProblem): string {
  return suggestion === undefined ? message : `${message} ${suggestion}`;
}
