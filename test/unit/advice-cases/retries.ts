// Cases of rules about retries: of the Job, of an index, inside of a pod.
import { cronJob, DISRUPTION, INDEXED, job, nodeTerms, onCodes, policy, type AdviceCase } from './advice-case.ts';

const AT_ONCE = 'completionMode: Indexed\ncompletions: 40\nparallelism: 40';

export const RETRIES_CASES: Readonly<Record<string, AdviceCase>> = {
  'advice/per-index-on-failure': {
    says: [
      {
        text: job({ spec: `${INDEXED}\nbackoffLimitPerIndex: 2`, pod: 'restartPolicy: OnFailure' }),
        findings: ['warning spec.template.spec.restartPolicy'],
      },
    ],
    quiet: [job({ spec: `${INDEXED}\nbackoffLimitPerIndex: 2` }), job({ pod: 'restartPolicy: OnFailure' })],
    fixed: [{ kind: 'set', path: ['spec', 'template', 'spec', 'restartPolicy'], value: 'Never' }],
  },
  'advice/on-failure-limit': {
    says: [
      {
        text: job({ spec: 'backoffLimit: 1', pod: 'restartPolicy: OnFailure' }),
        findings: ['information spec.backoffLimit'],
      },
    ],
    quiet: [
      job({ spec: 'backoffLimit: 1' }),
      job({ spec: 'backoffLimit: 0', pod: 'restartPolicy: OnFailure' }),
      job({ spec: 'backoffLimit: 2', pod: 'restartPolicy: OnFailure' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'backoffLimit'], value: 2 }],
  },
  'advice/failures-together': {
    says: [
      { text: job({ spec: `backoffLimit: 1\n${INDEXED}` }), findings: ['information spec.backoffLimit'] },
      {
        text: job({ spec: 'completions: 100\nparallelism: 10\nbackoffLimit: 5' }),
        findings: ['information spec.backoffLimit'],
      },
    ],
    quiet: [
      job({ spec: 'completions: 100\nparallelism: 10\nbackoffLimit: 10' }),
      job({ spec: 'completions: 100\nparallelism: 10' }),
      job({ spec: 'completions: 100\nparallelism: 10\nbackoffLimit: 0' }),
      job({ spec: 'completions: 2\nparallelism: 10\nbackoffLimit: 2' }),
    ],
    fixed: [
      { kind: 'remove', path: ['spec', 'backoffLimit'] },
      { kind: 'set', path: ['spec', 'backoffLimitPerIndex'], value: 1 },
    ],
  },
  'advice/shared-retries': {
    says: [
      {
        text: job({ spec: 'completionMode: Indexed\ncompletions: 100\nbackoffLimit: 5' }),
        findings: ['information spec.backoffLimit'],
      },
      {
        text: job({ spec: 'completionMode: Indexed\ncompletions: 100' }),
        findings: ['information spec.backoffLimit'],
      },
      {
        text: job({ spec: `${AT_ONCE}\nbackoffLimit: 5` }),
        findings: ['information spec.backoffLimit'],
      },
      {
        text: job({
          spec: 'completionMode: Indexed\ncompletions: 100\nparallelism: 10',
          pod: 'restartPolicy: Never\nsubdomain: peers',
        }),
        findings: ['information spec.backoffLimit'],
      },
    ],
    quiet: [
      job({ spec: INDEXED }),
      job({ spec: 'completionMode: Indexed\ncompletions: 100\nbackoffLimit: 0' }),
      job({ spec: 'completionMode: Indexed\ncompletions: 100\nbackoffLimitPerIndex: 1' }),
      job({ spec: 'completions: 100\nbackoffLimit: 5' }),
      job({ spec: 'completionMode: Indexed\ncompletions: 100', pod: 'restartPolicy: OnFailure' }),
      // Pods that find each other, or are placed near each other, do not go on without one of them.
      job({ spec: AT_ONCE, pod: 'restartPolicy: Never\nsubdomain: peers' }),
      job({ spec: AT_ONCE }).replace(
        '  template:\n',
        '  template:\n    metadata: {annotations: {kueue.x-k8s.io/podset-required-topology: rack}}\n',
      ),
    ],
    fixed: [{ kind: 'rename', path: ['spec', 'backoffLimit'], name: 'backoffLimitPerIndex' }],
  },
  'advice/sidecar-uses-retries': {
    says: [
      {
        text: job({
          pod: 'restartPolicy: OnFailure\ninitContainers: [{name: proxy, image: "p:1", restartPolicy: Always}]',
        }),
        findings: ['information spec.template.spec.restartPolicy'],
      },
    ],
    quiet: [
      job({ pod: 'restartPolicy: Never\ninitContainers: [{name: proxy, image: "p:1", restartPolicy: Always}]' }),
      job({ pod: 'restartPolicy: OnFailure\ninitContainers: [{name: setup, image: "s:1"}]' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'template', 'spec', 'restartPolicy'], value: 'Never' }],
  },
  'advice/spot-uses-retries': {
    says: [
      {
        text: job({ pod: "restartPolicy: Never\nnodeSelector: {cloud.google.com/gke-spot: 'true'}" }),
        findings: ['information spec.template.spec'],
      },
      {
        text: job({
          spec: policy(onCodes('FailJob', '42')),
          pod: nodeTerms('{matchExpressions: [{key: karpenter.sh/capacity-type, operator: In, values: [spot]}]}'),
        }),
        findings: ['information spec.template.spec'],
      },
    ],
    quiet: [
      job({ pod: "restartPolicy: OnFailure\nnodeSelector: {cloud.google.com/gke-spot: 'true'}" }),
      job({ spec: policy(DISRUPTION), pod: "restartPolicy: Never\nnodeSelector: {cloud.google.com/gke-spot: 'true'}" }),
      job({
        pod: nodeTerms(
          '{matchExpressions: [{key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand]}]}',
        ),
      }),
      job({ pod: 'restartPolicy: Never\nnodeSelector: {eks.amazonaws.com/capacityType: ON_DEMAND}' }),
    ],
    fixed: [
      {
        kind: 'set',
        path: ['spec', 'podFailurePolicy'],
        value: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
      },
    ],
  },
  'advice/deadline-below-retries': {
    says: [
      {
        text: job({ spec: 'backoffLimit: 6\nactiveDeadlineSeconds: 300' }),
        findings: ['information spec.activeDeadlineSeconds'],
      },
    ],
    quiet: [
      job({ spec: 'activeDeadlineSeconds: 300' }),
      job({ spec: 'backoffLimit: 4\nactiveDeadlineSeconds: 300' }),
      job({ spec: 'backoffLimit: 6' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'backoffLimit'], value: 4 }],
  },
  'advice/on-failure-loses-logs': {
    says: [
      { text: job({ pod: 'restartPolicy: OnFailure' }), findings: ['hint spec.template.spec.restartPolicy'] },
      {
        text: job({
          metadata: 'annotations: {helm.sh/hook: post-install, helm.sh/hook-delete-policy: hook-succeeded}',
          pod: 'restartPolicy: OnFailure\ninitContainers: [{name: setup, image: "setup:1"}]',
        }),
        findings: ['hint spec.template.spec.restartPolicy'],
      },
    ],
    quiet: [
      job(),
      job({ spec: 'backoffLimit: 2147483647', pod: 'restartPolicy: OnFailure' }),
      // The Job itself goes, whatever its pods do.
      job({ spec: 'ttlSecondsAfterFinished: 0', pod: 'restartPolicy: OnFailure' }),
      job({
        metadata: 'annotations: {helm.sh/hook: post-install, helm.sh/hook-delete-policy: "hook-succeeded,hook-failed"}',
        pod: 'restartPolicy: OnFailure',
      }),
      job({
        metadata: 'annotations: {argocd.argoproj.io/hook: Sync, argocd.argoproj.io/hook-delete-policy: HookFailed}',
        pod: 'restartPolicy: OnFailure',
      }),
      cronJob('schedule: "@daily"\nfailedJobsHistoryLimit: 0', { pod: 'restartPolicy: OnFailure' }),
      // Another rule asks for Never there.
      job({ pod: 'restartPolicy: OnFailure\ninitContainers: [{name: log, image: "log:1", restartPolicy: Always}]' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'template', 'spec', 'restartPolicy'], value: 'Never' }],
  },
};
