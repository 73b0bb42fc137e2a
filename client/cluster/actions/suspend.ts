import * as l10n from '@vscode/l10n';
import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { plural } from '../plural.ts';
import {
  isFinished,
  mergeChange,
  othersInCharge,
  QUEUE_LABEL,
  sayObject,
  type ObjectAddress,
  type Planned,
} from './change.ts';

/** Suspends a Job, or resumes it. */
export function planSuspendJob(address: ObjectAddress, job: ObservedJob, suspend: boolean): Planned {
  const object = sayObject(address);
  if (isFinished(job))
    return {
      refusal: suspend
        ? l10n.t('{0} has ended: there is nothing to suspend.', object)
        : l10n.t('{0} has ended: there is nothing to resume.', object),
    };
  if ((job.spec?.suspend === true) === suspend)
    return { refusal: suspend ? l10n.t('{0} is suspended already.', object) : l10n.t('{0} is not suspended.', object) };
  const active = job.status?.active ?? 0;
  const queue = job.metadata.labels?.[QUEUE_LABEL];
  const detail = suspend
    ? [
        active === 0
          ? l10n.t('No pod of it runs now; none is made until it is resumed.')
          : plural(
              active,
              l10n.t(
                '{0} pod that runs is deleted, and their work is lost; new ones are made when it is resumed. What has succeeded stays.',
              ),
              l10n.t(
                '{0} pods that run are deleted, and their work is lost; new ones are made when it is resumed. What has succeeded stays.',
              ),
            ),
        ...(job.spec?.activeDeadlineSeconds === undefined
          ? []
          : ['activeDeadlineSeconds begins anew when it is resumed.']),
      ]
    : [l10n.t('Its pods are made now, and activeDeadlineSeconds counts from now.')];
  if (queue !== undefined)
    detail.push(
      suspend
        ? l10n.t('Kueue’s queue {0} may resume it.', queue)
        : l10n.t('Kueue’s queue {0} decides when it runs, and suspends it again until it is admitted.', queue),
    );
  return planOf(address, job.metadata.uid, suspend, [...detail, ...othersInCharge(job)]);
}

/** Suspends a CronJob, or resumes it. */
export function planSuspendCronJob(address: ObjectAddress, cronJob: ObservedCronJob, suspend: boolean): Planned {
  const { spec, status, metadata } = cronJob;
  if ((spec?.suspend === true) === suspend)
    return {
      refusal: suspend
        ? l10n.t('{0} is suspended already.', sayObject(address))
        : l10n.t('{0} is not suspended.', sayObject(address)),
    };
  const running = status?.active?.length ?? 0;
  const detail = suspend
    ? [
        l10n.t('No run begins until it is resumed.'),
        ...(running === 0
          ? []
          : [plural(running, l10n.t('{0} Job that runs goes on.'), l10n.t('{0} Jobs that run go on.'))]),
      ]
    : [
        spec?.startingDeadlineSeconds === undefined
          ? l10n.t('Runs that it missed count: the last of them begins at once.')
          : l10n.t(
              'Runs that it missed count: the last of them begins at once, unless it is more than {0} s ago (startingDeadlineSeconds).',
              spec.startingDeadlineSeconds,
            ),
      ];
  return planOf(address, metadata.uid, suspend, [...detail, ...othersInCharge(cronJob)]);
}

function planOf(address: ObjectAddress, uid: string, suspend: boolean, detail: readonly string[]): Planned {
  const object = sayObject(address);
  const said = (suspended: boolean): string =>
    suspended ? l10n.t('{0} is suspended', object) : l10n.t('{0} is resumed', object);
  return {
    title: suspend ? l10n.t('Suspend {0}', object) : l10n.t('Resume {0}', object),
    detail,
    button: suspend ? l10n.t('Suspend') : l10n.t('Resume'),
    changes: [mergeChange(address, uid, { spec: { suspend } })],
    done: said(suspend),
    undo: { changes: [mergeChange(address, uid, { spec: { suspend: !suspend } })], done: said(!suspend) },
  };
}
