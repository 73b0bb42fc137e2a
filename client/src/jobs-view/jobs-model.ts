import * as l10n from '@vscode/l10n';
import { jobState } from '../../../server/core/timeline/job-state.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import type { ClusterJobs, SharedCollection } from '../../cluster/cluster.ts';
import type { Diagnosis } from '../../../server/core/diagnosis/diagnosis.ts';
import { isSame, messageNode } from './changeable.ts';
import { isFiltering, NO_FILTER, type JobFilter } from './job-filter.ts';
import { DrawnRows } from './drawn-rows.ts';
import type { ContextNode, JobNode, ListedJobNode, NamespaceNode } from './job-node.ts';
import { jobRow } from './job-row.ts';
import { JOBS_COMMANDS, type JobsHost } from './jobs-host.ts';
import { JobTree } from './job-tree.ts';
import type { Row } from './row.ts';

/** So many rows are shown below one row, and so many more each time that a person asks for more. */
export const PAGE = 200;
/** Rows are drawn anew no more often than this, in milliseconds. */
const THROTTLE = 250;
/** After a while without any, changes are gathered for so long, in milliseconds. */
const SOON = 20;
/** Ages and waits grow while nothing changes; in milliseconds. */
const TICK = 5_000;

/** What of the view has to be drawn anew: these rows with what is below them, or (null) all; of none only the filter. */
export type ChangeListener = (nodes: readonly JobNode[] | null) => void;

/**
 * The Jobs view without its looks: which rows there are, what they say, and what is asked of which cluster. Nothing is
 * asked of a cluster before a person opens its context, and nothing while the view is hidden or a row collapsed.
 */
export class JobsModel {
  readonly #onChange: ChangeListener;
  readonly #tree: JobTree;
  readonly #rows = new DrawnRows(PAGE);
  #filter: JobFilter = NO_FILTER;
  #visible = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #ticker: ReturnType<typeof setInterval> | null = null;
  /** When rows were looked through last, and what that cost, in milliseconds. */
  #last = -Infinity;
  #cost = 0;

  constructor(host: JobsHost, onChange: ChangeListener) {
    this.#tree = new JobTree(host);
    this.#onChange = onChange;
  }

