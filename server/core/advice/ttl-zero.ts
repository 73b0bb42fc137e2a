import { isTidiedByOthers } from './managed-by-others.ts';
import type { AdviceRule } from './rule.ts';

export const TTL_ZERO: AdviceRule = {
  id: 'advice/ttl-zero',
  title: 'ttlSecondsAfterFinished 0',
  why: 'The Job is deleted as soon as it ends, with its pods, logs, conditions and events: neither a person nor a script that waits for it can see how it ended.',
  severity: 'information',
  group: 'observability',
  fixable: true,
  judgeJob({ job }) {
    if (job.spec?.ttlSecondsAfterFinished !== 0 || isTidiedByOthers(job)) return [];
    const path = ['spec', 'ttlSecondsAfterFinished'];
    return [
      {
        path,
        message:
          'The Job is deleted the moment it ends: nothing is left to read, and who waits for it may miss the end.',
        fixes: [{ title: 'Keep it for an hour', edits: [{ kind: 'set', path, value: 3600 }] }],
      },
    ];
  },
};
