import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterProblem, Connection, ContextInfo, JobSummary } from '../cluster/cluster.ts';
import type { ManifestAddress, ManifestSummary } from '../../server/src/protocol/protocol.ts';
import type { Reach } from './cluster-access.ts';
import type { LiveCluster } from './load-cluster.ts';
import type { PanelDeps } from './panel/panel.ts';
import { mayHoldJobs } from './wake.ts';

/** What is to be watched, as far as it is known. */
export interface Wish {
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** Jobs and CronJobs of the open manifest; the first one is meant first. */
  readonly manifests?: readonly ManifestSummary[] | undefined;
}

/** The wish behind a call of the command: from its argument, or from the active editor. */
export async function wishOf(given: unknown, deps: Pick<PanelDeps, 'requestManifests'>): Promise<Wish> {
  const fields = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const text = (key: string): string | undefined => {
    const value = fields[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const context = text('context');
  const uri = text('uri');
  if (context !== undefined || (uri === undefined && text('name') !== undefined)) {
    return { context, namespace: text('namespace'), name: text('name') };
  }
  const editor = vscode.window.activeTextEditor;
  const open =
    uri ?? (editor !== undefined && mayHoldJobs(editor.document) ? editor.document.uri.toString() : undefined);
  if (open === undefined) return {};
  const manifests = await deps.requestManifests(open).catch(() => []);
  const line = editor?.document.uri.toString() === open ? editor.selection.active.line : -1;
  const meant = (manifest: ManifestSummary): boolean =>
    uri === undefined
      ? manifest.range.start.line <= line && line <= manifest.range.end.line
      : isAt(manifest, fields as unknown as ManifestAddress);
  return { manifests: [...manifests.filter(meant), ...manifests.filter((manifest) => !meant(manifest))] };
}

function isAt(manifest: ManifestSummary, address: ManifestAddress): boolean {
  return manifest.document === address.document && manifest.item === address.item;
}

/** Lets the person pick a context, the current one first; the only one needs no picking. */
export async function chooseContext(
  contexts: readonly ContextInfo[],
  purpose = 'Watch a Job',
): Promise<string | undefined> {
  const only = contexts.length === 1 ? contexts[0] : undefined;
  if (only !== undefined) return only.name;
  if (contexts.length === 0) {
    void vscode.window.showErrorMessage(l10n.t('The kubeconfig has no context to connect with.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    contexts.map(({ name, current, server, namespace }) => ({
      label: name,
      description: current ? l10n.t('current context') : '',
      detail: l10n.t('{0}, namespace {1}', server, namespace),
    })),
    {
      title: l10n.t('{0} (1 of 2)', purpose),
      placeHolder: l10n.t('Which cluster? Nothing is sent before you choose.'),
    },
  );
  return picked?.label;
}

/** Whether the person lets the context's credential plugin run. */
export async function consentToProgram(context: string, program: string): Promise<boolean> {
  const run = l10n.t('Run It');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Run “{0}” to get credentials?', program),
    {
      modal: true,
      detail: l10n.t(
        'Context “{0}” of your kubeconfig gets its credentials from this program. Jobwright remembers your answer for it.',
        context,
      ),
    },
    run,
  );
  return answer === run;
}

type Chosen = { readonly namespace: string; readonly name: string };

/** A Job, what went wrong, the wish for another namespace, or null when the person gave up. */
type Picked = Chosen | { readonly problem: ClusterProblem } | { readonly elsewhere: true } | null;

interface JobItem extends vscode.QuickPickItem {
  readonly chosen?: Chosen;
  readonly elsewhere?: boolean;
}

/**
 * Lets the person pick a Job: the open manifest's own first, then those of the namespace, or another namespace. The list
 * fills while it is open. Null when the person gave up.
 */
export async function chooseJob(
  reach: Reach,
  wish: Wish,
  purpose: string,
): Promise<Chosen | { readonly problem: ClusterProblem } | null> {
  const manifests = wish.manifests ?? [];
  const { cluster, connection } = reach;
  let namespace = wish.namespace ?? manifests[0]?.namespace ?? connection.namespace;
  for (;;) {
    const picked = await pickJob(reach, namespace, manifests, purpose);
    if (picked === null || 'problem' in picked || 'name' in picked) return picked;
    const other = await chooseNamespace(cluster, connection, namespace);
    if (other === undefined) return null;
    namespace = other;
  }
}