  /** The rows below a row, or the contexts. Asking for them opens the row. */
  async children(node?: JobNode): Promise<readonly JobNode[]> {
    if (node === undefined) return this.#tree.roots();
    this.#rows.open.add(node);
    if (node.kind === 'context') {
      await this.#tree.contexts.get(node.context)?.open();
      this.#changedRow(node);
    }
    const drawn = this.#rows.of(node);
    drawn.children = this.#childrenOf(node);
    this.#look();
    // What nobody looked at until now is being asked for.
    return (drawn.children = this.#childrenOf(node));
  }

  parent(node: JobNode): JobNode | undefined {
    return this.#rows.parent(node);
  }

  /** What a row shows; it is drawn anew when that changes. */
  row(node: JobNode): Row {
    const row = this.#tree.row(node, this.#filter);
    this.#rows.of(node).row = JSON.stringify(row);
    return row;
  }

  /** Whether a row can be opened, and whether it is from the beginning. */
  opens(node: JobNode): 'never' | 'collapsed' | 'expanded' {
    if (node.kind === 'message' || node.kind === 'pod') return 'never';
    if (node.kind === 'index') return node.pods.length === 0 ? 'never' : 'collapsed';
    if (node.kind !== 'namespace') return 'collapsed';
    const siblings = [...(this.#tree.contexts.get(node.context)?.namespaces ?? [])];
    return siblings.length === 1 ? 'expanded' : 'collapsed';
  }

  expanded(node: JobNode): void {
    this.#rows.open.add(node);
    this.#look();
    this.#later();
  }

  collapsed(node: JobNode): void {
    this.#rows.open.delete(node);
    this.#look();
  }

  set visible(visible: boolean) {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (visible) this.#ticker = setInterval(() => this.#later(), TICK);
    else if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#look();
    if (visible) this.#later();
  }

  get filter(): JobFilter {
    return this.#filter;
  }

  set filter(filter: JobFilter) {
    this.#filter = filter;
    this.#onChange([]);
    this.#later();
  }

  /** How many Jobs of the open namespaces pass the filter; null where nothing is filtered. */
  filtered(): { readonly shown: number; readonly all: number } | null {
    if (!isFiltering(this.#filter)) return null;
    let [shown, all] = [0, 0];
    for (const branch of this.#tree.namespaces()) {
      if (!branch.looked) continue;
      const groups = branch.groups(this.#filter);
      shown += groups.shown;
      all += groups.all;
    }
    return { shown, all };
  }

  /** Asks anew: for everything, or for what is below a row. */
  async refresh(node?: JobNode): Promise<void> {
    const contexts = [...this.#tree.contexts.values()].filter(
      (branch) => node === undefined || ('context' in node && node.context === branch.info.name),
    );
    if (node === undefined || node.kind === 'context')
      await Promise.all(contexts.map((branch) => branch.refresh(node !== undefined)));
    for (const branch of contexts)
      for (const each of branch.namespaces) if (node?.kind !== 'namespace' || node === each.node) each.jobs.refresh();
    this.#onChange(node === undefined ? null : [node]);
  }

  /** Lets go of a context's connection. */
  disconnect({ context }: Pick<ContextNode, 'context'>): void {
    this.#tree.contexts.get(context)?.close();
    for (const node of this.#rows.open)
      if (node.kind !== 'message' && node.context === context) this.#rows.open.delete(node);
    // A row of its own, so that it is closed again.
    this.#tree.contexts.delete(context);
    this.#onChange(null);
  }

  /** Shows more rows where only some are shown. */
  more(parent: JobNode): void {
    this.#rows.of(parent).limit += PAGE;
    this.#onChange([parent]);
  }

  /** Shows a namespace that cannot be listed. */
  addNamespace(node: ContextNode, namespace: string): void {
    this.#tree.contexts.get(node.context)?.add(namespace);
    this.#onChange([node]);
  }

  /** Shows a namespace no more that was added. */
  removeNamespace({ context, namespace }: NamespaceNode): void {
    const branch = this.#tree.contexts.get(context);
    if (branch === undefined) return;
    branch.remove(namespace);
    for (const node of this.#rows.open)
      if ('namespace' in node && node.context === context && node.namespace === namespace) this.#rows.open.delete(node);
    this.#onChange([branch.node]);
  }

  /** Shows a Job that cannot be listed. */
  addJob(node: NamespaceNode, name: string): void {
    this.#tree.namespaceOf(node)?.jobs.addName(name);
    this.#later();
  }

  /** What the view knows of a row's cluster; null where it is not connected. */
  clusterOf({ context }: { readonly context: string }): ClusterJobs | null {
    return this.#tree.contexts.get(context)?.cluster?.jobs ?? null;
  }

  /** The list of a namespace's Jobs, where the view looks at all of them now; else null. */
  sharedJobs(context: string, namespace: string): SharedCollection<ObservedJob> | null {
    const jobs = this.#tree.contexts.get(context)?.namespace(namespace)?.jobs.jobs;
    return jobs?.state.kind === 'current' || jobs?.state.kind === 'polled' ? jobs : null;
  }

  /** Why a Job is where it is. Where the view does not know its pods, the cluster is asked once. */
  async reasons(node: ListedJobNode, signal: AbortSignal): Promise<readonly Diagnosis[]> {
    const cluster = this.#tree.contexts.get(node.context)?.cluster ?? null;
    // Of one that is done its object tells all.
    if (cluster !== null && !this.#rows.open.has(node) && jobState(node.object) !== 'Complete') {
      const asked = await cluster.explain(node.namespace, node.name, signal);
      if (asked.length > 0) return asked;
    }
    return this.#tree.jobOf(node)?.reasons(this.#tree.nowOf(node)) ?? [];
  }

  /** The longest words on a row. */
  async explain(node: JobNode, signal: AbortSignal): Promise<Row> {
    return node.kind === 'job'
      ? jobRow(node.object, await this.reasons(node, signal), this.#tree.nowOf(node))
      : this.#tree.row(node, this.#filter);
  }

  dispose(): void {
    this.visible = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const branch of this.#tree.contexts.values()) branch.close();
    this.#tree.contexts.clear();
  }

  #childrenOf(node: JobNode): readonly JobNode[] {
    const { limit } = this.#rows.of(node);
    const all = this.#tree.children(node, this.#filter, this.#rows.parent(node));
    for (const child of all) this.#rows.stands(child, node);
    if (all.length <= limit) return all;
    const more = messageNode('more', {
      text: l10n.t('Show {0} more ({1} are not shown)', Math.min(PAGE, all.length - limit), all.length - limit),
      icon: 'ellipsis',
      command: { id: JOBS_COMMANDS.more, argument: node },
    });
    this.#rows.stands(more, node);
    return [...all.slice(0, limit), more];
  }

  #isSeen(node: JobNode): boolean {
    return this.#visible && this.#rows.isSeen(node);
  }

  /** Looks at what is open, and away from what is not. */
  #look(): void {
    const later = (): void => this.#later();
    for (const branch of this.#tree.namespaces()) {
      branch.look(this.#isSeen(branch.node), later);
      branch.lookAtPods((node) => this.#isSeen(node), later);
    }
    for (const node of this.#rows.open)
      if (node.kind === 'job' && this.#tree.jobOf(node) === undefined) this.#rows.open.delete(node);
  }

  /** Draws soon what has changed; the more that costs, the less often. */
  #later(): void {
    if (!this.#visible) return;
    const due = this.#last + Math.max(THROTTLE, this.#cost * 5) - performance.now();
    this.#timer ??= setTimeout(() => this.#draw(), Math.max(SOON, due));
  }

  #draw(): void {
    this.#timer = null;
    if (!this.#visible) return;
    const begun = performance.now();
    const changed: JobNode[] = [];
    for (const node of this.#rows.open) {
      const before = this.#rows.of(node).children;
      if (before == null || !this.#isSeen(node)) continue;
      const children = this.#childrenOf(node);
      if (!isSame(before, children)) changed.push(node);
      else changed.push(...children.filter((child) => this.#isChanged(child)));
    }
    for (const { node } of this.#tree.contexts.values()) if (this.#isChanged(node)) changed.push(node);
    this.#last = performance.now();
    this.#cost = this.#last - begun;
    // What is below a row that is drawn anew is drawn with it.
    const above = new Set(changed);
    const roots = changed.filter((node) => !this.#rows.isBelow(node, above));
    if (roots.length > 0) this.#onChange(roots);
  }

  #isChanged(node: JobNode): boolean {
    return this.#rows.isChanged(node, () => JSON.stringify(this.#tree.row(node, this.#filter)));
  }

  #changedRow(node: JobNode): void {
    if (this.#isChanged(node)) this.#later();
  }
}
