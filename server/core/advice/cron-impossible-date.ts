import { parseCron } from '../kubernetes/cron.ts';
import type { AdviceRule } from './rule.ts';

/** The longest that each month can be. */
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const CRON_IMPOSSIBLE_DATE: AdviceRule = {
  id: 'advice/cron-impossible-date',
  title: 'Date that never comes',
  why: 'The server accepts 30 February; the controller then complains at every look (InvalidSchedule) and never runs anything. To run a CronJob by hand only, set suspend to true.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeCronJob({ spec }) {
    const cron = parseCron(spec?.schedule ?? '');
    if ('problem' in cron || cron.kind !== 'fields' || !cron.dayOfWeek.star) return [];
    const { month, dayOfMonth } = cron;
    const comes = [...month.values].some((at) =>
      [...dayOfMonth.values].some((day) => day <= (DAYS_OF_MONTHS[at - 1] ?? 31)),
    );
    if (comes) return [];
    const path = ['spec', 'schedule'];
    return [
      {
        path,
        message: 'This date never comes, so the CronJob never runs. To run it by hand only, set suspend to true.',
        fixes: [
          {
            title: 'Run by hand only: first of January, suspended',
            edits: [
              { kind: 'set', path, value: '0 0 1 1 *' },
              { kind: 'set', path: ['spec', 'suspend'], value: true },
            ],
          },
        ],
      },
    ];
  },
};
