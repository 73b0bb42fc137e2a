import type { Container } from '../kubernetes/generated/types.ts';
import type { Advice, AdviceRule } from './rule.ts';

/** Seconds that a pod has to stop where nothing is said. */
const DEFAULT_GRACE = 30;

export const GRACE_TOO_SHORT: AdviceRule = {
  id: 'advice/grace-too-short',
  title: 'Too little time to stop',
  why: 'A pod that is evicted, or deleted at a deadline, has terminationGracePeriodSeconds (30 where unset) to stop, its preStop hook included. With 0 it is killed at once, and a hook that sleeps that long leaves the program no time for what it has to write down.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  judgeJob({ job }) {
    const pod = job.spec?.template?.spec;
    const containers = pod?.containers ?? [];
    const path = ['spec', 'template', 'spec', 'terminationGracePeriodSeconds'];
    const grace = pod?.terminationGracePeriodSeconds ?? DEFAULT_GRACE;
    const longest = Math.max(0, ...containers.map(sleepOfHook));
    if (longest > 0 && longest >= grace)
      return [
        {
          path,
          severity: 'warning',
          message: `The preStop hook sleeps ${longest} s of the ${grace} s that the pod has to stop: its program is killed before it is told.`,
          fixes: [
            {
              title: `Give it ${longest + DEFAULT_GRACE} seconds`,
              edits: [{ kind: 'set', path, value: longest + DEFAULT_GRACE }],
            },
          ],
        } satisfies Advice,
      ];
    if (pod?.terminationGracePeriodSeconds === undefined || grace !== 0) return [];
    return [
      {
        path,
        message: 'A pod that is evicted, or stopped at a deadline, is killed at once and cannot finish what it writes.',
        fixes: [{ title: 'Give it the usual 30 seconds', edits: [{ kind: 'remove', path }] }],
      },
    ];
  },
};

/** Seconds that a preStop hook which only sleeps takes. */
function sleepOfHook({ lifecycle }: Container): number {
  const command = (lifecycle?.preStop?.exec?.command ?? []).join(' ');
  return Number(/(?:^|\s)(?:\/bin\/)?sleep\s+(\d+)s?$/.exec(command)?.[1] ?? 0);
}
