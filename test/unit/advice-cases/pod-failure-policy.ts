// Cases of rules about podFailurePolicy and exit codes.
import { DISRUPTION, job, onCodes, policy, type AdviceCase } from './advice-case.ts';

export const POD_FAILURE_POLICY_CASES: Readonly<Record<string, AdviceCase>> = {
  'advice/failure-policy-reversed': {
    says: [
      {
        text: job({
          spec: policy(
            '- action: Ignore\n  onExitCodes: {containerName: worker, operator: In, values: [42]}',
            '- action: FailJob\n  onPodConditions: [{type: DisruptionTarget}]',
          ),
        }),
        findings: ['warning spec.podFailurePolicy.rules[0].action', 'warning spec.podFailurePolicy.rules[1].action'],
      },
    ],
    quiet: [
      job({ spec: policy(onCodes('FailJob', '42'), DISRUPTION) }),
      job({ spec: policy(onCodes('Ignore', '42'), DISRUPTION) }),
    ],
    fixed: [
      { kind: 'set', path: ['spec', 'podFailurePolicy', 'rules', 0, 'action'], value: 'FailJob' },
      { kind: 'set', path: ['spec', 'podFailurePolicy', 'rules', 1, 'action'], value: 'Ignore' },
    ],
  },
  'advice/unreachable-rule': {
    says: [
      {
        text: job({ spec: policy(onCodes('FailJob', '0', 'NotIn'), onCodes('Ignore', '42')) }),
        findings: ['warning spec.podFailurePolicy.rules[1]'],
      },
      {
        text: job({ spec: policy(onCodes('FailJob', '42'), onCodes('Ignore', '42')) }),
        findings: ['warning spec.podFailurePolicy.rules[1]'],
      },
      {
        text: job({
          spec: policy(DISRUPTION, '- action: FailJob\n  onPodConditions: [{type: DisruptionTarget, status: "True"}]'),
        }),
        findings: ['warning spec.podFailurePolicy.rules[1]'],
      },
    ],
    quiet: [
      job({ spec: policy(DISRUPTION, onCodes('FailJob', '42'), onCodes('Count', '42, 43')) }),
      job({ spec: policy(onCodes('FailJob', '256')) }),
    ],
    fixed: [
      { kind: 'remove', path: ['spec', 'podFailurePolicy', 'rules', 1] },
      {
        kind: 'insert',
        path: ['spec', 'podFailurePolicy', 'rules'],
        index: 0,
        value: { action: 'Ignore', onExitCodes: { operator: 'In', values: [42] } },
      },
    ],
  },
  'advice/impossible-exit-code': {
    says: [
      {
        text: job({ spec: policy(DISRUPTION, onCodes('FailJob', '3, 256')) }),
        findings: ['warning spec.podFailurePolicy.rules[1].onExitCodes.values[1]'],
      },
      {
        text: job({ spec: policy(onCodes('FailJob', '300')) }),
        findings: ['warning spec.podFailurePolicy.rules[0].onExitCodes.values[0]'],
      },
    ],
    quiet: [
      job({ spec: policy(onCodes('FailJob', '1, 255')) }),
      job({ spec: policy(onCodes('FailJob', '256', 'NotIn')) }),
      job({ spec: policy(onCodes('FailJob', '256')), pod: 'restartPolicy: Never\nos: {name: windows}' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'podFailurePolicy', 'rules', 1, 'onExitCodes', 'values'], value: [3] }],
  },
  'advice/ignored-exit-code': {
    says: [
      {
        text: job({ spec: policy(onCodes('Ignore', '42')) }),
        findings: ['warning spec.podFailurePolicy.rules[0].action'],
      },
      {
        text: job({ spec: `activeDeadlineSeconds: 600\n${policy(onCodes('Ignore', '42'))}` }),
        findings: ['information spec.podFailurePolicy.rules[0].action'],
      },
    ],
    quiet: [job({ spec: policy(DISRUPTION, onCodes('Count', '42')) })],
    fixed: [{ kind: 'set', path: ['spec', 'podFailurePolicy', 'rules', 0, 'action'], value: 'Count' }],
  },
  'advice/disruption-fails-job': {
    says: [
      {
        text: job({ spec: policy(onCodes('FailJob', '1', 'NotIn')) }),
        findings: ['warning spec.podFailurePolicy.rules[0].action'],
      },
      {
        text: job({ spec: policy(onCodes('FailJob', '137')) }),
        findings: ['information spec.podFailurePolicy.rules[0].action'],
      },
      {
        text: job({ spec: policy('- action: FailJob\n  onPodConditions: [{type: DisruptionTarget}]') }),
        findings: ['information spec.podFailurePolicy.rules[0].action'],
      },
    ],
    quiet: [
      job({ spec: policy(DISRUPTION, onCodes('FailJob', '1', 'NotIn')) }),
      job({ spec: policy(onCodes('FailJob', '1, 42')) }),
      job({ spec: policy(onCodes('FailJob', '137, 143', 'NotIn')) }),
    ],
    fixed: [
      {
        kind: 'insert',
        path: ['spec', 'podFailurePolicy', 'rules'],
        index: 0,
        value: { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
      },
    ],
  },
  'advice/exit-codes-not-told-apart': {
    says: [
      {
        text: job({ container: 'command: [bash, -c, "test -f /in || exit 3; work || exit 4"]' }),
        findings: ['information spec'],
      },
    ],
    quiet: [
      job({ container: 'command: [bash, -c, "work || exit 1"]' }),
      job({ spec: 'backoffLimit: 0', container: 'command: [bash, -c, "a || exit 3; b || exit 4"]' }),
      job({ spec: policy(onCodes('FailJob', '3')), container: 'command: [bash, -c, "a || exit 3; b || exit 4"]' }),
      job({ container: 'command: [python, -c, "exit 3; exit 4"]' }),
    ],
    fixed: [
      {
        kind: 'set',
        path: ['spec', 'podFailurePolicy'],
        value: {
          rules: [
            { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
            { action: 'FailJob', onExitCodes: { containerName: 'worker', operator: 'In', values: [3] } },
          ],
        },
      },
    ],
  },
};
