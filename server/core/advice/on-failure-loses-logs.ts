import type { AdviceRule } from './rule.ts';

export const ON_FAILURE_LOSES_LOGS: AdviceRule = {
  id: 'advice/on-failure-loses-logs',
  title: 'OnFailure deletes the logs of a failed Job',
  why: 'When the restarts reach backoffLimit the controller deletes the running pod, and its logs with it: what failed can only be read in a log store. With Never each failed pod stays, and can be read, until the Job is deleted.',
  severity: 'hint',
  group: 'observability',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, forecast }) {
    const path = ['spec', 'template', 'spec', 'restartPolicy'];
    if (job.spec?.template?.spec?.restartPolicy !== 'OnFailure') return [];
    if (forecast.retries.endless || forecast.retries.by !== 'containers' || job.spec.backoffLimitPerIndex !== undefined)
      return [];
    return [
      {
        path,
        message:
          'When the Job fails, OnFailure deletes the pod with its logs; with Never the failed pods stay to be read.',
        fixes: [{ title: 'Change restartPolicy to Never', edits: [{ kind: 'set', path, value: 'Never' }] }],
      },
    ];
  },
};
