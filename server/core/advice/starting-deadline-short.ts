import type { AdviceRule } from './rule.ts';

export const STARTING_DEADLINE_SHORT: AdviceRule = {
  id: 'advice/starting-deadline-short',
  title: 'startingDeadlineSeconds that loses runs',
  why: 'A run that cannot start within this time after its minute is left out. With 0 no run is ever in time. With a few seconds every restart or busy moment of the controller loses one.',
  severity: 'warning',
  group: 'reliability',
  fixable: true,
  judgeCronJob({ spec }) {
    const seconds = spec?.startingDeadlineSeconds;
    if (seconds === undefined || seconds < 0 || seconds >= 10) return [];
    const path = ['spec', 'startingDeadlineSeconds'];
    return [
      {
        path,
        message:
          seconds === 0
            ? 'With 0 no run is ever in time: this CronJob never runs.'
            : `A run that starts more than ${seconds} s late is left out, and the controller is often later than that.`,
        fixes: [{ title: 'Allow two minutes', edits: [{ kind: 'set', path, value: 120 }] }],
      },
    ];
  },
};
