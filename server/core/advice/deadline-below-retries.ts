import { sayDuration } from '../kubernetes/duration-words.ts';
import type { AdviceRule } from './rule.ts';

export const DEADLINE_BELOW_RETRIES: AdviceRule = {
  id: 'advice/deadline-below-retries',
  title: 'Deadline shorter than the retries',
  why: 'The waits between retries count towards activeDeadlineSeconds. Where they alone are longer, the later retries never come, and the Job fails with DeadlineExceeded, which hides that its pods failed.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  judgeJob({ job, forecast }) {
    const { worst, retries } = forecast;
    const written = job.spec?.backoffLimitPerIndex ?? job.spec?.backoffLimit;
    if (!worst.deadlineCutsRetries || worst.deadline === null || written === undefined) return [];
    const waits = Math.min(retries.waits, retries.together?.waits ?? retries.waits);
    const path = ['spec', 'activeDeadlineSeconds'];
    return [
      {
        path,
        message: `The retries wait at least ${sayDuration(waits)} in all, so the deadline of ${sayDuration(worst.deadline)} comes before they are used up, and hides why the pods failed.`,
        fixes: lowerLimit(worst.deadline, retries.by, retries.ladder),
      },
    ];
  },
};

/** The most retries whose waits fit into the deadline. */
function lowerLimit(
  deadline: number,
  by: string,
  ladder: readonly number[],
): NonNullable<ReturnType<NonNullable<AdviceRule['judgeJob']>>[number]['fixes']> {
  if (by === 'containers') return [];
  let fits = 0;
  let waits = 0;
  while (fits < ladder.length && waits + (ladder[fits] ?? 0) < deadline) waits += ladder[fits++] ?? 0;
  const field = by === 'index' ? 'backoffLimitPerIndex' : 'backoffLimit';
  return [{ title: `Set ${field} to ${fits}`, edits: [{ kind: 'set', path: ['spec', field], value: fits }] }];
}
