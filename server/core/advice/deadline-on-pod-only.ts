import { sayDuration } from '../kubernetes/duration-words.ts';
import type { AdviceRule } from './rule.ts';

export const DEADLINE_ON_POD_ONLY: AdviceRule = {
  id: 'advice/deadline-on-pod-only',
  title: 'activeDeadlineSeconds on the pod template only',
  why: 'The field exists twice. In the pod template each pod has a clock of its own, and a pod whose time is up has failed and is retried; a pod that finds no room is not limited at all. In the Job’s spec it limits the Job.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  judgeJob({ job, forecast }) {
    const seconds = job.spec?.template?.spec?.activeDeadlineSeconds;
    if (seconds === undefined || job.spec?.activeDeadlineSeconds !== undefined) return [];
    if (forecast.retries.limit === 0) return [];
    const path = ['spec', 'template', 'spec', 'activeDeadlineSeconds'];
    return [
      {
        path,
        message: `This limits each pod to ${sayDuration(seconds)}, and a pod whose time is up is retried. The Job as a whole has no deadline.`,
        fixes: [
          {
            title: 'Move the deadline to the Job',
            edits: [
              { kind: 'remove', path },
              { kind: 'set', path: ['spec', 'activeDeadlineSeconds'], value: seconds },
            ],
          },
        ],
      },
    ];
  },
};
