import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { actions, ClusterProblem } from '../../cluster/cluster.ts';
import type { ManifestAddress, ManifestResult } from '../../../server/src/protocol/protocol.ts';
import { chooseManifest, isAddress } from '../choose-manifest.ts';
import { openCluster, type ClusterReach } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import type { PanelDeps } from '../panel/panel.ts';
import { tellProblem } from '../watch-problem.ts';
import { busy, carryOut } from './carry-out.ts';
import type { DifferenceDocuments } from './difference-documents.ts';

/** Command id. Its argument is a `ManifestAddress`, and `context` beside it where that is known. */
export const applyCommand = 'jobwright.apply';

type Deps = Pick<PanelDeps, 'requestManifest' | 'requestManifests'>;

/** Registers Apply: creates the open manifest's Job or CronJob, or changes it, after its difference was shown. */
export function registerApply(
  session: ClusterSession,
  deps: Deps,
  differences: DifferenceDocuments,
): vscode.Disposable {
  return vscode.commands.registerCommand(applyCommand, async (given?: unknown) => {
    const address = isAddress(given)
      ? given
      : await chooseManifest(deps, {
          none: l10n.t('Open a manifest with a Job or CronJob to apply it.'),
          which: l10n.t('Which one shall be applied?'),
        });
    const context =
      typeof given === 'object' && given !== null && 'context' in given && typeof given.context === 'string'
        ? given.context
        : undefined;
    if (address !== undefined) await apply({ session, deps, differences }, address, context);
  });
}

export interface Applying {
  readonly session: ClusterSession;
  readonly deps: Deps;
  readonly differences: DifferenceDocuments;
}

