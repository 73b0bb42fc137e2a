import { parseCron } from '../kubernetes/cron.ts';
import { sayCron } from '../kubernetes/cron-words.ts';
import type { AdviceRule } from './rule.ts';

export const CRON_BOTH_DAYS: AdviceRule = {
  id: 'advice/cron-both-days',
  title: 'Day of the month and day of the week both set',
  why: 'When both day fields are restricted, a day that fits either of them is enough. `0 0 13 * 5` runs on every 13th and on every Friday, not only on a Friday the 13th. There is no schedule for both at once: let the program check one of them.',
  severity: 'information',
  group: 'correctness',
  fixable: false,
  judgeCronJob({ spec }) {
    const schedule = spec?.schedule ?? '';
    const cron = parseCron(schedule);
    if ('problem' in cron || cron.kind !== 'fields') return [];
    const { dayOfMonth, dayOfWeek } = cron;
    if (dayOfMonth.star || dayOfWeek.star || dayOfMonth.values.size === 31 || dayOfWeek.values.size === 7) return [];
    return [
      {
        path: ['spec', 'schedule'],
        message: `Either day is enough, not both together. ${sayCron(schedule) ?? ''}.`,
      },
    ];
  },
};
