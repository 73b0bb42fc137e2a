import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { actions } from '../../cluster/cluster.ts';
import { openCluster, type ClusterReach } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import { manifestText } from '../manifest-text.ts';
import { tellProblem, withoutLinks } from '../watch-problem.ts';

/** How a plan is carried out where it is not merely sent. */
export interface CarryOut {
  /** The whole command once more, after something was mended. */
  readonly again: () => Promise<void>;
  /** A dry run was made, and it was well. */
  readonly tried?: boolean;
  /** Another way to do it than sending its changes. */
  readonly perform?: (signal: AbortSignal) => Promise<actions.Performed>;
  /** What it changes is in sight already: the person may want to look at it before they answer. */
  readonly inSight?: boolean;
}

/**
 * Asks, does, and offers the way back. A dry run comes first: who lacks the right, or whom the cluster refuses, is told
 * before anything is asked. The question names the object and the context.
 */
export async function carryOut(
  session: ClusterSession,
  { cluster, connection }: ClusterReach,
  plan: actions.ActionPlan,
  options: CarryOut,
): Promise<void> {
  const { actions: room } = cluster;
  const { context } = connection;
  const detail = [...plan.detail];
  if (options.tried !== true) {
    const tried = await busy(`asking ${context}`, () => room.perform(connection, plan.changes, { dryRun: true }));
    if (tried.problem !== null && !room.isDryRunUnsupported(tried.problem)) {
      await tellProblem(session, tried.problem, { retry: options.again });
      return;
    }
    detail.push(...tried.warnings.map((warning) => l10n.t('The server warns: {0}', warning)));
    if (tried.problem !== null) detail.push('A webhook of the cluster takes no dry run, so it may still refuse.');
  }
  if (!(await confirmed(`${plan.title} on ${context}?`, detail, plan, options.inSight === true))) return;

  // The answer may have taken long, and a connection that was kept meanwhile may be dead without a word.
  connection.transport.freshen();
  const stop = new AbortController();
  const title = l10n.t('Jobwright: {0} on {1}', plan.title, context);
  const done = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: options.perform !== undefined },
    (_progress, cancel) => {
      cancel.onCancellationRequested(() => stop.abort());
      return options.perform?.(stop.signal) ?? room.perform(connection, plan.changes);
    },
  );
  if (done.problem !== null) {
    const made = done.answers.length;
    if (made > 0 && plan.undo?.changes === 'created') {
      const some = l10n.t('Only {0} of {1} were created', made, plan.changes.length);
      const undo: actions.Undo = { changes: 'created', done: l10n.t('What was created is deleted again') };
      void offerWayBack(session, context, { ...plan, done: some, undo }, done);
    }
    await tellProblem(session, done.problem, { retry: options.again });
    return;
  }
  // The answer may take long: it holds no connection.
  void offerWayBack(session, context, plan, done);
}

const SHOW = l10n.t('Open as Text');
const REVIEW = l10n.t('Review First');

async function confirmed(
  question: string,
  detail: readonly string[],
  plan: actions.ActionPlan,
  inSight: boolean,
): Promise<boolean> {
  const created = plan.changes.filter(({ method }) => method === 'POST').map(({ body }) => body);
  const onlyCreates = created.length === plan.changes.length;
  const others = [...(onlyCreates ? [SHOW] : []), ...(inSight ? [REVIEW] : [])];
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: detail.join('\n') },
    plan.button,
    ...others,
  );
  if (answer === SHOW) await showAsText(created);
  if (answer !== REVIEW) return answer === plan.button;
  return (await vscode.window.showInformationMessage(withoutLinks(question), plan.button)) === plan.button;
}

/** What would be created, as a document that can be changed, saved and applied. */
async function showAsText(objects: readonly unknown[]): Promise<void> {
  const [only] = objects;
  const content = manifestText(objects.length === 1 ? only : { apiVersion: 'v1', kind: 'List', items: objects });
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
  await vscode.window.showTextDocument(document);
}

async function offerWayBack(
  session: ClusterSession,
  context: string,
  plan: actions.ActionPlan,
  { answers, warnings }: actions.Performed,
): Promise<void> {
  const undo = l10n.t('Undo');
  const watch = l10n.t('Watch');
  const created = plan.undo?.changes === 'created' && answers.length === 1 ? answers[0] : undefined;
  const { name, namespace } = (created?.['metadata'] ?? {}) as Readonly<Record<string, unknown>>;
  const buttons = [...(created?.['kind'] === 'Job' ? [watch] : []), ...(plan.undo === null ? [] : [undo])];
  const warned = warnings.length === 0 ? '' : l10n.t(' The server warns: {0}', warnings.join(' '));
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(`${plan.done} on ${context}.${warned}`),
    ...buttons,
  );
  if (answer === watch) await vscode.commands.executeCommand('jobwright.watch', { context, namespace, name });
  if (answer === undo && plan.undo !== null) await takeBack(session, context, plan.undo, answers);
}

async function takeBack(
  session: ClusterSession,
  context: string,
  undo: actions.Undo,
  answers: readonly actions.RawObject[],
): Promise<void> {
  const again = (): Promise<void> => takeBack(session, context, undo, answers);
  if (undo.changes === 'created') {
    const button = l10n.t('Delete');
    const question = l10n.t('Delete what was created on {0}?', context);
    const detail = l10n.t('Its pods are ended, and their logs go with them.');
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, button)) !== button) return;
  }
  const reach = await openCluster(session, context, 'Undo', again);
  if (reach === null) return;
  const { cluster, connection } = reach;
  try {
    const { problem } = await cluster.actions.perform(connection, cluster.actions.undoChanges(undo, answers));
    if (problem !== null) await tellProblem(session, problem, { retry: again });
    else void vscode.window.showInformationMessage(l10n.t('{0} on {1}.', undo.done, context));
  } finally {
    connection.close();
  }
}

/** Why an action makes no sense here. */
export function tellRefusal({ refusal }: actions.Refusal): void {
  void vscode.window.showInformationMessage(refusal);
}

/** With a sign in the status bar that something is going on. */
export function busy<T>(what: string, run: () => Promise<T>): Promise<T> {
  return Promise.resolve(
    vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Jobwright: ${what}` }, run),
  );
}
