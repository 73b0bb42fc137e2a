import type { ManifestEdit } from '../../server/core/manifest/edit.ts';

/** Manifests that a rule speaks about, and manifests that it keeps quiet about. */
export interface AdviceCase {
  readonly says: readonly { readonly text: string; readonly findings: readonly string[] }[];
  readonly quiet: readonly string[];
  /** What the first fix of the first finding of the first manifest does. */
  readonly fixed?: readonly ManifestEdit[];
}

interface JobText {
  /** Lines of the Job's spec. */
  readonly spec?: string;
  /** Lines of the pod's spec, beside containers. */
  readonly pod?: string;
  /** Lines of the only container, or its whole list when it starts with a dash. */
  readonly container?: string;
  readonly metadata?: string;
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ' '.repeat(by) + line + '\n')
    .join('');
}

function specOf({ spec = '', pod = 'restartPolicy: Never', container = '' }: JobText): string {
  const containers = container.startsWith('- ')
    ? indent(container, 4)
    : indent(`- name: worker\n  image: worker:1.0\n${indent(container, 2)}`, 4);
  return `spec:\n${indent(spec, 2)}  template:\n    spec:\n${indent(pod, 6)}      containers:\n${indent(containers, 4)}`;
}

function job(text: JobText = {}): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: example\n${indent(text.metadata ?? '', 2)}${specOf(text)}`;
}

function cronJob(spec: string, text: JobText & { readonly name?: string } = {}): string {
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ${text.name ?? 'example'}\nspec:\n${indent(spec, 2)}  jobTemplate:\n${indent(specOf(text), 4)}`;
}

const INDEXED = 'completionMode: Indexed\ncompletions: 4\nparallelism: 2';
const AT_ONCE = 'completionMode: Indexed\ncompletions: 40\nparallelism: 40';
const DISRUPTION = '- action: Ignore\n  onPodConditions: [{type: DisruptionTarget}]';
const onCodes = (action: string, values: string, operator = 'In'): string =>
  `- action: ${action}\n  onExitCodes: {operator: ${operator}, values: [${values}]}`;
const policy = (...rules: string[]): string => `podFailurePolicy:\n  rules:\n${indent(rules.join('\n'), 2)}`;

const NODE_TERM =
  'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]';
const nodeTerms = (terms: string, more = ''): string =>
  `restartPolicy: Never\naffinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [${terms}]}}}\n${more}`;

const WRITES =
  'restartPolicy: Never\nterminationGracePeriodSeconds: 600\nvolumes: [{name: data, persistentVolumeClaim: {claimName: data}}]';

const MOUNTS = 'volumeMounts: [{name: data, mountPath: /data}]';

