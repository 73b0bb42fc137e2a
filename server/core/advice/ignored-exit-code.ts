import { sayDuration } from '../kubernetes/duration-words.ts';
import { RULES, reversedRules } from './failure-policy-reversed.ts';
import type { Advice, AdviceRule } from './rule.ts';

export const IGNORED_EXIT_CODE: AdviceRule = {
  id: 'advice/ignored-exit-code',
  title: 'Ignore on an exit code',
  why: 'An ignored failure is not counted, so a pod that ends with this code every time is made again without limit, at intervals of up to 10 minutes. Only activeDeadlineSeconds ends that. Ignore suits what is not the fault of the program, such as a disruption.',
  severity: 'warning',
  group: 'reliability',
  fixable: true,
  judgeJob({ job, forecast }) {
    const rules = job.spec?.podFailurePolicy?.rules ?? [];
    const reversed = reversedRules(rules).ignoring;
    const deadline = forecast.worst.deadline;
    return rules.flatMap((rule, at): Advice[] => {
      if (rule.action !== 'Ignore' || rule.onExitCodes === undefined || reversed.includes(at)) return [];
      const { operator, values = [] } = rule.onExitCodes;
      const codes = operator === 'NotIn' ? `any code but ${values.join(', ')}` : values.join(', ');
      const path = [...RULES, at, 'action'];
      const change = (action: string) => ({
        title: `Change action to ${action}`,
        edits: [{ kind: 'set' as const, path, value: action }],
      });
      return [
        {
          path,
          severity: deadline === null ? 'warning' : 'information',
          message:
            deadline === null
              ? `A pod that ends with ${codes} is made again without limit: ignored failures do not count towards backoffLimit, and there is no activeDeadlineSeconds.`
              : `A pod that ends with ${codes} is made again until activeDeadlineSeconds (${sayDuration(deadline)}): ignored failures do not count towards backoffLimit.`,
          fixes: [change('Count'), change('FailJob')],
        },
      ];
    });
  },
};
