import { messageNode } from './changeable.ts';
import { ContextBranch } from './context-branch.ts';
import { cronJobRow } from './cron-job-row.ts';
import type { JobBranch } from './job-branch.ts';
import type { JobFilter } from './job-filter.ts';
import type { JobNode, ListedJobNode } from './job-node.ts';
import { jobRow } from './job-row.ts';
import { textOf, type JobsHost, type ListedContext } from './jobs-host.ts';
import type { NamespaceBranch } from './namespace-branch.ts';
import { indexRow, podRow } from './pod-row.ts';
import { messageRow, plainRow, type Row } from './row.ts';

/** The branches of the Jobs view: contexts with their namespaces and Jobs, what is below a row, and what a row shows. */
export class JobTree {
  readonly contexts = new Map<string, ContextBranch>();
  readonly #host: JobsHost;

  constructor(host: JobsHost) {
    this.#host = host;
  }

  /** The rows at the top: contexts, or why there are none. */
  async roots(): Promise<readonly JobNode[]> {
    const found = await this.#host.contexts();
    if (!found.ok) {
      this.#keep([]);
      if (found.problem.reason === 'NotConfigured') return [];
      const { message } = found.problem;
      return [messageNode('kubeconfig', { text: message, detail: textOf(found.problem), icon: 'error' })];
    }
    return this.#keep(found.value).map(({ node }) => node);
  }

  /** The branches of these contexts; those of contexts that are no longer there let go. */
  #keep(contexts: readonly ListedContext[]): ContextBranch[] {
    const names = new Set(contexts.map(({ name }) => name));
    for (const [name, branch] of this.contexts) {
      if (names.has(name)) continue;
      branch.close();
      this.contexts.delete(name);
    }
    return contexts.map((info) => {
      const { name } = info;
      const branch = this.contexts.get(name) ?? new ContextBranch(info, this.#host);
      branch.info = info;
      this.contexts.set(name, branch);
      return branch;
    });
  }

  /** The rows below a row, as far as it is open. */
  children(node: JobNode, filter: JobFilter, parent: JobNode | undefined): JobNode[] {
    switch (node.kind) {
      case 'context':
        return this.contexts.get(node.context)?.children() ?? [];
      case 'namespace':
        return this.namespaceOf(node)?.children(filter) ?? [];
      case 'cronjob':
        return this.namespaceOf(node)?.jobsOf(node, filter) ?? [];
      case 'job':
        return this.jobOf(node)?.children(this.nowOf(node)) ?? [];
      case 'index':
        return parent?.kind === 'job' ? (this.jobOf(parent)?.podsOf(node) ?? []) : [];
      case 'pod':
      case 'message':
        return [];
    }
  }

  /** What a row shows. */
  row(node: JobNode, filter: JobFilter): Row {
    const now = this.nowOf(node);
    switch (node.kind) {
      case 'context':
        return this.contexts.get(node.context)?.row() ?? plainRow(node.context);
      case 'namespace':
        return this.namespaceOf(node)?.row(filter) ?? plainRow(node.namespace);
      case 'cronjob': {
        const branch = this.namespaceOf(node);
        const jobs = branch?.group(node, filter)?.jobs ?? [];
        return cronJobRow(node.name, node.object, jobs, branch?.jobs.cronJobs.state.kind !== 'refused', now);
      }
      case 'job':
        return jobRow(node.object, this.jobOf(node)?.reasons(now) ?? [], now);
      case 'index':
        return indexRow(node, now);
      case 'pod':
        return podRow(node.object, now);
      case 'message':
        return messageRow(node);
    }
  }

  namespaceOf({
    context,
    namespace,
  }: {
    readonly context: string;
    readonly namespace: string;
  }): NamespaceBranch | undefined {
    return this.contexts.get(context)?.namespace(namespace);
  }

  jobOf(node: ListedJobNode): JobBranch | undefined {
    return this.namespaceOf(node)?.branchOf(node);
  }

  /** The clock of a row's cluster. */
  nowOf(node: JobNode): number {
    const cluster = 'context' in node ? this.contexts.get(node.context)?.cluster : null;
    return cluster?.jobs.now() ?? Date.now();
  }

  *namespaces(): Iterable<NamespaceBranch> {
    for (const branch of this.contexts.values()) yield* branch.namespaces;
  }
}
