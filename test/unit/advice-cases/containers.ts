// Cases of rules about containers: sidecars, images, how they stop.
import { cronJob, job, type AdviceCase } from './advice-case.ts';

export const CONTAINERS_CASES: Readonly<Record<string, AdviceCase>> = {
  'advice/endless-sidecar': {
    says: [
      {
        text: job({
          container:
            '- name: main\n  image: main:1\n- name: proxy\n  image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.8.0',
        }),
        findings: ['warning spec.template.spec.containers[1].name'],
      },
      {
        text: job({
          pod: 'restartPolicy: Never\ninitContainers: [{name: first, image: "first:1"}]',
          container: '- name: main\n  image: main:1\n- name: logs\n  image: fluent/fluent-bit:3',
        }),
        findings: ['warning spec.template.spec.containers[1].name'],
      },
    ],
    quiet: [
      job({ container: '- name: proxy\n  image: nginx:1' }),
      job({
        container:
          '- name: main\n  image: main:1\n  command: [sh, -c, "work; curl -X POST localhost:15020/quitquitquit"]\n- name: proxy\n  image: istio/proxyv2:1.20',
      }),
      job({ container: '- name: main\n  image: main:1\n- name: test\n  image: nginx:1\n  command: [curl, main]' }),
    ],
    fixed: [
      { kind: 'remove', path: ['spec', 'template', 'spec', 'containers', 1] },
      {
        kind: 'set',
        path: ['spec', 'template', 'spec', 'initContainers'],
        value: [{ name: 'proxy', image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.8.0', restartPolicy: 'Always' }],
      },
    ],
  },
  'advice/container-restarts-always': {
    says: [
      {
        text: job({ container: 'restartPolicy: Always' }),
        findings: ['warning spec.template.spec.containers[0].restartPolicy'],
      },
    ],
    quiet: [
      job({ container: 'restartPolicy: OnFailure' }),
      job({ pod: 'restartPolicy: Never\ninitContainers: [{name: log, image: "log:1", restartPolicy: Always}]' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'template', 'spec', 'containers', 0, 'restartPolicy'], value: 'OnFailure' }],
  },
  'advice/image-tag': {
    says: [
      {
        text: job({ container: '- name: a\n  image: registry:5000/a:latest\n- name: b\n  image: b:latest' }),
        findings: ['hint spec.template.spec.containers[0].image'],
      },
      {
        text: job({ spec: 'backoffLimit: 0\ncompletions: 2', container: '- name: a\n  image: a:latest' }),
        findings: ['hint spec.template.spec.containers[0].image'],
      },
      {
        text: cronJob('schedule: "@daily"', { spec: 'backoffLimit: 0', container: '- name: a\n  image: a:latest' }),
        findings: ['hint spec.jobTemplate.spec.template.spec.containers[0].image'],
      },
    ],
    quiet: [
      job(),
      // One pod, once.
      job({ spec: 'backoffLimit: 0', container: '- name: a\n  image: a:latest' }),
      // Put on the nodes by hand.
      job({ container: '- name: a\n  image: a:latest\n  imagePullPolicy: Never' }),
      job({ container: '- name: a\n  image: ko://example.com/cmd/a:latest' }),
      job({ container: '- name: a\n  image: registry:5000/a@sha256:0000' }),
      job({ container: '- name: a\n  image: ${IMAGE}:latest' }),
    ],
  },
  'advice/impossible-image': {
    says: [
      {
        text: job({ container: '- name: a\n  image: registry.example.com/Team/Worker:1.0' }),
        findings: ['warning spec.template.spec.containers[0].image'],
      },
      {
        text: job({ container: '- name: a\n  image: "worker:1.0 beta"' }),
        findings: ['warning spec.template.spec.containers[0].image'],
      },
      {
        text: job({ container: '- name: a\n  image: https://registry.example.com/worker:1' }),
        findings: ['warning spec.template.spec.containers[0].image'],
      },
      {
        text: job({ container: '- name: a\n  image: worker@sha256:abc' }),
        findings: ['warning spec.template.spec.containers[0].image'],
      },
    ],
    quiet: [
      job({ container: '- name: a\n  image: localhost:5000/team/worker_one:v1.2_3' }),
      job({ container: '- name: a\n  image: Registry.Example.com/team/worker' }),
      job({ container: '- name: a\n  image: ${IMAGE}' }),
      job({ container: '- name: a\n  image: ko://example.com/cmd/worker' }),
      job({ container: '- name: a\n  image: registry.example.com/IMAGE_NAME:1' }),
      job({
        container: `- name: a\n  image: ghcr.io/a/b-c/d.e:1@sha256:${'0a'.repeat(32)}`,
      }),
    ],
    fixed: [
      {
        kind: 'set',
        path: ['spec', 'template', 'spec', 'containers', 0, 'image'],
        value: 'registry.example.com/team/worker:1.0',
      },
    ],
  },
  'advice/grace-too-short': {
    says: [
      {
        text: job({
          container: 'command: [serve]\nlifecycle: {preStop: {exec: {command: [sh, -c, sleep 60]}}}',
        }),
        findings: ['warning spec.template.spec.terminationGracePeriodSeconds'],
      },
      {
        text: job({ pod: 'restartPolicy: Never\nterminationGracePeriodSeconds: 0' }),
        findings: ['information spec.template.spec.terminationGracePeriodSeconds'],
      },
    ],
    quiet: [
      job(),
      job({
        pod: 'restartPolicy: Never\nterminationGracePeriodSeconds: 90',
        container: 'command: [serve]\nlifecycle: {preStop: {exec: {command: [sleep, "60"]}}}',
      }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'template', 'spec', 'terminationGracePeriodSeconds'], value: 90 }],
  },
  'advice/shell-keeps-term': {
    says: [
      {
        text: job({
          pod: 'restartPolicy: Never\nterminationGracePeriodSeconds: 600',
          container: 'command: [sh, -c]\nargs:\n  - |\n    cd /data\n    python train.py --all',
        }),
        findings: ['information spec.template.spec.containers[0].args'],
      },
    ],
    quiet: [
      ...[
        'cd /data\n    exec python train.py',
        'trap stop TERM\n    python train.py',
        'a\n    b | c',
        'for i in 1; do\n      a\n    done',
      ].map((script) =>
        job({
          pod: 'restartPolicy: Never\nterminationGracePeriodSeconds: 600',
          container: `command: [sh, -c]\nargs:\n  - |\n    ${script}`,
        }),
      ),
      job({ container: 'command: [sh, -c]\nargs:\n  - |\n    cd /data\n    python train.py' }),
      job({
        pod: 'restartPolicy: Never\nterminationGracePeriodSeconds: 600',
        container: 'command: [sh, -c, python train.py]',
      }),
    ],
    fixed: [
      {
        kind: 'set',
        path: ['spec', 'template', 'spec', 'containers', 0, 'args', 0],
        value: 'cd /data\nexec python train.py --all\n',
      },
    ],
  },
};
