import type { AdviceRule } from './rule.ts';

export const PER_INDEX_ON_FAILURE: AdviceRule = {
  id: 'advice/per-index-on-failure',
  title: 'backoffLimitPerIndex with restartPolicy OnFailure',
  why: 'The server accepts it, but retries per index count failed pods, and with OnFailure the kubelet restarts containers inside the pod, which then never fails. Since backoffLimitPerIndex also lifts backoffLimit, nothing limits the restarts.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job, forecast }) {
    const limit = job.spec?.backoffLimitPerIndex;
    if (limit === undefined || job.spec?.template?.spec?.restartPolicy !== 'OnFailure') return [];
    const path = ['spec', 'template', 'spec', 'restartPolicy'];
    return [
      {
        path,
        message: `backoffLimitPerIndex ${limit} has no effect under OnFailure: containers are restarted inside their pod${forecast.retries.endless ? ', without limit' : ''}. It needs Never.`,
        fixes: [
          { title: 'Change restartPolicy to Never', edits: [{ kind: 'set', path, value: 'Never' }], preferred: true },
        ],
      },
    ];
  },
};
