import type { AdviceRule } from './rule.ts';

export const CONTAINER_RESTARTS_ALWAYS: AdviceRule = {
  id: 'advice/container-restarts-always',
  title: 'Container that is started again whenever it ends',
  why: 'A container of its own restartPolicy Always is started again after each end, with exit code 0 too. So its pod never succeeds, and the Job never ends. Only init containers become sidecars that way.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    const containers = job.spec?.template?.spec?.containers ?? [];
    return containers.flatMap(({ name, restartPolicy }, at) => {
      if (restartPolicy !== 'Always') return [];
      const path = ['spec', 'template', 'spec', 'containers', at, 'restartPolicy'];
      return {
        path,
        message: `${name ?? 'This container'} is started again whenever it ends, so its pod never succeeds and the Job never ends.`,
        fixes: [
          {
            title: 'Start it again only when it fails',
            edits: [{ kind: 'set', path, value: 'OnFailure' }],
            preferred: true,
          },
        ],
      };
    });
  },
};
