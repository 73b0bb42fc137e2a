import type { CronJob, Job, JobSpec, PodFailurePolicyRule } from './generated/types.ts';

/**
 * A copy of a Job with the API server's defaults (batch/v1 Job's own fields and the pod fields that the Job controller
 * reads). What the server would refuse stays as it is.
 */
export function defaultJob(job: Job): Job {
  const templateLabels = job.spec?.template?.metadata?.labels;
  const ownLabels = job.metadata?.labels;
  const labels = ownLabels !== undefined && Object.keys(ownLabels).length > 0 ? ownLabels : templateLabels;
  return {
    ...job,
    metadata: labels === undefined ? job.metadata : { ...job.metadata, labels },
    spec: defaultJobSpec(job.spec ?? {}),
  };
}

/** A copy of a CronJob with the API server's defaults. The Job's own defaults come when a Job is made, not before. */
export function defaultCronJob(cronJob: CronJob): CronJob {
  const spec = cronJob.spec ?? {};
  return {
    ...cronJob,
    spec: {
      ...spec,
      concurrencyPolicy: spec.concurrencyPolicy ?? 'Allow',
      suspend: spec.suspend ?? false,
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
    },
  };
}

function defaultJobSpec(spec: JobSpec): JobSpec {
  const neither = spec.completions === undefined && spec.parallelism === undefined;
  const pod = spec.template?.spec;
  return {
    ...spec,
    parallelism: spec.parallelism ?? 1,
    completions: neither ? 1 : spec.completions,
    backoffLimit: spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647),
    completionMode: spec.completionMode ?? 'NonIndexed',
    suspend: spec.suspend ?? false,
    manualSelector: spec.manualSelector ?? false,
    podReplacementPolicy:
      spec.podReplacementPolicy ?? (spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'),
    podFailurePolicy:
      spec.podFailurePolicy === undefined
        ? undefined
        : { ...spec.podFailurePolicy, rules: spec.podFailurePolicy.rules?.map(defaultRule) },
    template:
      pod === undefined
        ? spec.template
        : {
            ...spec.template,
            spec: {
              ...pod,
              restartPolicy: pod.restartPolicy ?? 'Always',
              terminationGracePeriodSeconds: pod.terminationGracePeriodSeconds ?? 30,
            },
          },
  };
}

function defaultRule(rule: PodFailurePolicyRule): PodFailurePolicyRule {
  if (rule.onPodConditions === undefined) return rule;
  return { ...rule, onPodConditions: rule.onPodConditions.map((each) => ({ ...each, status: each.status ?? 'True' })) };
}
