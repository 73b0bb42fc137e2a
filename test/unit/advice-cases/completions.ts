// Cases of rules about completions, parallelism and the index of a pod.
import { INDEXED, job, type AdviceCase } from './advice-case.ts';

export const COMPLETIONS_CASES: Readonly<Record<string, AdviceCase>> = {
  'advice/parallelism-capped': {
    says: [{ text: job({ spec: 'parallelism: 10\ncompletions: 3' }), findings: ['information spec.parallelism'] }],
    quiet: [
      job({ spec: 'parallelism: 3\ncompletions: 3' }),
      job({ spec: 'parallelism: 3' }),
      job({ spec: 'parallelism: 2\ncompletions: 0' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'parallelism'], value: 3 }],
  },
  'advice/completions-forgotten': {
    says: [
      {
        text: job({ spec: 'parallelism: 5', container: '- name: convert\n  image: convert:1' }),
        findings: ['information spec.parallelism'],
      },
    ],
    quiet: [
      job({ spec: 'parallelism: 5\ncompletions: 5' }),
      job({ spec: 'parallelism: 1', container: '- name: convert\n  image: convert:1' }),
      job({
        spec: 'parallelism: 5',
        container: '- name: convert\n  image: convert:1\n  env: [{name: QUEUE_URL, value: "redis://queue:6379"}]',
      }),
    ],
  },
  'advice/index-never-read': {
    says: [
      {
        text: job({ spec: INDEXED, container: 'command: [sh, -c, "echo start; sleep 5"]' }),
        findings: ['warning spec.completionMode'],
      },
      {
        text: job({ spec: INDEXED, container: 'command: [process-data, --total=5]' }),
        findings: ['information spec.completionMode'],
      },
      {
        text: job({ spec: INDEXED, container: 'command: [sh, -c, "for i in 1 2; do python train.py; done"]' }),
        findings: ['information spec.completionMode'],
      },
      { text: job({ spec: INDEXED }), findings: ['hint spec.completionMode'] },
    ],
    quiet: [
      job({ spec: INDEXED, container: 'command: [sh, -c, "echo $JOB_COMPLETION_INDEX"]' }),
      job({ spec: INDEXED, container: 'command: [sh, -c, "echo ${HOSTNAME##*-}"]' }),
      job({
        spec: INDEXED,
        container: `command: [echo]\nenv: [{name: SHARD, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']"}}}]`,
      }),
      job({
        spec: INDEXED,
        pod: `restartPolicy: Never\nvolumes: [{name: info, downwardAPI: {items: [{path: index, fieldRef: {fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']"}}]}}]`,
        container: 'command: [cat, /info/index]',
      }),
      job({ spec: INDEXED, pod: 'restartPolicy: Never\nsubdomain: peers', container: 'command: [echo]' }),
      job({ spec: 'completions: 4', container: 'command: [echo]' }),
      job({ spec: 'completionMode: Indexed\ncompletions: 1', container: 'command: [echo]' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'completionMode'], value: 'NonIndexed' }],
  },
  'advice/index-variable-set': {
    says: [
      {
        text: job({
          spec: INDEXED,
          container: 'env:\n  - name: A\n    value: a\n  - name: JOB_COMPLETION_INDEX\n    value: "0"',
        }),
        findings: ['warning spec.template.spec.containers[0].env[1].name'],
      },
    ],
    quiet: [
      job({ spec: 'completions: 4', container: 'env: [{name: JOB_COMPLETION_INDEX, value: "0"}]' }),
      job({
        spec: INDEXED,
        container: `env: [{name: JOB_COMPLETION_INDEX, valueFrom: {fieldRef: {fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']"}}}]`,
      }),
    ],
    fixed: [{ kind: 'remove', path: ['spec', 'template', 'spec', 'containers', 0, 'env', 1] }],
  },
  'advice/index-not-expanded': {
    says: [
      {
        text: job({
          spec: INDEXED,
          container: 'command: [process]\nargs: ["--index=$JOB_COMPLETION_INDEX", "--total=4"]',
        }),
        findings: ['warning spec.template.spec.containers[0].args[0]'],
      },
      {
        text: job({
          spec: INDEXED,
          container:
            'env: [{name: SHARD, value: $(JOB_COMPLETION_INDEX)}, {name: FILE, value: part-$(JOB_COMPLETION_INDEX)}]',
        }),
        findings: [
          'warning spec.template.spec.containers[0].env[0].value',
          'warning spec.template.spec.containers[0].env[1].value',
        ],
      },
    ],
    quiet: [
      job({ spec: INDEXED, container: 'command: [process]\nargs: ["--index=$(JOB_COMPLETION_INDEX)"]' }),
      job({ spec: INDEXED, container: 'command: [sh, -c]\nargs: ["process --index=$JOB_COMPLETION_INDEX"]' }),
      job({ spec: INDEXED, container: 'args: ["--index=$JOB_COMPLETION_INDEX"]' }),
      job({
        spec: INDEXED,
        container: 'command: [python, -c, "import os; os.system(\\"echo $JOB_COMPLETION_INDEX\\")"]',
      }),
    ],
    fixed: [
      {
        kind: 'set',
        path: ['spec', 'template', 'spec', 'containers', 0, 'args', 0],
        value: '--index=$(JOB_COMPLETION_INDEX)',
      },
    ],
  },
};
