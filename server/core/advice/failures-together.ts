import { countOf } from '../forecast/words.ts';
import type { AdviceRule } from './rule.ts';

export const FAILURES_TOGETHER: AdviceRule = {
  id: 'advice/failures-together',
  title: 'More pods at once than failures allowed',
  why: 'backoffLimit counts the failed pods of the whole Job. If a database is down for a minute and all pods fail at once, that one outage uses up the budget. Indexed Jobs can have retries per index instead.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, forecast }) {
    const limit = job.spec?.backoffLimit;
    const { peak } = forecast.parallelism;
    if (limit === undefined || limit === 0 || forecast.retries.by !== 'pods' || peak <= limit) return [];
    const path = ['spec', 'backoffLimit'];
    return [
      {
        path,
        message: `${peak} pods work at once and ${countOf(limit, 'failure is', 'failures are')} allowed: one outage that hits all of them ends the Job without a retry.`,
        fixes:
          forecast.work.kind === 'indexes' && job.spec?.template?.spec?.restartPolicy === 'Never'
            ? [
                {
                  title: 'Give each index its own retries',
                  edits: [
                    { kind: 'remove', path },
                    { kind: 'set', path: ['spec', 'backoffLimitPerIndex'], value: Math.min(limit, 3) },
                  ],
                },
              ]
            : [],
      },
    ];
  },
};
