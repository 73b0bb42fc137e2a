import type { AdviceRule } from './rule.ts';

export const WAITS_FOR_LOST_NODE: AdviceRule = {
  id: 'advice/waits-for-lost-node',
  title: 'Replacement that waits for a lost node',
  why: 'With podReplacementPolicy Failed a new pod is made when the old one has ended. The pod of a node that is gone does not end until somebody deletes the node or the pod by force, so without activeDeadlineSeconds the Job waits.',
  severity: 'hint',
  group: 'reliability',
  fixable: true,
  judgeJob({ job }) {
    const { podReplacementPolicy, activeDeadlineSeconds, podFailurePolicy } = job.spec ?? {};
    if (podReplacementPolicy !== 'Failed' || podFailurePolicy !== undefined || activeDeadlineSeconds !== undefined)
      return [];
    return [
      {
        path: ['spec', 'podReplacementPolicy'],
        message:
          'Where a node is lost its pod does not end, and nothing replaces it or ends the Job: there is no activeDeadlineSeconds.',
        fixes: [
          {
            title: 'End the Job after an hour',
            edits: [{ kind: 'set', path: ['spec', 'activeDeadlineSeconds'], value: 3600 }],
          },
        ],
      },
    ];
  },
};
