import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { DEMO_CONTEXT } from '../../demo/demo-context.ts';
import type { ClusterAccess } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import type { TimelinePanel } from '../panel/panel.ts';
import type { SeenRuns } from '../recording/seen-runs.ts';
import { chooseNamespace } from '../watch-choice.ts';
import { showLiveJob } from '../watch-live.ts';
import { askFilter, readFilter } from './filter-input.ts';
import { NO_FILTER } from './job-filter.ts';
import type { JobNode, ListedJobNode } from './job-node.ts';
import { FollowedJobs } from './followed-jobs.ts';
import { JOBS_COMMANDS } from './jobs-host.ts';
import type { JobsView } from './jobs-view.ts';
import { Calendars } from './show-calendar.ts';
import type { WatchedJobs } from './watched-jobs.ts';

/** What the commands of the view work with. */
export interface JobsCommandDeps {
  readonly view: JobsView;
  /** Null in a browser. */
  readonly session: ClusterSession | null;
  readonly access: ClusterAccess;
  readonly panel: TimelinePanel;
  readonly runs: SeenRuns;
  readonly watched: WatchedJobs;
}

/** Registers the commands of the view's own rows and buttons. */
export function registerJobsCommands(deps: JobsCommandDeps): vscode.Disposable {
  const { view, session, watched } = deps;
  const { model } = view;
  const register = (
    id: string,
    act: (node: JobNode | undefined, given: unknown, selected: readonly JobNode[]) => unknown,
  ): vscode.Disposable =>
    vscode.commands.registerCommand(id, (given?: unknown, selected?: unknown) => {
      const node = nodeIn(given) ?? view.selection[0];
      return act(node, given, selectedWith(node, selected));
    });
  const followed = new FollowedJobs(watched);
  const calendars = new Calendars();
  return vscode.Disposable.from(
    followed,
    calendars,
    register('jobwright.jobs.calendar', (_selected, given) => {
      const node = nodeIn(given);
      const cluster = node?.kind === 'namespace' ? model.clusterOf(node) : null;
      if (node?.kind !== 'namespace' || cluster === null) return showCalendar(deps, calendars);
      calendars.show(node, cluster.namespace(node.namespace), () => cluster.now());
    }),
    register('jobwright.jobs.follow', (_node, _given, selected) =>
      Promise.all(
        selected.map(async (node) => {
          const cluster = node.kind === 'job' ? model.clusterOf(node) : null;
          if (node.kind !== 'job' || cluster === null) return;
          await followed.follow(node, cluster.job(node.namespace, node.name), () => cluster.now());
        }),
      ),
    ),
    register('jobwright.jobs.refresh', (_node, given) => model.refresh(nodeIn(given))),
    register(JOBS_COMMANDS.retry, (node) => model.refresh(node)),
    register(JOBS_COMMANDS.more, (node) => node && model.more(node)),
    register(JOBS_COMMANDS.clearFilter, () => (model.filter = NO_FILTER)),
    register('jobwright.jobs.filter', async (_node, given) => {
      const filter = readFilter(given) ?? (await askFilter(model.filter));
      if (filter !== undefined) model.filter = filter;
    }),
    register('jobwright.jobs.disconnect', (node) => {
      if (node?.kind !== 'context') return;
      followed.leave(node.context);
      calendars.leave(node.context);
      model.disconnect(node);
    }),
    register(JOBS_COMMANDS.addNamespace, async (node) => {
      if (node?.kind !== 'context') return;
      const title = l10n.t('Namespace on {0}', node.context);
      const name = await vscode.window.showInputBox({ title, prompt: l10n.t('Its name'), validateInput: notEmpty });
      if (name !== undefined) model.addNamespace(node, name.trim());
    }),
    register('jobwright.jobs.removeNamespace', (node) => node?.kind === 'namespace' && model.removeNamespace(node)),
    register(JOBS_COMMANDS.addJob, async (node) => {
      if (node?.kind !== 'namespace') return;
      const title = l10n.t('Job in {0} on {1}', node.namespace, node.context);
      const name = await vscode.window.showInputBox({ title, prompt: l10n.t('Its name'), validateInput: notEmpty });
      if (name !== undefined) model.addJob(node, name.trim());
    }),
    register(JOBS_COMMANDS.open, (node) => node?.kind === 'job' && openJob(deps, node)),
    register('jobwright.jobs.why', (node) => node?.kind === 'job' && explain(deps, node)),
    register('jobwright.jobs.copyName', async (_node, _given, selected) => {
      if (selected.length > 0) await vscode.env.clipboard.writeText(selected.map(nameOf).join('\n'));
    }),
    register('jobwright.chooseKubeconfig', async () => {
      if (session === null) return;
      const files = await vscode.window.showOpenDialog({
        title: 'Kubeconfig',
        openLabel: l10n.t('Use This Kubeconfig'),
      });
      if (files?.[0] === undefined) return;
      session.kubeconfigFile = files[0].fsPath;
      await model.refresh();
    }),
  );
}

