import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { actions } from '../../cluster/cluster.ts';
import type { ClusterReach } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import type { PanelDeps } from '../panel/panel.ts';
import { findJob } from '../watch.ts';
import { wishOf, type Wish } from '../watch-choice.ts';
import { tellProblem } from '../watch-problem.ts';

/** What an action is about, as far as its caller knows. */
export interface ActionWish extends Wish {
  readonly kind: actions.ObjectKind;
}

/**
 * The wish behind a call: an entry of the Jobs view, a live run, `{ context, namespace, name, kind }`, a place of a
 * manifest, or the active editor. `kinds`: what the action is for.
 */
export async function actionWish(
  given: unknown,
  kinds: readonly actions.ObjectKind[],
  deps: Pick<PanelDeps, 'requestManifests'>,
): Promise<ActionWish> {
  const wish = await wishOf(given, deps);
  const said = typeof given === 'object' && given !== null && 'kind' in given ? given.kind : undefined;
  const isCronJob = typeof said === 'string' && said.toLowerCase() === 'cronjob';
  const [meant] = wish.manifests ?? [];
  const only = kinds.length === 1 ? kinds[0] : undefined;
  // A CronJob's manifest names it; Jobs of manifests are offered first by the list of Jobs.
  if (wish.name === undefined && meant?.kind === 'CronJob' && kinds.includes('CronJob') && !meant.name.endsWith('*'))
    return { ...wish, kind: 'CronJob', name: meant.name, namespace: meant.namespace ?? undefined };
  return { ...wish, kind: only ?? (isCronJob ? 'CronJob' : 'Job') };
}

/** The object that is meant, chosen by the person where the wish leaves it open. Null when they gave up. */
export async function chooseSubject(
  session: ClusterSession,
  reach: ClusterReach,
  wish: ActionWish,
  purpose: string,
  again: () => Promise<void>,
): Promise<actions.ObjectAddress | null> {
  const { connection } = reach;
  const { kind } = wish;
  if (wish.name !== undefined) return { kind, namespace: wish.namespace ?? connection.namespace, name: wish.name };
  if (kind === 'CronJob') return chooseCronJob(session, reach, wish.namespace ?? connection.namespace, purpose, again);
  const found = await findJob(
    (problem, ways) => tellProblem(session, problem, ways),
    reach,
    { ...wish, context: connection.context },
    again,
    purpose,
  );
  return found === null ? null : { kind, namespace: found.namespace, name: found.name };
}

async function chooseCronJob(
  session: ClusterSession,
  { cluster, connection }: ClusterReach,
  namespace: string,
  purpose: string,
  again: () => Promise<void>,
): Promise<actions.ObjectAddress | null> {
  const title = l10n.t('{0} on {1} (2 of 2)', purpose, connection.context);
  const listed = await cluster.actions.listNames(connection, 'CronJob', namespace);
  let name: string | undefined;
  if (listed.ok && listed.value.length > 0)
    name = await vscode.window.showQuickPick([...listed.value], {
      title,
      placeHolder: l10n.t('Which CronJob of namespace {0}?', namespace),
    });
  else if (listed.ok) {
    void vscode.window.showInformationMessage(
      l10n.t('Namespace {0} on {1} has no CronJobs.', namespace, connection.context),
    );
  } else if (listed.problem.kind === 'forbidden') {
    // Who may not list them may still act on one by name.
    name = await vscode.window.showInputBox({ title, prompt: l10n.t('Which CronJob? {0}', listed.problem.message) });
  } else await tellProblem(session, listed.problem, { retry: again });
  return name === undefined || name.trim() === '' ? null : { kind: 'CronJob', namespace, name: name.trim() };
}
