import type { Job } from '../../server/core/kubernetes/generated/types.ts';

/** The Job of the demo: an index that fails and is retried, one that never succeeds, an eviction, a memory limit. */
export const DEMO_JOB: Job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'resize-photos', namespace: 'demo' },
  spec: {
    completions: 12,
    parallelism: 4,
    completionMode: 'Indexed',
    backoffLimitPerIndex: 2,
    maxFailedIndexes: 3,
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        { action: 'FailIndex', onExitCodes: { containerName: 'resize', operator: 'In', values: [42] } },
      ],
    },
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'resize',
            image: 'photos/resize:2.1',
            resources: { requests: { cpu: '500m', memory: '256Mi' }, limits: { memory: '512Mi' } },
          },
        ],
      },
    },
  },
};

/** How its pods behave. */
export const DEMO_SCENARIO: unknown = {
  version: 1,
  default: { startup: { min: 0.8, max: 2.5 }, run: { p50: 9, p95: 14 } },
  pods: [
    { match: { index: 2, attempt: 0 }, run: 4, exitCode: 1 },
    { match: { index: 5, attempt: 0 }, run: 6, oomKilled: true },
    { match: { index: 7 }, run: 5, exitCode: 42 },
    { match: { index: 9, attempt: 0 }, disrupt: { at: 5, by: 'eviction' }, grace: 2 },
  ],
};
