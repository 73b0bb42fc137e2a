// Cases of rules about the Job as a whole: limits, its end, who applies it.
import { cronJob, INDEXED, job, type AdviceCase } from './advice-case.ts';

export const JOB_CASES: Readonly<Record<string, AdviceCase>> = {
  'advice/deadline-on-pod-only': {
    says: [
      {
        text: job({ pod: 'restartPolicy: Never\nactiveDeadlineSeconds: 600' }),
        findings: ['information spec.template.spec.activeDeadlineSeconds'],
      },
    ],
    quiet: [
      job({ spec: 'activeDeadlineSeconds: 900', pod: 'restartPolicy: Never\nactiveDeadlineSeconds: 600' }),
      job({ spec: 'backoffLimit: 0', pod: 'restartPolicy: Never\nactiveDeadlineSeconds: 600' }),
    ],
    fixed: [
      { kind: 'remove', path: ['spec', 'template', 'spec', 'activeDeadlineSeconds'] },
      { kind: 'set', path: ['spec', 'activeDeadlineSeconds'], value: 600 },
    ],
  },
  'advice/ttl-zero': {
    says: [
      { text: job({ spec: 'ttlSecondsAfterFinished: 0' }), findings: ['information spec.ttlSecondsAfterFinished'] },
    ],
    quiet: [
      job({ spec: 'ttlSecondsAfterFinished: 60' }),
      job({ spec: 'ttlSecondsAfterFinished: 0', metadata: 'annotations: {helm.sh/hook: post-install}' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'ttlSecondsAfterFinished'], value: 3600 }],
  },
  'advice/never-starts': {
    says: [
      { text: job({ spec: 'activeDeadlineSeconds: 0' }), findings: ['warning spec.activeDeadlineSeconds'] },
      { text: job({ spec: 'parallelism: 0\ncompletions: 3' }), findings: ['warning spec.parallelism'] },
      { text: job({ spec: 'completions: 0\nparallelism: 0' }), findings: ['information spec.completions'] },
    ],
    quiet: [
      job({ spec: 'activeDeadlineSeconds: 1\nparallelism: 1' }),
      job({ spec: 'parallelism: 0\nsuspend: true' }),
      job({ spec: 'parallelism: 0', metadata: 'labels: {kueue.x-k8s.io/queue-name: nightly}' }),
    ],
    fixed: [{ kind: 'remove', path: ['spec', 'activeDeadlineSeconds'] }],
  },
  'advice/synced-job': {
    says: [
      {
        text: job({ metadata: "annotations:\n  argocd.argoproj.io/sync-wave: '1'" }),
        findings: ['information metadata.annotations'],
      },
      {
        text: job({ metadata: "annotations:\n  argocd.argoproj.io/sync-wave: '1'" }).replace(
          'name: example',
          'generateName: example-',
        ),
        findings: ['warning metadata.generateName'],
      },
      {
        text: job({ metadata: 'annotations:\n  kustomize.toolkit.fluxcd.io/prune: disabled' }),
        findings: ['information metadata.annotations'],
      },
    ],
    quiet: [
      job(),
      job({ metadata: 'annotations: {argocd.argoproj.io/hook: Sync}' }),
      job({ metadata: 'annotations: {argocd.argoproj.io/sync-options: "Force=true,Replace=true"}' }),
      job({ metadata: 'annotations: {kustomize.toolkit.fluxcd.io/force: enabled}' }),
      job().replace('name: example', 'generateName: example-'),
    ],
    fixed: [
      {
        kind: 'set',
        path: ['metadata', 'annotations', { key: 'argocd.argoproj.io/sync-options' }],
        value: 'Force=true,Replace=true',
      },
    ],
  },
  'advice/left-unset': {
    says: [
      { text: job(), findings: ['hint spec'] },
      { text: job({ spec: INDEXED }), findings: ['hint spec'] },
      { text: cronJob('schedule: 0 3 * * *'), findings: ['hint spec'] },
    ],
    quiet: [
      job({
        spec: 'activeDeadlineSeconds: 600\nbackoffLimit: 2\nttlSecondsAfterFinished: 600',
        container: 'resources: {requests: {cpu: 100m}}',
      }),
      job({
        spec: 'activeDeadlineSeconds: 600\nbackoffLimit: 2',
        container: 'resources: {limits: {memory: 1Gi}}',
        metadata: 'labels: {app.kubernetes.io/managed-by: Helm}',
      }),
      cronJob('schedule: "@hourly"\nconcurrencyPolicy: Forbid', {
        spec: 'activeDeadlineSeconds: 600\nbackoffLimit: 2',
        container: 'resources: {requests: {cpu: 100m}}',
      }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'activeDeadlineSeconds'], value: 3600 }],
  },
};
