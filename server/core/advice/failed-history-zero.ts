import type { AdviceRule } from './rule.ts';

export const FAILED_HISTORY_ZERO: AdviceRule = {
  id: 'advice/failed-history-zero',
  title: 'failedJobsHistoryLimit 0',
  why: 'A failed Job is deleted at once, with its pods, logs and conditions. Nobody sees that it failed, nor why.',
  severity: 'information',
  group: 'observability',
  fixable: true,
  judgeCronJob({ spec }) {
    if (spec?.failedJobsHistoryLimit !== 0) return [];
    const path = ['spec', 'failedJobsHistoryLimit'];
    return [
      {
        path,
        message: 'Failed Jobs are deleted at once with their logs: nobody sees that, or why, one failed.',
        fixes: [{ title: 'Keep the last failed Job', edits: [{ kind: 'set', path, value: 1 }] }],
      },
    ];
  },
};
