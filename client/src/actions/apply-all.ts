import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { actions } from '../../cluster/cluster.ts';
import type { ManifestObject, ManifestSummary } from '../../../server/src/protocol/protocol.ts';
import { openCluster, type ClusterReach } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import { mayBeManifest } from '../wake.ts';
import { inWords } from '../watch-problem.ts';
import { type Applying, manifestAsShown, NO_DRY_RUN } from './apply-manifest.ts';
import { busy } from './carry-out.ts';
import type { DifferenceDocuments } from './difference-documents.ts';
import { carryOutEach } from './several-actions.ts';

/** Command id. Its optional argument is `{ uri, context }`. */
export const applyAllCommand = 'jobwright.applyAll';

/** Registers Apply All: every Job and CronJob of the open manifest, each tried and shown, after one question. */
export function registerApplyAll(
  session: ClusterSession,
  deps: Applying['deps'],
  differences: DifferenceDocuments,
): vscode.Disposable {
  return vscode.commands.registerCommand(applyAllCommand, async (given?: unknown) => {
    const fields = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
    const active = vscode.window.activeTextEditor?.document;
    const open = active !== undefined && mayBeManifest(active) ? active.uri.toString() : undefined;
    const uri = typeof fields['uri'] === 'string' ? fields['uri'] : open;
    const context = typeof fields['context'] === 'string' ? fields['context'] : undefined;
    const manifests = uri === undefined ? [] : await deps.requestManifests(uri);
    if (manifests.length === 0)
      void vscode.window.showInformationMessage(l10n.t('Open a manifest with Jobs or CronJobs to apply them.'));
    else await applyAll({ session, deps, differences }, manifests, context);
  });
}

async function applyAll(
  applying: Applying,
  manifests: readonly ManifestSummary[],
  context: string | undefined,
): Promise<void> {
  const { session, deps, differences } = applying;
  const found = await Promise.all(manifests.map((manifest) => manifestAsShown(deps, manifest)));
  const objects = found.flatMap((each) => each ?? []);
  const wrong = objects.filter(({ errors }) => errors > 0);
  if (wrong.length > 0) {
    const names = wrong.map(({ summary }) => summary.name || l10n.t('a {0} without a name', summary.kind)).join(', ');
    const show = l10n.t('Show the Problems');
    if (
      (await vscode.window.showErrorMessage(
        l10n.t('The API server would refuse {0}. Mend them first.', names),
        show,
      )) === show
    )
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const again = (): Promise<void> => applyAll(applying, manifests, context);
  const reach = await openCluster(session, context, l10n.t('Apply All'), again);
  if (reach === null) return;
  try {
    const tried = await busy(l10n.t('asking {0}', reach.connection.context), async () => {
      const each: Tried[] = [];
      for (const object of objects) each.push(await tryOne(reach, object));
      return each;
    });
    const changed = tried.flatMap(({ shown }) => shown ?? []);
    for (const { called, before, after } of changed) await differences.show(called, before, after, changed.length > 1);
    await carryOutEach(session, reach, l10n.t('Apply'), {
      parts: tried.flatMap(({ part }) => part ?? []),
      left: tried.flatMap(({ left }) => left ?? []),
      warnings: [],
      inSight: changed.length > 0,
    });
  } finally {
    reach.connection.close();
  }
}

/** What would be done with one manifest, or why nothing. */
interface Tried {
  readonly part?: actions.Part;
  readonly left?: actions.LeftOut;
  readonly shown?: { readonly called: string; readonly before: object; readonly after: object };
}

/** @param force takes over fields that our own patches set (Suspend, Undo); those of others are left to them */
async function tryOne(reach: ClusterReach, manifestObject: ManifestObject, force = false): Promise<Tried> {
  const { cluster, connection } = reach;
  const { summary, object } = manifestObject;
  const room = cluster.actions;
  const { kind, name } = summary;
  const address = { kind, namespace: summary.namespace ?? connection.namespace, name };
  const manifest = room.manifestToSend(kind, address.namespace, object as unknown as actions.RawObject);
  const creation = (warnings: readonly string[]): Tried => ({
    part: { address, plan: room.planCreate(address, manifest, warnings) },
  });
  // A generateName is no name: the server makes one, and there is nothing yet to change.
  const isNew = name === '' || name.endsWith('*');
  const change = isNew ? room.planCreate(address, manifest, []).changes : [room.applyChange(address, manifest, force)];
  const live = isNew ? null : await room.readObject(connection, address);
  const tried = await room.perform(connection, change, { dryRun: true });
  if (live?.ok === false && live.problem.kind !== 'notFound') return { left: { address, why: inWords(live.problem) } };
  const before = live?.ok === true ? live.value.raw : null;
  if (tried.problem !== null && room.isDryRunUnsupported(tried.problem))
    return before === null
      ? creation([NO_DRY_RUN])
      : { part: { address, plan: room.planBlindApply(address, manifest, force) } };
  if (tried.problem !== null && !force && room.conflictIn(tried.problem)?.others.length === 0)
    return tryOne(reach, manifestObject, true);
  if (tried.problem !== null) return { left: { address, why: inWords(tried.problem) } };
  const [after] = tried.answers;
  if (before === null || after === undefined) return creation(tried.warnings);
  const plan = room.planApply(address, manifest, before, after, { warnings: tried.warnings, force });
  if (plan === null) return { left: { address, why: l10n.t('It is as the manifest says: nothing changes.') } };
  const called = l10n.t('{0} on {1}', room.sayObject(address), connection.context);
  return {
    part: { address, plan },
    shown: { called, before: room.writtenPart(before), after: room.writtenPart(after) },
  };
}
