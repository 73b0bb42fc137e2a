import type { AdviceRule } from './rule.ts';

export const SIDECAR_USES_RETRIES: AdviceRule = {
  id: 'advice/sidecar-uses-retries',
  title: 'Restarts of a sidecar count as retries',
  why: 'With restartPolicy OnFailure the controller adds up the restarts of all containers of its running pods, those of sidecars included, and fails the Job when they reach backoffLimit. A proxy that is restarted a few times then ends work that went well. With Never only failed pods count.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  judgeJob({ job, forecast }) {
    const pod = job.spec?.template?.spec;
    if (pod?.restartPolicy !== 'OnFailure') return [];
    const path = ['spec', 'template', 'spec', 'restartPolicy'];
    const sidecars = (pod.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
    if (sidecars.length === 0) return [];
    return [
      {
        path,
        message: `Under OnFailure each restart of ${sidecars.map(({ name = '?' }) => name).join(' and ')} counts towards backoffLimit (${forecast.retries.limit}), too.`,
        fixes: [{ title: 'Change restartPolicy to Never', edits: [{ kind: 'set', path, value: 'Never' }] }],
      },
    ];
  },
};
