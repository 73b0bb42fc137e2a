import type { AdviceRule } from './rule.ts';

export const PARALLELISM_CAPPED: AdviceRule = {
  id: 'advice/parallelism-capped',
  title: 'Parallelism above completions',
  why: 'The controller never runs more pods than completions are still missing, so parallelism above completions has no effect. Whoever reads the manifest expects more pods than there will be; with gang scheduling the gang never finds its pods.',
  severity: 'information',
  group: 'correctness',
  fixable: true,
  judgeJob({ forecast }) {
    const { asked, peak, limit } = forecast.parallelism;
    if (limit !== 'completions') return [];
    const path = ['spec', 'parallelism'];
    return [
      {
        path,
        message: `Parallelism ${asked} is capped at ${peak}: there are never more pods than completions still missing.`,
        fixes: [
          { title: `Set parallelism to ${peak}`, edits: [{ kind: 'set', path, value: peak }], preferred: true },
          {
            title: `Set completions to ${asked}`,
            edits: [{ kind: 'set', path: ['spec', 'completions'], value: asked }],
          },
        ],
      },
    ];
  },
};
