import { parseCron } from '../kubernetes/cron.ts';
import type { AdviceRule } from './rule.ts';

const FIELDS = [
  { name: 'minutes', first: 0, last: 59, whole: 'hour' },
  { name: 'hours', first: 0, last: 23, whole: 'day' },
  { name: 'days', first: 1, last: 31, whole: 'month' },
] as const;

export const CRON_UNEVEN_STEP: AdviceRule = {
  id: 'advice/cron-uneven-step',
  title: 'Steps that start anew',
  why: 'A step counts from the beginning of its hour, day or month and starts anew there. `*/7` minutes runs at 56 and then at 0, four minutes later; `*/2` days of the month runs on the 31st and on the 1st. `@every 7m` keeps the distance, counted from the last run.',
  severity: 'information',
  group: 'correctness',
  fixable: false,
  judgeCronJob({ spec }) {
    const schedule = spec?.schedule ?? '';
    if ('problem' in parseCron(schedule)) return [];
    const fields = schedule.trim().split(/\s+/);
    return FIELDS.flatMap(({ name, first, last, whole }, at) => {
      const step = Number(/^\*\/(\d+)$/.exec(fields[at] ?? '')?.[1] ?? 0);
      const size = last - first + 1;
      // Where an earlier field is finer, or the step is as long as the field, nobody expects even distances.
      if (fields.length !== 5 || step < 2 || step > size / 2 || (size % step === 0 && whole !== 'month')) return [];
      const latest = first + Math.floor((size - 1) / step) * step;
      return [
        {
          path: ['spec', 'schedule'],
          message: `*/${step} starts anew every ${whole}: ${whole === 'month' ? 'after day' : 'after'} ${latest} comes ${first}, so the ${name} between runs are not always ${step}.`,
        },
      ];
    });
  },
};