async function pickJob(
  { cluster, connection, shared }: Reach,
  namespace: string,
  manifests: readonly ManifestSummary[],
  purpose: string,
): Promise<Picked> {
  const own = ownItems(manifests, namespace);
  const stop = new AbortController();
  const pick = vscode.window.createQuickPick<JobItem>();
  pick.title = l10n.t('{0} on {1} (2 of 2)', purpose, connection.context);
  pick.placeholder = l10n.t('Which Job of namespace {0}?', namespace);
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.items = own;
  pick.show();
  const answer = new Promise<Picked>((resolve) => {
    pick.onDidAccept(() => {
      const item = pick.selectedItems[0];
      if (item?.chosen !== undefined) resolve(item.chosen);
      else if (item?.elsewhere === true) resolve({ elsewhere: true });
    });
    pick.onDidHide(() => resolve(null));
  });
  // What a view is looking at need not be asked for.
  const held = shared?.(namespace) ?? null;
  const asked: ReturnType<LiveCluster['listJobs']> =
    held === null
      ? cluster.listJobs(connection, namespace, { signal: stop.signal })
      : Promise.resolve({ ok: true, value: cluster.listingOf([...held.objects.values()]) });
  const listing = asked.then((listed) => {
    pick.busy = false;
    if (listed.ok) {
      pick.items = [...own, ...clusterItems(listed.value.jobs, namespace, manifests), elsewhere()];
      return null;
    }
    // Who may not list Jobs may still watch one by name.
    const { kind, message } = listed.problem;
    if (own.length === 0 && kind !== 'forbidden') return listed.problem;
    pick.items = [
      ...own,
      { label: l10n.t('$(warning) The Jobs cannot be listed'), detail: message, alwaysShow: true },
      elsewhere(),
    ];
    return null;
  });
  const picked = await Promise.race([
    answer,
    listing.then((problem): Picked | Promise<Picked> => (problem === null ? answer : { problem })),
  ]);
  stop.abort();
  pick.dispose();
  return picked;
}

/** The manifest's own Jobs. A CronJob and a `generateName` have no Job of a known name; theirs are sorted first below. */
function ownItems(manifests: readonly ManifestSummary[], namespace: string): JobItem[] {
  const named = manifests.filter(({ kind, name }) => kind === 'Job' && name !== '' && !name.endsWith('*'));
  if (named.length === 0) return [];
  return [
    { label: l10n.t('In the open manifest'), kind: vscode.QuickPickItemKind.Separator },
    ...named.map((manifest) => ({
      label: `$(file-code) ${manifest.name}`,
      description: manifest.namespace ?? namespace,
      chosen: { namespace: manifest.namespace ?? namespace, name: manifest.name },
    })),
  ];
}

function clusterItems(
  jobs: readonly JobSummary[],
  namespace: string,
  manifests: readonly ManifestSummary[],
): JobItem[] {
  if (jobs.length === 0) {
    return [{ label: l10n.t('Namespace {0} has no Jobs', namespace), kind: vscode.QuickPickItemKind.Separator }];
  }
  const related = (job: JobSummary): boolean =>
    manifests.some(({ kind, name }) =>
      kind === 'CronJob' ? job.cronJob === name : name.endsWith('*') && job.name.startsWith(name.slice(0, -1)),
    );
  const ordered = [...jobs.filter(related), ...jobs.filter((job) => !related(job))];
  return [
    { label: l10n.t('In namespace {0}', namespace), kind: vscode.QuickPickItemKind.Separator },
    ...ordered.map((job) => ({
      label: job.name,
      description: l10n.t(
        '{0}, {1}{2} succeeded',
        job.state,
        job.succeeded,
        job.completions === null ? '' : ` of ${job.completions}`,
      ),
      ...(job.cronJob === null ? {} : { detail: l10n.t('of CronJob {0}', job.cronJob) }),
      chosen: { namespace, name: job.name },
    })),
  ];
}

function elsewhere(): JobItem {
  return { label: l10n.t('$(list-selection) Another namespace…'), elsewhere: true, alwaysShow: true };
}

/** Lets the person pick a namespace, or type one where they may not list them. */
export async function chooseNamespace(
  cluster: LiveCluster,
  connection: Connection,
  current: string,
): Promise<string | undefined> {
  const listed = await cluster.listNamespaces(connection);
  if (listed.ok) {
    const title = l10n.t('Namespaces on {0}', connection.context);
    return vscode.window.showQuickPick([...listed.value], { title, placeHolder: l10n.t('Which namespace?') });
  }
  const typed = await vscode.window.showInputBox({
    title: l10n.t('Namespace on {0}', connection.context),
    prompt: l10n.t('Namespaces cannot be listed: {0}', listed.problem.message),
    value: current,
  });
  return typed === undefined || typed.trim() === '' ? undefined : typed.trim();
}