const KINDS: ReadonlySet<unknown> = new Set(['context', 'namespace', 'cronjob', 'job', 'index', 'pod', 'message']);

function nodeIn(given: unknown): JobNode | undefined {
  return typeof given === 'object' && given !== null && 'kind' in given && KINDS.has(given.kind)
    ? (given as JobNode)
    : undefined;
}

/** The entry and what is selected with it: a menu passes all that is selected after the entry that was clicked. */
function selectedWith(node: JobNode | undefined, selected: unknown): readonly JobNode[] {
  if (node === undefined) return [];
  return Array.isArray(selected) && selected.includes(node) ? selected.flatMap((each) => nodeIn(each) ?? []) : [node];
}

function notEmpty(text: string): string | null {
  return text.trim() === '' ? l10n.t('A name is needed.') : null;
}

function nameOf(node: JobNode): string {
  switch (node.kind) {
    case 'context':
      return node.context;
    case 'namespace':
      return node.namespace;
    case 'pod':
      return node.pod;
    case 'index':
      return String(node.index);
    case 'cronjob':
    case 'job':
      return node.name;
    case 'message':
      return node.text;
  }
}

/** Asks for the cluster and the namespace first, as the palette does not know them. */
async function showCalendar(deps: JobsCommandDeps, calendars: Calendars): Promise<void> {
  const { view, access } = deps;
  const again = (): Promise<void> => showCalendar(deps, calendars);
  const reach = await access.open(undefined, 'Calendar of CronJobs', again);
  if (reach === null) return;
  const { cluster, connection } = reach;
  const { context } = connection;
  const namespace = await chooseNamespace(cluster, connection, connection.namespace);
  if (namespace === undefined) {
    connection.close();
    return;
  }
  // What the view looks at already is not asked for twice.
  const shared = view.model.clusterOf({ context });
  if (shared !== null) connection.close();
  const jobs = shared ?? cluster.clusterJobs(connection);
  const onClosed = (): void => (shared === null ? connection.close() : undefined);
  calendars.show({ context, namespace }, jobs.namespace(namespace), () => jobs.now(), onClosed);
}

/** Draws the Job in the panel. The demo goes on as it plays: Watch knows clusters of the kubeconfig only. */
async function openJob(deps: JobsCommandDeps, node: ListedJobNode): Promise<void> {
  const { context, namespace, name } = node;
  const source = { kind: 'live', context, namespace, name } as const;
  if (context !== DEMO_CONTEXT) {
    await vscode.commands.executeCommand('jobwright.watch', source);
    return;
  }
  const again = (): Promise<void> => openJob(deps, node);
  const reach = await deps.access.open(context, 'Watch a Job', again);
  if (reach === null) return;
  showLiveJob({
    ...reach,
    view: deps.panel.showLive(source),
    source,
    watched: deps.watched,
    onSeen: (seen) => deps.runs.see(source, seen),
    watchAgain: again,
    chooseAnother: async () => {
      await vscode.commands.executeCommand('jobwright.watchDemo');
    },
  });
}

/** Why the Job is where it is, as a list; choosing one draws the Job. */
async function explain(deps: JobsCommandDeps, node: ListedJobNode): Promise<void> {
  const stop = new AbortController();
  const reasons = await deps.view.model.reasons(node, stop.signal);
  const icons = { error: 'error', warning: 'warning', information: 'info' } as const;
  const picked = await vscode.window.showQuickPick(
    reasons.map(({ severity, summary, suggestion, evidence }) => ({
      label: `$(${icons[severity]}) ${plain(summary)}`,
      description: evidence[0] === undefined ? '' : plain(`${evidence[0].object}: ${evidence[0].text}`),
      detail: plain(suggestion ?? ''),
    })),
    {
      title: l10n.t('Why Job {0}/{1} is where it is', node.namespace, node.name),
      placeHolder: l10n.t('Choose one to see the Job drawn'),
    },
  );
  if (picked !== undefined) await openJob(deps, node);
}

/** Text of a cluster without what a list would draw as an icon. */
function plain(text: string): string {
  return text.replace(/\$\(/g, '$ (');
}