async function apply(applying: Applying, at: ManifestAddress, context: string | undefined): Promise<void> {
  const { session, deps } = applying;
  const found = await manifestAsShown(deps, at);
  if (found === null) {
    void vscode.window.showInformationMessage(l10n.t('There is no Job or CronJob at this place of the text any more.'));
    return;
  }
  const { summary, object, errors } = found;
  const name = summary.name || l10n.t('This {0}', summary.kind);
  if (errors > 0) {
    const show = l10n.t('Show the Problems');
    const wrong = l10n.t('The API server would refuse {0} (errors: {1}). Mend them first.', name, errors);
    if ((await vscode.window.showErrorMessage(wrong, show)) === show)
      await vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const again = (): Promise<void> => apply(applying, at, context);
  const reach = await openCluster(session, context, `Apply ${name}`, again);
  if (reach === null) return;
  try {
    const namespace = summary.namespace ?? reach.connection.namespace;
    const { manifestToSend } = reach.cluster.actions;
    const manifest = manifestToSend(summary.kind, namespace, object as unknown as actions.RawObject);
    const address = { kind: summary.kind, namespace, name: summary.name };
    await new Apply(applying, reach, address, again).send(manifest, false);
  } finally {
    reach.connection.close();
  }
}

/** So often it is asked again, a tenth of a second apart, where the server is behind the editor. */
const TRIES = 50;

/** The manifest as the editor shows it now: what is typed reaches the server a moment later, and nothing older is sent. */
export async function manifestAsShown(deps: Deps, at: ManifestAddress): Promise<ManifestResult> {
  for (let tries = 1; ; tries++) {
    const found = await deps.requestManifest(at);
    const shown = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === at.uri);
    if (found?.version === shown?.version) return found;
    if (tries === TRIES) return null;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** One manifest on its way to one cluster. */
class Apply {
  readonly #session: ClusterSession;
  readonly #differences: DifferenceDocuments;
  readonly #reach: ClusterReach;
  readonly #address: actions.ObjectAddress;
  readonly #again: () => Promise<void>;

  constructor(
    { session, differences }: Applying,
    reach: ClusterReach,
    address: actions.ObjectAddress,
    again: () => Promise<void>,
  ) {
    this.#session = session;
    this.#differences = differences;
    this.#reach = reach;
    this.#address = address;
    this.#again = again;
  }

  get #room(): typeof actions {
    return this.#reach.cluster.actions;
  }

  /** `Job team-a/report on admin`. */
  get #called(): string {
    return `${this.#room.sayObject(this.#address)} on ${this.#reach.connection.context}`;
  }

  /** Tries it, shows what it would change, and asks. `force`: takes fields over from others. */
  async send(manifest: actions.RawObject, force: boolean): Promise<void> {
    const { connection } = this.#reach;
    const address = this.#address;
    // A generateName is no name: the server makes one, and there is nothing yet to change.
    if (address.name === '' || address.name.endsWith('*')) {
      await this.#carryOut(this.#room.planCreate(address, manifest, []));
      return;
    }
    const { live, tried } = await busy(`asking ${connection.context}`, async () => ({
      live: await this.#room.readObject(connection, address),
      tried: await this.#room.perform(connection, [this.#room.applyChange(address, manifest, force)], { dryRun: true }),
    }));
    const exists = live.ok ? live.value : null;
    if (!live.ok && live.problem.kind !== 'notFound') await this.#tell(live.problem);
    else if (tried.problem === null) await this.#offer(manifest, exists, tried, force);
    else if (this.#room.isDryRunUnsupported(tried.problem))
      await this.#carryOut(
        exists === null
          ? this.#room.planCreate(address, manifest, [NO_DRY_RUN])
          : this.#room.planBlindApply(address, manifest, force),
      );
    else await this.#afterRefusal(tried.problem, manifest, exists, force);
  }

  async #offer(
    manifest: actions.RawObject,
    live: actions.LiveObject | null,
    { answers, warnings }: actions.Performed,
    force: boolean,
  ): Promise<void> {
    const address = this.#address;
    const [after] = answers;
    if (live === null || after === undefined) {
      await this.#carryOut(this.#room.planCreate(address, manifest, warnings));
      return;
    }
    const plan = this.#room.planApply(address, manifest, live.raw, after, { warnings, force });
    if (plan === null) {
      void vscode.window.showInformationMessage(l10n.t('{0} is as the manifest says: nothing changes.', this.#called));
      return;
    }
    await this.#differences.show(this.#called, this.#room.writtenPart(live.raw), this.#room.writtenPart(after));
    await this.#carryOut(plan, true);
  }

  /** What can be done where the server takes the change not, or not so. */
  async #afterRefusal(
    problem: ClusterProblem,
    manifest: actions.RawObject,
    live: actions.LiveObject | null,
    force: boolean,
  ): Promise<void> {
    const conflict = this.#room.conflictIn(problem);
    const fixed = this.#room.immutableFields(problem);
    if (conflict !== null && !force && conflict.others.length === 0) await this.send(manifest, true);
    else if (conflict !== null && !force) {
      const take = l10n.t('Take Over');
      const detail = l10n.t(
        'Somebody else set fields that the manifest changes: {0}.\nTaken over, they are as the manifest says, until the other one sets them again. What changes is shown next.',
        conflict.others.join('; '),
      );
      const question = l10n.t('Take fields of {0} over?', this.#called);
      if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, take)) === take)
        await this.send(manifest, true);
    } else if (live?.kind === 'Job' && fixed.length > 0) await this.#offerAnother(problem, manifest, live, fixed);
    else await this.#tell(problem);
  }

  async #offerAnother(
    { message }: ClusterProblem,
    manifest: actions.RawObject,
    live: actions.LiveObject & { readonly kind: 'Job' },
    fixed: readonly string[],
  ): Promise<void> {
    const anew = l10n.t('Delete and Create…');
    const other = l10n.t('Create Under a New Name…');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('{0} cannot be changed like this.', this.#called),
      {
        modal: true,
        detail: l10n.t(
          '{0}\n\nIt can be deleted and created again, or created beside the old one under a new name.',
          message,
        ),
      },
      other,
      anew,
    );
    const { connection } = this.#reach;
    const address = this.#address;
    if (answer === anew) {
      const plan = this.#room.planRecreate(address, live.object, manifest, fixed);
      await carryOut(this.#session, this.#reach, plan, {
        again: this.#again,
        tried: true,
        perform: (signal) => this.#room.recreate(connection, address, plan, signal),
      });
    }
    if (answer !== other) return;
    const listed = await this.#room.listNames(connection, 'Job', address.namespace);
    const name = await vscode.window.showInputBox({
      title: l10n.t('Create {0} under a new name', this.#called),
      prompt: l10n.t('The name of the new Job. The manifest keeps its own.'),
      value: this.#room.nextName(address.name, new Set(listed.ok ? listed.value : [])),
    });
    if (name === undefined || name === '') return;
    await this.#carryOut(this.#room.planCreate({ ...address, name }, this.#room.renamed(manifest, name), []));
  }

  async #carryOut(plan: actions.ActionPlan, inSight = false): Promise<void> {
    await carryOut(this.#session, this.#reach, plan, { again: this.#again, tried: inSight, inSight });
  }

  async #tell(problem: ClusterProblem): Promise<void> {
    await tellProblem(this.#session, problem, { retry: this.#again });
  }
}

/** Said where a dry run cannot be had. */
export const NO_DRY_RUN = l10n.t('a webhook of the cluster takes no dry run, so it may still refuse');
