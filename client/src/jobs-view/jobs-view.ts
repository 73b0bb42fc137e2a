import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { NO_FILTER, sayFilter } from './job-filter.ts';
import { contextValueOf, type JobNode } from './job-node.ts';
import type { JobsHost } from './jobs-host.ts';
import { JobsModel } from './jobs-model.ts';
import type { Row } from './row.ts';

/** Id of the view in package.json. */
const VIEW = 'jobwright.jobs';
/** Context key: whether some Jobs are left out. */
const FILTERED = 'jobwright.jobs.filtered';

/** The Jobs view: contexts, their namespaces, CronJobs and Jobs, and pods. The model says what; this shows it. */
export class JobsView implements vscode.TreeDataProvider<JobNode>, vscode.Disposable {
  readonly model: JobsModel;
  readonly #changed = new vscode.EventEmitter<JobNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event as vscode.Event<JobNode[] | JobNode | undefined>;
  readonly #view: vscode.TreeView<JobNode>;
  readonly #subscriptions: vscode.Disposable;
  /** A context that was let go of comes back as another row, so that it is not open, and not connected, by itself. */
  readonly #rows = new WeakMap<JobNode, number>();
  #nextRow = 0;

  constructor(host: JobsHost) {
    this.model = new JobsModel(host, (nodes) => {
      if (nodes?.length !== 0) this.#changed.fire(nodes === null ? undefined : [...nodes]);
      this.#sayFilter();
    });
    const view = vscode.window.createTreeView<JobNode>(VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#view = view;
    this.model.visible = view.visible;
    this.#subscriptions = vscode.Disposable.from(
      view,
      view.onDidChangeVisibility(({ visible }) => (this.model.visible = visible)),
      view.onDidExpandElement(({ element }) => this.model.expanded(element)),
      view.onDidCollapseElement(({ element }) => this.model.collapsed(element)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.model.refresh()),
      this.#changed,
    );
  }

  /** The rows that are selected. */
  get selection(): readonly JobNode[] {
    return this.#view.selection;
  }

  async getChildren(node?: JobNode): Promise<JobNode[]> {
    return [...(await this.model.children(node))];
  }

  getParent(node: JobNode): JobNode | undefined {
    return this.model.parent(node);
  }

  getTreeItem(node: JobNode): vscode.TreeItem {
    const row = this.model.row(node);
    const item = new vscode.TreeItem(row.label, STATES[this.model.opens(node)]);
    const { name, color } = row.icon;
    item.id = this.#idOf(node);
    item.description = row.description;
    item.iconPath = new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.contextValue = contextValueOf(node);
    item.accessibilityInformation = { label: [row.label, row.description].filter((text) => text !== '').join(', ') };
    if (node.kind !== 'job') item.tooltip = tooltipOf(row);
    if (node.kind === 'message' && node.command !== undefined) {
      const { id: command, argument } = node.command;
      item.command = { command, title: row.label, arguments: argument === undefined ? [] : [argument] };
    }
    if (node.kind === 'pod')
      item.command = { command: 'jobwright.showLogs', title: l10n.t('Show Logs'), arguments: [node] };
    return item;
  }

  /** The long words on a Job are asked for when a person points at it. */
  async resolveTreeItem(
    item: vscode.TreeItem,
    node: JobNode,
    cancelled: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const stop = new AbortController();
    cancelled.onCancellationRequested(() => stop.abort());
    item.tooltip = tooltipOf(await this.model.explain(node, stop.signal));
    return item;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.model.dispose();
  }

  #sayFilter(): void {
    const counts = this.model.filtered();
    void vscode.commands.executeCommand('setContext', FILTERED, this.model.filter !== NO_FILTER);
    this.#view.message =
      counts === null ? '' : l10n.t('{0}: {1} of {2} Jobs', sayFilter(this.model.filter), counts.shown, counts.all);
  }

  /** Stays the same for as long as the thing exists, so that VS Code keeps what is open and selected. */
  #idOf(node: JobNode): string {
    switch (node.kind) {
      case 'context': {
        const row = this.#rows.get(node) ?? this.#nextRow++;
        this.#rows.set(node, row);
        return JSON.stringify([node.context, row]);
      }
      case 'namespace':
        return JSON.stringify([node.context, node.namespace]);
      case 'cronjob':
        return JSON.stringify([node.context, node.namespace, 'cronjob', node.object?.metadata.uid ?? node.name]);
      case 'job':
        return JSON.stringify([node.context, node.namespace, 'job', node.object.metadata.uid]);
      case 'index':
        return JSON.stringify([node.context, node.namespace, 'index', node.job.metadata.uid, node.index]);
      case 'pod':
        return JSON.stringify([node.context, node.namespace, 'pod', node.object.metadata.uid]);
      case 'message': {
        const parent = this.model.parent(node);
        return JSON.stringify([parent === undefined ? '' : this.#idOf(parent), 'message', node.id]);
      }
    }
  }
}

const STATES: Readonly<Record<ReturnType<JobsModel['opens']>, vscode.TreeItemCollapsibleState>> = {
  never: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

/** Plain text: what a cluster says is never markup. */
function tooltipOf({ tooltip }: Row): string {
  return tooltip.join('\n\n');
}
