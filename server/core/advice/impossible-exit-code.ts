import { RULES } from './failure-policy-reversed.ts';
import type { Advice, AdviceRule } from './rule.ts';

export const IMPOSSIBLE_EXIT_CODE: AdviceRule = {
  id: 'advice/impossible-exit-code',
  title: 'Exit code that no process ends with',
  why: 'The API server accepts any number, but a Linux process ends with 0 to 255: exit(256) ends with 0, exit(-1) with 255. A value outside of that never matches.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job, forecast }) {
    return forecast.failureRules.flatMap(({ rule, impossible }) => {
      const values = job.spec?.podFailurePolicy?.rules?.[rule]?.onExitCodes?.values ?? [];
      return impossible.map((code): Advice => {
        const list = [...RULES, rule, 'onExitCodes', 'values'];
        const real = ((code % 256) + 256) % 256;
        const others = values.filter((value) => value !== code);
        const fixed = real === 0 || others.includes(real) ? others : [...others, real].sort((a, b) => a - b);
        return {
          path: [...list, values.indexOf(code)],
          message: `No process ends with ${code}: exit codes go from 0 to 255${real === 0 ? '' : `, and exit(${code}) ends with ${real}`}.`,
          fixes:
            fixed.length === 0
              ? []
              : [
                  {
                    title:
                      fixed.includes(real) && !others.includes(real) ? `Change ${code} to ${real}` : `Remove ${code}`,
                    edits: [{ kind: 'set', path: list, value: fixed }],
                    preferred: true,
                  },
                ],
        };
      });
    });
  },
};
