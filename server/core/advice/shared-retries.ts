import type { Fix } from '../manifest/edit.ts';
import { isGang } from './gang.ts';
import type { AdviceRule } from './rule.ts';

/** Fewer parts than that are soon done again. */
const MANY = 20;

export const SHARED_RETRIES: AdviceRule = {
  id: 'advice/shared-retries',
  title: 'One bad index stops all the others',
  why: 'backoffLimit counts the failures of all indexes together. One part that can never succeed uses them up, and the Job fails with everything that was still to do. With backoffLimitPerIndex each index has retries of its own, and the others run to their end.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, forecast }) {
    const { work, retries } = forecast;
    const spec = job.spec ?? {};
    if (work.kind !== 'indexes' || work.completions < MANY || retries.limit === 0 || retries.endless) return [];
    if (spec.backoffLimitPerIndex !== undefined || spec.successPolicy !== undefined || isGang(job, forecast)) return [];
    if (spec.template?.spec?.restartPolicy !== 'Never' || retries.limit >= work.completions) return [];
    return [
      {
        path: ['spec', 'backoffLimit'],
        message: `One index that fails again and again uses up the ${retries.limit} retries of all ${work.completions}, and the Job fails with everything that is still to do: backoffLimitPerIndex gives each its own.`,
        fixes: [perIndex(spec.backoffLimit)],
      },
    ];
  },
};

function perIndex(limit: number | undefined): Fix {
  return {
    title: 'Count retries per index',
    edits: [
      limit === undefined
        ? { kind: 'set', path: ['spec', 'backoffLimitPerIndex'], value: 3 }
        : { kind: 'rename', path: ['spec', 'backoffLimit'], name: 'backoffLimitPerIndex' },
    ],
  };
}
