import type { PodSpec } from '../kubernetes/generated/types.ts';
import type { AdviceRule } from './rule.ts';

/** Seconds to stop from which two pods at once are likely to meet. */
const LONG_GRACE = 60;

export const PODS_OVERLAP: AdviceRule = {
  id: 'advice/pods-overlap',
  title: 'Old and new pod at work at the same time',
  why: 'A pod that is deleted or evicted is replaced at once, while it still has its grace period to stop. Two pods then work on the same data though parallelism is 1. With podReplacementPolicy Failed the new one waits until the old one has ended.',
  severity: 'information',
  group: 'correctness',
  fixable: true,
  judgeJob({ job, forecast }) {
    const { parallelism, spec } = forecast;
    const pod = job.spec?.template?.spec;
    if (parallelism.peak !== 1 || spec.podReplacementPolicy !== 'TerminatingOrFailed' || pod === undefined) return [];
    const grace = pod.terminationGracePeriodSeconds ?? 0;
    if (grace < LONG_GRACE || !writesToShared(pod)) return [];
    const path = ['spec', 'podReplacementPolicy'];
    return [
      {
        path,
        message: `A pod that is evicted has ${grace} s to stop, and the next starts at once: for that time two pods write to the same volume.`,
        fixes: [{ title: 'Wait for its end: Failed', edits: [{ kind: 'set', path, value: 'Failed' }] }],
      },
    ];
  },
};

function writesToShared({ volumes = [], containers = [] }: PodSpec): boolean {
  const shared = new Set(
    volumes
      .filter(
        ({ persistentVolumeClaim: claim, hostPath }) =>
          hostPath !== undefined || (claim !== undefined && claim.readOnly !== true),
      )
      .map(({ name }) => name),
  );
  return containers.some(({ volumeMounts = [] }) =>
    volumeMounts.some(({ name, readOnly }) => readOnly !== true && shared.has(name)),
  );
}
