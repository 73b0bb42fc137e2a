import * as l10n from '@vscode/l10n';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import type { Connection } from '../connection.ts';
import { DEFAULT_PACE, pause, retryDelay } from '../pace.ts';
import type { ClusterProblem } from '../problem.ts';
import { ABORTED } from '../status.ts';
import { plural } from '../plural.ts';
import { createChange, renamed } from './apply.ts';
import { isFinished, objectPath, sayObject, type ActionPlan, type ObjectAddress, type RawObject } from './change.ts';
import { deleteChange } from './delete.ts';
import { nameWithEnding } from './job-name.ts';
import { perform, type Performed } from './perform.ts';

/** Deletes a Job with its pods and creates it anew, where a change of it is refused. `fields`: those that may not change. */
export function planRecreate(
  address: ObjectAddress,
  live: ObservedJob,
  manifest: RawObject,
  fields: readonly string[],
): ActionPlan {
  const object = sayObject(address);
  const active = live.status?.active ?? 0;
  return {
    title: l10n.t('Delete {0} and create it again', object),
    detail: [
      ...(fields.length === 0 ? [] : [l10n.t('What may not change: {0}.', fields.join(', '))]),
      active > 0
        ? plural(
            active,
            l10n.t('{0} pod that runs is ended first, and their work is lost.'),
            l10n.t('{0} pods that run are ended first, and their work is lost.'),
          )
        : l10n.t('Its pods are deleted first, and their logs with them.'),
      ...(isFinished(live) ? [] : [l10n.t('What has succeeded runs again.')]),
      l10n.t('The new one is created when they are gone. This cannot be undone.'),
    ],
    button: l10n.t('Delete and Create'),
    changes: [deleteChange(address, live.metadata.uid, 'Foreground'), createChange(address, manifest)],
    done: l10n.t('{0} is created anew', object),
    undo: null,
  };
}

/** How long the old object may take to go. */
const PATIENCE_MILLISECONDS = 300_000;
/** Between two looks whether it is gone. */
const PACE = { ...DEFAULT_PACE, base: 0.2, cap: 2 };

/**
 * Carries it out. Whether the new object would be accepted is asked before the old one is deleted; a cut while the old
 * one goes is waited out.
 */
export async function recreate(
  connection: Connection,
  address: ObjectAddress,
  { changes }: ActionPlan,
  signal: AbortSignal,
): Promise<Performed> {
  const [remove, create] = changes;
  if (remove === undefined || create === undefined) return refused(ABORTED);
  const tried = createChange(address, renamed(create.body as RawObject, nameWithEnding(address.name, '-try')));
  const trial = await perform(connection, [tried], { dryRun: true, signal });
  if (trial.problem !== null) return trial;
  const removed = await perform(connection, [remove], { signal });
  if (removed.problem !== null) return removed;
  const stuck = await waitUntilGone(connection, address, signal);
  return stuck === null ? perform(connection, [create], { signal }) : refused(stuck);
}

async function waitUntilGone(
  { transport }: Connection,
  address: ObjectAddress,
  signal: AbortSignal,
): Promise<ClusterProblem | null> {
  const until = transport.now() + PATIENCE_MILLISECONDS;
  for (let looks = 1; ; looks++) {
    if (signal.aborted) return leftDeleted(address, 'Stopped');
    const answer = await transport.request('GET', objectPath(address), { signal });
    if (!answer.ok && answer.problem.kind === 'notFound') return null;
    if (transport.now() > until) return leftDeleted(address, 'Timeout');
    await pause(retryDelay(PACE, looks, answer.ok ? null : answer.problem), signal);
  }
}

function leftDeleted(address: ObjectAddress, reason: string): ClusterProblem {
  const object = sayObject(address);
  return {
    kind: 'server',
    status: 0,
    reason,
    message: l10n.t('{0} is being deleted and was not gone yet, so it was not created again.', object),
    suggestion: l10n.t(
      'Apply the manifest again when it is gone: a pod that does not end, or a finalizer, may hold it.',
    ),
  };
}

function refused(problem: ClusterProblem): Performed {
  return { answers: [], warnings: [], problem };
}
