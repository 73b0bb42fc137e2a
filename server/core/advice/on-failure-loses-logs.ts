import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import type { AdviceRule } from './rule.ts';

export const ON_FAILURE_LOSES_LOGS: AdviceRule = {
  id: 'advice/on-failure-loses-logs',
  title: 'OnFailure deletes the logs of a failed Job',
  why: 'When the restarts reach backoffLimit the controller deletes the running pod, and its logs with it: what failed can only be read in a log store. With Never each failed pod stays, and can be read, until the Job is deleted.',
  severity: 'hint',
  group: 'observability',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, forecast, cronJob }) {
    const path = ['spec', 'template', 'spec', 'restartPolicy'];
    if (job.spec?.template?.spec?.restartPolicy !== 'OnFailure') return [];
    if (forecast.retries.endless || forecast.retries.by !== 'containers' || job.spec.backoffLimitPerIndex !== undefined)
      return [];
    // Never would keep nothing where the Job itself goes, and another rule asks for it already where there are sidecars.
    const { initContainers = [] } = job.spec.template.spec;
    if (isGoneOnceFailed(job, cronJob) || initContainers.some(({ restartPolicy }) => restartPolicy === 'Always'))
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

/** Annotations by which a release tool deletes its hooks, and the word for those that failed. */
const DELETES_HOOKS = {
  'helm.sh/hook-delete-policy': 'hook-failed',
  'argocd.argoproj.io/hook-delete-policy': 'HookFailed',
};

/** True when the failed Job is deleted at once, and its pods with it. */
function isGoneOnceFailed({ metadata, spec }: Job, cronJob: CronJob | null): boolean {
  return (
    spec?.ttlSecondsAfterFinished === 0 ||
    cronJob?.spec?.failedJobsHistoryLimit === 0 ||
    Object.entries(DELETES_HOOKS).some(([key, word]) => metadata?.annotations?.[key]?.includes(word) === true)
  );
}
