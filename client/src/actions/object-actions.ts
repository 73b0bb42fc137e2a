import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { openCluster, type ClusterReach } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import type { PanelDeps } from '../panel/panel.ts';
import { tellProblem } from '../watch-problem.ts';
import { carryOut, tellRefusal } from './carry-out.ts';
import { actOnSeveral, severalIn } from './several-actions.ts';
import { actionWish, chooseSubject, type ActionWish } from './subject-choice.ts';
import { VERBS, type Subject, type Verb } from './verbs.ts';

/** Offers what can be done to a Job or CronJob. Its argument is as that of the verbs. */
export const changeCommand = 'jobwright.changeJob';

/** Registers what can be done to an object that exists: a command for each verb, and one that offers them all. */
export function registerObjectActions(
  session: ClusterSession,
  deps: Pick<PanelDeps, 'requestManifests'>,
): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    ...VERBS.map((verb) =>
      register(verb.command, async (given?: unknown, selected?: unknown) => {
        const several = verb.planEach === undefined ? null : severalIn(given, selected, verb.kinds);
        if (several !== null && verb.planEach !== undefined)
          await actOnSeveral(session, verb, verb.planEach.bind(verb), several);
        else await act(session, verb.label, verb, await actionWish(given, verb.kinds, deps));
      }),
    ),
    register(changeCommand, async (given?: unknown) =>
      act(session, 'Change a Job', null, await actionWish(given, ['Job', 'CronJob'], deps)),
    ),
  );
}

/** @param verb null: the person chooses, once it is known what makes sense */
async function act(session: ClusterSession, purpose: string, verb: Verb | null, wish: ActionWish): Promise<void> {
  const again = (): Promise<void> => act(session, purpose, verb, wish);
  const reach = await openCluster(session, wish.context, purpose.replace('…', ''), again);
  if (reach === null) return;
  try {
    const address = await chooseSubject(session, reach, wish, purpose.replace('…', ''), again);
    if (address === null) return;
    const read = await reach.cluster.actions.readObject(reach.connection, address);
    if (!read.ok) {
      await tellProblem(session, read.problem, { retry: again });
      return;
    }
    const subject: Subject = { address, live: read.value };
    const chosen = verb ?? (await chooseVerb(reach, subject));
    const planned = await chosen?.plan(reach, subject);
    if (planned === undefined) return;
    if ('refusal' in planned) tellRefusal(planned);
    else await carryOut(session, reach, planned, { again });
  } finally {
    reach.connection.close();
  }
}

async function chooseVerb({ cluster, connection }: ClusterReach, subject: Subject): Promise<Verb | undefined> {
  const { address } = subject;
  const possible = VERBS.filter(
    (verb) => verb.kinds.includes(address.kind) && verb.refusal(cluster.actions, subject) === null,
  );
  const picked = await vscode.window.showQuickPick(
    possible.map((verb) => ({ label: `$(${verb.icon}) ${verb.label}`, description: verb.means, verb })),
    {
      title: l10n.t('{0} on {1}', cluster.actions.sayObject(address), connection.context),
      placeHolder: l10n.t('What shall be done? It is asked once more before it is.'),
    },
  );
  return picked?.verb;
}
