import * as l10n from '@vscode/l10n';
import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { plural } from '../plural.ts';
import {
  isFinished,
  objectPath,
  othersInCharge,
  sayObject,
  type ActionPlan,
  type Change,
  type ObjectAddress,
} from './change.ts';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

/** What becomes of what an object owns when it is deleted. */
export const PROPAGATIONS: readonly {
  readonly policy: Propagation;
  /** Of a Job and of a CronJob. */
  readonly means: Readonly<Record<ObjectAddress['kind'], () => string>>;
}[] = [
  {
    policy: 'Background',
    means: {
      Job: () => l10n.t('The Job is gone at once, its pods soon after. What kubectl does.'),
      CronJob: () => l10n.t('The CronJob is gone at once, its Jobs and their pods soon after. What kubectl does.'),
    },
  },
  {
    policy: 'Foreground',
    means: {
      Job: () => l10n.t('The Job stays, being deleted, until its pods are gone.'),
      CronJob: () => l10n.t('The CronJob stays, being deleted, until its Jobs and their pods are gone.'),
    },
  },
  {
    policy: 'Orphan',
    means: {
      Job: () => l10n.t('Its pods stay and run on, and nobody counts, retries or deletes them.'),
      CronJob: () => l10n.t('Its Jobs stay and run on, and no history limit deletes them.'),
    },
  },
];

/** Deletes this very object: the server refuses with 409 when another one has its name by now. */
export function deleteChange(address: ObjectAddress, uid: string, propagationPolicy: Propagation): Change {
  return { method: 'DELETE', path: objectPath(address), body: { propagationPolicy, preconditions: { uid } } };
}

/** Deletes a Job or CronJob. There is no way back. */
export function planDelete(
  address: ObjectAddress,
  object: ObservedJob | ObservedCronJob,
  policy: Propagation,
): ActionPlan {
  const means = PROPAGATIONS.find((each) => each.policy === policy)?.means[address.kind]() ?? '';
  return {
    title: l10n.t('Delete {0}', sayObject(address)),
    detail: [
      `${policy}: ${means}`,
      ...(policy === 'Orphan' ? [] : lost(address, object)),
      l10n.t('This cannot be undone.'),
      ...othersInCharge(object),
    ],
    button: l10n.t('Delete'),
    changes: [deleteChange(address, object.metadata.uid, policy)],
    done:
      policy === 'Foreground'
        ? l10n.t('{0} is being deleted', sayObject(address))
        : l10n.t('{0} is deleted', sayObject(address)),
    undo: null,
  };
}

function lost({ kind }: ObjectAddress, object: ObservedJob | ObservedCronJob): readonly string[] {
  if (kind === 'CronJob') {
    const running = (object as ObservedCronJob).status?.active?.length ?? 0;
    return running === 0
      ? []
      : [plural(running, l10n.t('{0} Job that runs is ended.'), l10n.t('{0} Jobs that run are ended.'))];
  }
  const job = object as ObservedJob;
  const active = job.status?.active ?? 0;
  if (active > 0)
    return [
      plural(
        active,
        l10n.t('{0} pod that runs is ended, and their work is lost.'),
        l10n.t('{0} pods that run are ended, and their work is lost.'),
      ),
    ];
  return isFinished(job) ? [l10n.t('The logs of its pods go with them.')] : [];
}
