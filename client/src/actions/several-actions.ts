import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { actions } from '../../cluster/cluster.ts';
import { openCluster, type ClusterReach } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import { inWords, withoutLinks } from '../watch-problem.ts';
import { busy } from './carry-out.ts';
import type { PlanEach, Subject, Verb } from './verbs.ts';

/** Objects of one cluster that are selected together. */
export interface Several {
  readonly context: string;
  readonly addresses: readonly actions.ObjectAddress[];
}

/**
 * What a selection of the Jobs view means for a verb; null where it is not several objects that the verb is for.
 *
 * @param given what a menu passes: the entry that was clicked
 * @param selected what a menu passes after it: all entries that are selected
 */
export function severalIn(given: unknown, selected: unknown, kinds: readonly actions.ObjectKind[]): Several | null {
  const clicked = entryIn(given);
  if (clicked === null || !Array.isArray(selected) || selected.length < 2) return null;
  const addresses = selected.flatMap((each: unknown) => {
    const entry = entryIn(each);
    if (entry === null || entry.context !== clicked.context || !kinds.includes(entry.kind)) return [];
    return [{ kind: entry.kind, namespace: entry.namespace, name: entry.name }];
  });
  return addresses.length < 2 ? null : { context: clicked.context, addresses };
}

/** Does it to each: one question that names them all, each refused by itself, and the result summed up. */
export async function actOnSeveral(
  session: ClusterSession,
  verb: Verb,
  planEach: NonNullable<Verb['planEach']>,
  several: Several,
): Promise<void> {
  const again = (): Promise<void> => actOnSeveral(session, verb, planEach, several);
  const reach = await openCluster(session, several.context, verb.label.replace('…', ''), again);
  if (reach === null) return;
  const { connection } = reach;
  try {
    const plan = await planEach(reach, several.addresses);
    if (plan === undefined) return;
    const { parts, left, warnings } = await busy(l10n.t('asking {0}', connection.context), () =>
      planned(reach, plan, several.addresses),
    );
    await carryOutEach(session, reach, verb.label.replace('…', ''), { parts, left, warnings });
  } finally {
    connection.close();
  }
}

/** What is to be done to several objects, after it was tried. */
export interface PlannedEach {
  readonly parts: readonly actions.Part[];
  readonly left: readonly actions.LeftOut[];
  readonly warnings: readonly string[];
  /** What changes is in sight already: the person may want to look at it before they answer. */
  readonly inSight?: boolean;
}

const REVIEW = l10n.t('Review First');

/** Asks one question, does each by itself, sums up, and offers the way back. */
export async function carryOutEach(
  session: ClusterSession,
  { cluster, connection }: ClusterReach,
  button: string,
  { parts, left, warnings, inSight = false }: PlannedEach,
): Promise<void> {
  const { sayHowMany, detailOfEach, performEach, sayLeftOut, undoOfEach } = cluster.actions;
  const { context } = connection;
  if (parts.length === 0) {
    void vscode.window.showInformationMessage(withoutLinks(left.map(sayLeftOut).join(' ')));
    return;
  }
  const title = l10n.t('{0} {1} on {2}', button, sayHowMany(parts.map(({ address }) => address)), context);
  const detail = [...detailOfEach(parts, left), ...warnings.map((warning) => l10n.t('The server warns: {0}', warning))];
  const question = { modal: true, detail: detail.join('\n') };
  let answer = await vscode.window.showWarningMessage(`${title}?`, question, button, ...(inSight ? [REVIEW] : []));
  if (answer === REVIEW) answer = await vscode.window.showInformationMessage(`${title}?`, button);
  if (answer !== button) return;

  // The answer may have taken long, and a connection that was kept meanwhile may be dead without a word.
  connection.transport.freshen();
  const { done, refused } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Jobwright: ${title}`, cancellable: true },
    (_progress, cancel) => {
      const stop = new AbortController();
      cancel.onCancellationRequested(() => stop.abort());
      return performEach(connection, parts, { signal: stop.signal });
    },
  );
  // The answer may take long: it holds no connection.
  const text = sum(title, parts.length, refused, sayLeftOut);
  void offerUndo(session, context, text, refused.length > 0, undoOfEach(done));
}

/** Reads each object, plans, and tries; what makes no sense or would be refused is left out. */
async function planned(
  { cluster, connection }: ClusterReach,
  plan: PlanEach,
  addresses: readonly actions.ObjectAddress[],
): Promise<PlannedEach> {
  const room = cluster.actions;
  const parts: actions.Part[] = [];
  const left: actions.LeftOut[] = [];
  for (const address of addresses) {
    const read = await room.readObject(connection, address);
    const subject: Subject | null = read.ok ? { address, live: read.value } : null;
    const made = subject === null ? null : plan(subject);
    if (!read.ok) left.push({ address, why: inWords(read.problem) });
    else if (made !== null && 'refusal' in made) left.push({ address, why: made.refusal });
    else if (made !== null) parts.push({ address, plan: made });
  }
  const tried = await room.performEach(connection, parts, { dryRun: true });
  return { parts: tried.done, left: [...left, ...tried.refused], warnings: tried.warnings };
}

function sum(
  title: string,
  all: number,
  refused: readonly actions.LeftOut[],
  say: (left: actions.LeftOut) => string,
): string {
  if (refused.length === 0) return l10n.t('{0}: done.', title);
  return l10n.t('{0}: {1} of {2} done. {3}', title, all - refused.length, all, refused.map(say).join(' '));
}

async function offerUndo(
  session: ClusterSession,
  context: string,
  text: string,
  troubled: boolean,
  undo: readonly actions.Part[] | null,
): Promise<void> {
  const button = l10n.t('Undo');
  const show = troubled ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const answer = await show(withoutLinks(text), ...(undo === null ? [] : [button]));
  if (answer !== button || undo === null) return;
  if (undo.some(({ plan }) => plan.changes.some(({ method }) => method === 'DELETE'))) {
    const sure = l10n.t('Delete');
    const detail = l10n.t('The pods of what was created are ended, and their logs go with them.');
    const question = l10n.t('Delete what was created on {0}?', context);
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, sure)) !== sure) return;
  }
  const again = (): Promise<void> => offerUndo(session, context, text, troubled, undo);
  const reach = await openCluster(session, context, 'Undo', again);
  if (reach === null) return;
  try {
    const { performEach, sayHowMany, sayLeftOut } = reach.cluster.actions;
    const { refused } = await performEach(reach.connection, undo);
    const title = l10n.t('Undo for {0} on {1}', sayHowMany(undo.map(({ address }) => address)), context);
    void offerUndo(session, context, sum(title, undo.length, refused, sayLeftOut), refused.length > 0, null);
  } finally {
    reach.connection.close();
  }
}

function entryIn(given: unknown): (actions.ObjectAddress & { readonly context: string }) | null {
  if (typeof given !== 'object' || given === null) return null;
  const { kind, context, namespace, name } = given as Readonly<Record<string, unknown>>;
  if (typeof context !== 'string' || typeof namespace !== 'string' || typeof name !== 'string') return null;
  const said = typeof kind === 'string' ? kind.toLowerCase() : '';
  if (said !== 'job' && said !== 'cronjob') return null;
  return { kind: said === 'job' ? 'Job' : 'CronJob', context, namespace, name };
}
