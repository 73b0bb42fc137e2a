import type { AdviceRule } from './rule.ts';

export const ON_FAILURE_LIMIT: AdviceRule = {
  id: 'advice/on-failure-limit',
  title: 'backoffLimit 1 with restartPolicy OnFailure allows no retry',
  why: 'With OnFailure the Job fails as soon as the restarts of its running pods reach backoffLimit, so the last restart is killed as it starts. A limit of 1 gives one run, as 0 does; with restartPolicy Never it would give two.',
  severity: 'information',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    const pod = job.spec?.template?.spec;
    if (job.spec?.backoffLimit !== 1 || pod?.restartPolicy !== 'OnFailure') return [];
    const path = ['spec', 'backoffLimit'];
    return [
      {
        path,
        message:
          'Under OnFailure a limit of 1 is reached by the first restart, which is killed: there is one run and no retry, as with 0.',
        fixes: [
          { title: 'Allow one retry: set backoffLimit to 2', edits: [{ kind: 'set', path, value: 2 }] },
          { title: 'Say that there is no retry: set backoffLimit to 0', edits: [{ kind: 'set', path, value: 0 }] },
        ],
      },
    ];
  },
};
