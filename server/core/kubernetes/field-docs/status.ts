import type { ObjectDocs } from './field-doc.ts';

/** Status of a batch/v1 Job: everything here is written by the controller. */
export const STATUS_DOCS: Readonly<Record<string, ObjectDocs>> = {
  JobStatus: {
    active: { summary: 'Pods that are pending or running and not being deleted.', written: true },
    ready: { summary: 'Active pods that are ready.', written: true },
    succeeded: { summary: 'Pods that ended with success; of an Indexed Job, indexes.', written: true },
    failed: {
      summary: 'Pods that failed and were counted.',
      detail: 'Includes pods that were stopped because the Job failed; not those that a rule ignores.',
      written: true,
    },
    terminating: {
      summary: 'Pods that are being deleted and have not ended.',
      written: true,
      since: { on: '1.29', stable: '1.34' },
    },
    completedIndexes: { summary: 'Indexes that succeeded, such as `0,2-4`.', written: true },
    failedIndexes: {
      summary: 'Indexes that used up their retries.',
      written: true,
      since: { on: '1.29', stable: '1.33' },
    },
    startTime: { summary: 'When the Job started, or was last resumed.', written: true },
    completionTime: { summary: 'When the Job became Complete; a failed Job has none.', written: true },
    conditions: { summary: 'What is known about the end: Complete, Failed, and what leads there.', written: true },
    uncountedTerminatedPods: { summary: 'Pods that have ended and are about to be counted.', written: true },
  },
  JobCondition: {
    type: {
      summary: 'What the condition is about.',
      written: true,
      values: {
        Complete: 'the Job has succeeded',
        Failed: 'the Job has failed',
        Suspended: 'the Job is suspended',
        FailureTarget: 'the Job is about to fail: its pods are being stopped',
        SuccessCriteriaMet: 'the Job is about to be Complete: pods left over are being stopped',
      },
    },
    status: { summary: 'True, False or Unknown.', written: true },
    reason: {
      summary: 'Why, in one word, such as BackoffLimitExceeded, DeadlineExceeded or PodFailurePolicy.',
      written: true,
    },
    message: { summary: 'Why, in a sentence.', written: true },
    lastTransitionTime: { summary: 'When the status last changed.', written: true },
    lastProbeTime: { summary: 'When the condition was last looked at.', written: true },
  },
  UncountedTerminatedPods: {
    succeeded: { summary: 'Unique ids of pods that succeeded.', written: true },
    failed: { summary: 'Unique ids of pods that failed.', written: true },
  },
};
