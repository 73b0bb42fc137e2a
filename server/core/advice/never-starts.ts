import type { Advice, AdviceRule } from './rule.ts';

/** Labels of queues that raise parallelism or resume a Job when its turn comes. */
const QUEUES = ['kueue.x-k8s.io/queue-name', 'queue-name'];

export const NEVER_STARTS: AdviceRule = {
  id: 'advice/never-starts',
  title: 'Job that starts no pod',
  why: 'The API server accepts a deadline of 0 seconds, with which a Job fails in the moment in which it starts, a parallelism of 0, with which it waits until somebody raises it, and completions of 0, with which it is complete before it did anything.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    const { activeDeadlineSeconds, parallelism, completions, suspend } = job.spec ?? {};
    const advice: Advice[] = [];
    if (Number(activeDeadlineSeconds) === 0)
      advice.push({
        path: ['spec', 'activeDeadlineSeconds'],
        message: 'With a deadline of 0 seconds the Job fails as soon as it starts (DeadlineExceeded).',
        fixes: [{ title: 'Remove the deadline', edits: [{ kind: 'remove', path: ['spec', 'activeDeadlineSeconds'] }] }],
      });
    if (completions === 0)
      advice.push({
        path: ['spec', 'completions'],
        severity: 'information',
        message: 'With completions 0 the Job is complete at once, and no pod is ever made.',
      });
    else if (
      parallelism === 0 &&
      suspend !== true &&
      !QUEUES.some((label) => job.metadata?.labels?.[label] !== undefined)
    )
      advice.push({
        path: ['spec', 'parallelism'],
        message:
          'With parallelism 0 no pod is made until somebody raises it. To hold a Job back, suspend: true says so plainly.',
        fixes: [
          {
            title: 'Suspend it instead',
            edits: [
              { kind: 'remove', path: ['spec', 'parallelism'] },
              { kind: 'set', path: ['spec', 'suspend'], value: true },
            ],
          },
        ],
      });
    return advice;
  },
};
