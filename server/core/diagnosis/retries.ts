import { ENDLESS_RETRIES } from '../forecast/retries.ts';
import { countOf } from '../forecast/words.ts';
import { sayDuration } from '../kubernetes/duration-words.ts';
import { jobCondition } from '../timeline/observed-status.ts';
import { stampMilliseconds } from '../timeline/observed-time.ts';
import { backoffWaits } from '../timeline/observed-waits.ts';
import type { Diagnosis } from './diagnosis.ts';
import { conditionEvidence, type Facts } from './facts.ts';

/** Worth a warning: so much of the deadline is left, or so few seconds. */
const DEADLINE_SHARE = 0.2;
const DEADLINE_SECONDS = 300;

/** New pods are held back after failures: until when, and which attempt comes then. */
export function explainBackoff({ runs, spec, now, origin, ended, job, status }: Facts): Diagnosis[] {
  if (ended || spec.suspend === true || jobCondition(job, 'FailureTarget') !== undefined) return [];
  const elapsed = (now - origin) / 1000;
  // A wait is cut where the next pod was made; those that are not reach beyond now.
  const waits = backoffWaits(runs, spec, Infinity).filter(({ until }) => until > elapsed);
  return waits.map((wait): Diagnosis => {
    const who = wait.index === null ? 'The Job' : `Index ${wait.index}`;
    const limit = wait.index === null ? spec.backoffLimit : spec.backoffLimitPerIndex;
    const last = runs.filter(({ finished }) => finished === wait.from).at(-1);
    return {
      rule: 'why/backoff-wait',
      severity: 'information',
      summary: `${who} waits another ${sayDuration(wait.until - elapsed)} before the next pod, after ${
        wait.failures === 1 ? 'a failure' : `${wait.failures} failures in a row`
      }${limit === undefined || limit > ENDLESS_RETRIES ? '' : ` (${wait.index === null ? `${status.failed ?? 0} of ${limit}` : `retry ${wait.failures} of ${limit}`} that are allowed)`}.`,
      evidence:
        last === undefined
          ? []
          : [
              {
                object: `pod/${last.name}`,
                field: 'status',
                text: 'the wait begins with this failure',
                at: new Date(origin + wait.from * 1000).toISOString(),
              },
            ],
      field: wait.index === null ? 'spec.backoffLimit' : 'spec.backoffLimitPerIndex',
      until: origin + wait.until * 1000,
    };
  });
}

/** One more failure, or few, and the Job fails. */
export function explainBackoffLimit({ status, spec, ended, job, pods }: Facts): Diagnosis[] {
  if (ended || jobCondition(job, 'FailureTarget') !== undefined) return [];
  const onFailure = spec.template?.spec?.restartPolicy === 'OnFailure';
  const restarts = pods
    .flatMap((pod) => [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])])
    .reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
  const used = onFailure ? Math.max(restarts, status.failed ?? 0) : (status.failed ?? 0);
  const limit = spec.backoffLimit;
  if (limit === undefined || limit > ENDLESS_RETRIES || used === 0 || used < limit * 0.75) return [];
  const left = Math.max(0, limit - used);
  const what = onFailure ? countOf(used, 'restart', 'restarts') : countOf(used, 'failed pod', 'failed pods');
  return [
    {
      rule: 'why/backoff-limit-near',
      severity: 'warning',
      summary: `${what} of the ${limit} that backoffLimit allows: ${left === 0 ? 'the next failure ends the Job' : `${countOf(left + 1, 'more failure ends', 'more failures end')} the Job`}.`,
      evidence: [{ object: `job/${job.metadata.name}`, field: 'status.failed', text: String(status.failed ?? 0) }],
      field: 'spec.backoffLimit',
      suggestion: 'backoffLimit can be raised while the Job runs.',
    },
  ];
}

/** Indexes that were given up while the others go on. */
export function explainFailedIndexes({ status, spec, ended, job }: Facts): Diagnosis[] {
  if (ended || status.failedIndexes === undefined || status.failedIndexes === '') return [];
  const most = spec.maxFailedIndexes;
  return [
    {
      rule: 'why/failed-indexes',
      severity: 'warning',
      summary: `The indexes ${status.failedIndexes} have failed for good; the others go on, and the Job will end as Failed${most === undefined ? '' : ` (at once when more than ${most} indexes fail)`}.`,
      evidence: [{ object: `job/${job.metadata.name}`, field: 'status.failedIndexes', text: status.failedIndexes }],
      field: 'spec.backoffLimitPerIndex',
    },
  ];
}

/** When activeDeadlineSeconds ends the Job. */
export function explainDeadline({ status, spec, ended, job, now }: Facts): Diagnosis[] {
  const start = stampMilliseconds(status.startTime);
  const deadline = spec.activeDeadlineSeconds;
  if (ended || spec.suspend === true || deadline === undefined || start === null) return [];
  const until = start + deadline * 1000;
  const left = (until - now) / 1000;
  const near = left < DEADLINE_SECONDS || left < deadline * DEADLINE_SHARE;
  return [
    {
      rule: near ? 'why/deadline-near' : 'why/deadline',
      severity: near ? 'warning' : 'information',
      summary:
        left > 0
          ? `The Job fails in ${sayDuration(left)} if it has not ended by then (activeDeadlineSeconds ${deadline}).`
          : `The Job's deadline passed ${sayDuration(-left)} ago (activeDeadlineSeconds ${deadline}): it is about to fail.`,
      evidence: [
        { object: `job/${job.metadata.name}`, field: 'status.startTime', text: status.startTime ?? '' },
        ...conditionEvidence(job, 'Suspended'),
      ],
      field: 'spec.activeDeadlineSeconds',
      ...(near ? { suggestion: 'activeDeadlineSeconds can be raised while the Job runs.' } : {}),
      until,
    },
  ];
}