export const ADVICE_CASES: Readonly<Record<string, AdviceCase>> = {
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
  'advice/scheduling-dropped': {
    says: [
      { text: job({ spec: 'scheduling: {schedulingPolicy: {basic: {}}}' }), findings: ['information spec.scheduling'] },
    ],
    quiet: [job()],
  },
  'advice/host-name-too-long': {
    says: [
      {
        text: cronJob('schedule: "@daily"', {
          name: 'a'.repeat(52),
          spec: 'completionMode: Indexed\ncompletions: 100',
        }),
        findings: ['warning metadata.name'],
      },
    ],
    quiet: [
      cronJob('schedule: "@daily"', { name: 'a'.repeat(52), spec: 'completionMode: Indexed\ncompletions: 10' }),
      cronJob('schedule: "@daily"', { name: 'a'.repeat(52), spec: 'completions: 100' }),
    ],
    fixed: [{ kind: 'set', path: ['metadata', 'name'], value: 'a'.repeat(51) }],
  },
  'advice/cron-impossible-date': {
    says: [{ text: cronJob('schedule: 0 0 30 2 *'), findings: ['warning spec.schedule'] }],
    quiet: [
      cronJob('schedule: 0 0 29 2 *'),
      cronJob('schedule: 0 0 31 4,5 *'),
      cronJob('schedule: 0 0 30 2 1'),
      cronJob('schedule: nonsense'),
    ],
    fixed: [
      { kind: 'set', path: ['spec', 'schedule'], value: '0 0 1 1 *' },
      { kind: 'set', path: ['spec', 'suspend'], value: true },
    ],
  },
  'advice/cron-both-days': {
    says: [{ text: cronJob('schedule: 0 0 13 * 5'), findings: ['information spec.schedule'] }],
    quiet: [cronJob('schedule: 0 0 13 * *'), cronJob('schedule: 0 0 * * 5'), cronJob('schedule: 0 0 13 * 0-6')],
  },
  'advice/cron-uneven-step': {
    says: [
      { text: cronJob('schedule: "*/7 * * * *"'), findings: ['information spec.schedule'] },
      { text: cronJob('schedule: 0 0 */2 * *'), findings: ['information spec.schedule'] },
      { text: cronJob('schedule: 0 */5 * * *'), findings: ['information spec.schedule'] },
    ],
    quiet: [cronJob('schedule: "*/15 * * * *"'), cronJob('schedule: 0 */6 * * *'), cronJob('schedule: "*/45 * * * *"')],
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
  'advice/annotation-not-on-pod': {
    says: [
      {
        text: job({ metadata: "annotations:\n  cluster-autoscaler.kubernetes.io/safe-to-evict: 'false'" }),
        findings: ['warning metadata.annotations[cluster-autoscaler.kubernetes.io/safe-to-evict]'],
      },
      {
        text: job({ metadata: "labels:\n  app: a\n  sidecar.istio.io/inject: 'false'" }),
        findings: ['warning metadata.labels[sidecar.istio.io/inject]'],
      },
    ],
    quiet: [job({ metadata: 'annotations: {example.com/owner: us}' })],
  },
  'advice/pods-overlap': {
    says: [{ text: job({ pod: WRITES, container: MOUNTS }), findings: ['information spec.podReplacementPolicy'] }],
    quiet: [
      job({ pod: WRITES, container: MOUNTS, spec: 'podReplacementPolicy: Failed' }),
      job({ pod: WRITES, container: MOUNTS, spec: policy(DISRUPTION) }),
      job({ pod: WRITES, container: MOUNTS, spec: 'completions: 4\nparallelism: 2' }),
      job({ pod: WRITES.replace('600', '30'), container: MOUNTS }),
      job({ pod: WRITES }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'podReplacementPolicy'], value: 'Failed' }],
  },
  'advice/pod-security': {
    says: [
      {
        text: job({
          metadata: 'namespace: restricted',
          container: 'securityContext: {runAsUser: 0}',
        }),
        findings: ['warning spec.template.spec'],
      },
      {
        text: job({ metadata: 'namespace: baseline', container: 'securityContext: {privileged: true}' }),
        findings: ['warning spec.template.spec'],
      },
      {
        text: cronJob('schedule: 0 3 * * *', {
          pod: 'restartPolicy: Never\nhostNetwork: true\nvolumes: [{name: logs, hostPath: {path: /var/log}}]',
        }).replace('name: example', 'name: example\n  namespace: baseline'),
        findings: ['warning spec.jobTemplate.spec.template.spec'],
      },
    ],
    quiet: [
      job(),
      job({ metadata: 'namespace: privileged', container: 'securityContext: {privileged: true}' }),
      job({ metadata: 'namespace: baseline', container: 'securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}' }),
      job({
        metadata: 'namespace: restricted',
        pod: 'restartPolicy: Never\nsecurityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\nvolumes: [{name: tmp, emptyDir: {}}]',
        container: 'securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}',
      }),
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
  'advice/waits-for-lost-node': {
    says: [{ text: job({ spec: 'podReplacementPolicy: Failed' }), findings: ['hint spec.podReplacementPolicy'] }],
    quiet: [
      job({ spec: 'podReplacementPolicy: Failed\nactiveDeadlineSeconds: 600' }),
      job({ spec: policy(DISRUPTION) }),
      job({ spec: 'podReplacementPolicy: TerminatingOrFailed' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'activeDeadlineSeconds'], value: 3600 }],
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
  'advice/starting-deadline-short': {
    says: [
      {
        text: cronJob('schedule: "@daily"\nstartingDeadlineSeconds: 0'),
        findings: ['warning spec.startingDeadlineSeconds'],
      },
      {
        text: cronJob('schedule: "@daily"\nstartingDeadlineSeconds: 9'),
        findings: ['warning spec.startingDeadlineSeconds'],
      },
    ],
    quiet: [cronJob('schedule: "@daily"\nstartingDeadlineSeconds: 10'), cronJob('schedule: "@daily"')],
    fixed: [{ kind: 'set', path: ['spec', 'startingDeadlineSeconds'], value: 120 }],
  },
  'advice/cron-clock-change': {
    says: [
      { text: cronJob('schedule: 30 2 * * *\ntimeZone: Europe/Berlin'), findings: ['information spec.schedule'] },
      { text: cronJob('schedule: 0 1 * * *\ntimeZone: America/New_York'), findings: ['information spec.schedule'] },
    ],
    quiet: [
      cronJob('schedule: 30 3 * * *\ntimeZone: Europe/Berlin'),
      cronJob('schedule: 30 2 * * *\ntimeZone: Asia/Tokyo'),
      cronJob('schedule: 30 2 * * *'),
      cronJob('schedule: 0 * * * *\ntimeZone: Europe/Berlin'),
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
  'advice/failed-history-zero': {
    says: [
      {
        text: cronJob('schedule: "@daily"\nfailedJobsHistoryLimit: 0'),
        findings: ['information spec.failedJobsHistoryLimit'],
      },
    ],
    quiet: [cronJob('schedule: "@daily"\nfailedJobsHistoryLimit: 1'), cronJob('schedule: "@daily"')],
    fixed: [{ kind: 'set', path: ['spec', 'failedJobsHistoryLimit'], value: 1 }],
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
  'advice/matches-no-node': {
    says: [
      { text: job({ pod: nodeTerms('{}') }), findings: [`warning ${NODE_TERM}`] },
      {
        text: job({
          pod: nodeTerms('{matchExpressions: [{key: disk, operator: In, values: [ssd]}]}', 'nodeSelector: {disk: hdd}'),
        }),
        findings: [`warning ${NODE_TERM}`],
      },
      {
        text: job({
          pod: nodeTerms('{matchExpressions: [{key: gpu, operator: Exists}, {key: gpu, operator: DoesNotExist}]}'),
        }),
        findings: [`warning ${NODE_TERM}`],
      },
      {
        text: job({ pod: 'restartPolicy: Never\nos: {name: linux}\nnodeSelector: {kubernetes.io/os: windows}' }),
        findings: ['warning spec.template.spec.nodeSelector[kubernetes.io/os]'],
      },
    ],
    quiet: [
      job({ pod: nodeTerms('{}, {matchExpressions: [{key: disk, operator: Exists}]}') }),
      job({
        pod: nodeTerms(
          '{matchExpressions: [{key: disk, operator: In, values: [ssd, hdd]}]}',
          'nodeSelector: {disk: hdd}',
        ),
      }),
      job({
        pod: nodeTerms(
          '{matchExpressions: [{key: n, operator: Gt, values: ["1"]}, {key: n, operator: NotIn, values: ["3"]}]}',
        ),
      }),
      job({ pod: 'restartPolicy: Never\nos: {name: linux}\nnodeSelector: {kubernetes.io/os: linux}' }),
    ],
  },
  'advice/impossible-name': {
    says: [
      {
        text: job({ pod: 'restartPolicy: Never\nvolumes: [{name: keys, secret: {secretName: My_Keys}}]' }),
        findings: ['warning spec.template.spec.volumes[0].secret.secretName'],
      },
      {
        text: job({
          pod: 'restartPolicy: Never\nvolumes: [{name: a, persistentVolumeClaim: {claimName: Data}}, {name: b, projected: {sources: [{configMap: {name: Settings}}]}}]',
        }),
        findings: [
          'warning spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
          'warning spec.template.spec.volumes[1].projected.sources[0].configMap.name',
        ],
      },
    ],
    quiet: [
      job({ pod: 'restartPolicy: Never\nvolumes: [{name: keys, secret: {secretName: my-keys}}]' }),
      job({ pod: 'restartPolicy: Never\nvolumes: [{name: keys, secret: {secretName: My_Keys, optional: true}}]' }),
      job({ pod: 'restartPolicy: Never\nvolumes: [{name: keys, configMap: {name: "${SETTINGS}"}}]' }),
      job({ pod: 'restartPolicy: Never\nvolumes: [{name: keys, persistentVolumeClaim: {claimName: YOUR_CLAIM}}]' }),
    ],
    fixed: [
      { kind: 'set', path: ['spec', 'template', 'spec', 'volumes', 0, 'secret', 'secretName'], value: 'my-keys' },
    ],
  },
  'advice/missing-key': {
    says: [
      {
        text: job({ container: 'env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: mod}}}]' }),
        findings: ['warning spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.key'],
      },
      {
        text: job({
          pod: 'restartPolicy: Never\nvolumes:\n  - {name: a, secret: {secretName: settings, items: [{key: mode, path: a}, {key: none, path: b}]}}\n  - {name: b, projected: {sources: [{configMap: {name: settings, items: [{key: Level, path: a}]}}]}}',
        }),
        findings: [
          'warning spec.template.spec.volumes[0].secret.items[1].key',
          'warning spec.template.spec.volumes[1].projected.sources[0].configMap.items[0].key',
        ],
      },
      {
        text: cronJob('schedule: "0 3 * * *"', {
          container: 'env: [{name: A, valueFrom: {secretKeyRef: {name: settings, key: other}}}]',
        }),
        findings: ['warning spec.jobTemplate.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key'],
      },
    ],
    quiet: [
      job({ container: 'env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: mode}}}]' }),
      job({ container: 'env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: none, optional: true}}}]' }),
      job({ container: 'env: [{name: A, valueFrom: {configMapKeyRef: {name: unknown, key: none}}}]' }),
      job({
        pod: 'restartPolicy: Never\nvolumes: [{name: a, configMap: {name: settings, optional: true, items: [{key: none, path: a}]}}]',
      }),
    ],
    fixed: [
      {
        kind: 'set',
        path: ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'valueFrom', 'configMapKeyRef', 'key'],
        value: 'mode',
      },
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
  'advice/cron-jobs-refused': {
    says: [
      {
        text: cronJob('schedule: 0 3 * * *', { name: 'nightly.report', spec: INDEXED }),
        findings: ['warning metadata.name'],
      },
      {
        text: cronJob('schedule: 0 3 * * *').replace(
          '  jobTemplate:\n',
          '  jobTemplate:\n    metadata: {labels: {team: "a team"}}\n',
        ),
        findings: ['warning spec.jobTemplate.metadata.labels'],
      },
    ],
    quiet: [
      cronJob('schedule: 0 3 * * *', { name: 'nightly.report' }),
      cronJob('schedule: 0 3 * * *', { name: 'nightly-report', spec: INDEXED }),
      // Refused as it stands.
      cronJob('schedule: never', { name: 'nightly.report', spec: INDEXED }),
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
