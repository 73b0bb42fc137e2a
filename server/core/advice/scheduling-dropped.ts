import type { AdviceRule } from './rule.ts';

export const SCHEDULING_DROPPED: AdviceRule = {
  id: 'advice/scheduling-dropped',
  title: 'spec.scheduling on a cluster without its gate',
  why: 'Placing pods as a group is new in 1.37 and off by default. A server without the feature gate WorkloadWithJob accepts the field and drops it without a word.',
  severity: 'information',
  group: 'correctness',
  fixable: false,
  judgeJob({ job }) {
    if (job.spec?.scheduling === undefined) return [];
    return [
      {
        path: ['spec', 'scheduling'],
        message:
          'Without the feature gate WorkloadWithJob, which is off by default, the server accepts this field and drops it.',
      },
    ];
  },
};
