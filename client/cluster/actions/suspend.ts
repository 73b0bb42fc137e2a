import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { countOf } from '../../../server/core/forecast/words.ts';
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
    return { refusal: `${object} has ended: there is nothing to ${suspend ? 'suspend' : 'resume'}.` };
  if ((job.spec?.suspend === true) === suspend)
    return { refusal: `${object} ${suspend ? 'is suspended already' : 'is not suspended'}.` };
  const active = job.status?.active ?? 0;
  const queue = job.metadata.labels?.[QUEUE_LABEL];
  const detail = suspend
    ? [
        active === 0
          ? 'No pod of it runs now; none is made until it is resumed.'
          : `${countOf(active, 'pod that runs is', 'pods that run are')} deleted, and their work is lost; new ones are made when it is resumed. What has succeeded stays.`,
        ...(job.spec?.activeDeadlineSeconds === undefined
          ? []
          : ['activeDeadlineSeconds begins anew when it is resumed.']),
      ]
    : ['Its pods are made now, and activeDeadlineSeconds counts from now.'];
  if (queue !== undefined)
    detail.push(
      suspend
        ? `Kueue’s queue ${queue} may resume it.`
        : `Kueue’s queue ${queue} decides when it runs, and suspends it again until it is admitted.`,
    );
  return planOf(address, job.metadata.uid, suspend, [...detail, ...othersInCharge(job)]);
}

/** Suspends a CronJob, or resumes it. */
export function planSuspendCronJob(address: ObjectAddress, cronJob: ObservedCronJob, suspend: boolean): Planned {
  const { spec, status, metadata } = cronJob;
  if ((spec?.suspend === true) === suspend)
    return { refusal: `${sayObject(address)} ${suspend ? 'is suspended already' : 'is not suspended'}.` };
  const running = status?.active?.length ?? 0;
  const detail = suspend
    ? [
        'No run begins until it is resumed.',
        ...(running === 0 ? [] : [`${countOf(running, 'Job that runs goes', 'Jobs that run go')} on.`]),
      ]
    : [
        spec?.startingDeadlineSeconds === undefined
          ? 'Runs that it missed count: the last of them begins at once.'
          : `Runs that it missed count: the last of them begins at once, unless it is more than ${spec.startingDeadlineSeconds} s ago (startingDeadlineSeconds).`,
      ];
  return planOf(address, metadata.uid, suspend, [...detail, ...othersInCharge(cronJob)]);
}

function planOf(address: ObjectAddress, uid: string, suspend: boolean, detail: readonly string[]): Planned {
  const object = sayObject(address);
  const said = (suspended: boolean): string => `${object} is ${suspended ? 'suspended' : 'resumed'}`;
  return {
    title: `${suspend ? 'Suspend' : 'Resume'} ${object}`,
    detail,
    button: suspend ? 'Suspend' : 'Resume',
    changes: [mergeChange(address, uid, { spec: { suspend } })],
    done: said(suspend),
    undo: { changes: [mergeChange(address, uid, { spec: { suspend: !suspend } })], done: said(!suspend) },
  };
}
