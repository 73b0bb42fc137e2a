import { IGNORE_DISRUPTIONS } from '../kubernetes/failure-policy.ts';
import { sayList } from '../forecast/words.ts';
import type { Fix } from '../manifest/edit.ts';
import { literalExitCodes } from './container-text.ts';
import type { AdviceRule } from './rule.ts';

export const EXIT_CODES_NOT_TOLD_APART: AdviceRule = {
  id: 'advice/exit-codes-not-told-apart',
  title: 'Retriable and fatal exit codes not told apart',
  why: 'A script that ends with different codes for different errors tells what is worth a retry and what is not. Without a podFailurePolicy every one of them is retried until backoffLimit is used up. A rule with FailJob for the fatal codes saves the waiting and names the cause.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, forecast }) {
    const spec = job.spec ?? {};
    const pod = spec.template?.spec;
    if (spec.podFailurePolicy !== undefined || forecast.retries.limit === 0 || pod?.restartPolicy !== 'Never')
      return [];
    const codes = literalExitCodes(pod);
    if (codes.length < 2) return [];
    const container = pod.containers?.length === 1 ? pod.containers[0]?.name : undefined;
    return [
      {
        path: ['spec'],
        message: `The script ends with ${sayList(
          codes.map((code) => `exit ${code}`),
          'and',
        )}, and each is retried alike (${forecast.retries.attempts} attempts): a podFailurePolicy can fail the Job at once for those that no retry heals.`,
        fixes: codes.slice(0, 4).map((code) => failOn(code, container)),
      },
    ];
  },
};

function failOn(code: number, container: string | undefined): Fix {
  return {
    title: `Fail the Job at once on exit code ${code}`,
    edits: [
      {
        kind: 'set',
        path: ['spec', 'podFailurePolicy'],
        value: {
          rules: [
            IGNORE_DISRUPTIONS,
            {
              action: 'FailJob',
              onExitCodes: {
                ...(container === undefined ? {} : { containerName: container }),
                operator: 'In',
                values: [code],
              },
            },
          ],
        },
      },
    ],
  };
}
