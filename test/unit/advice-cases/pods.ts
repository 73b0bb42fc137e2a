// Cases of rules about what pods need: nodes, volumes, a namespace that takes them.
import { cronJob, DISRUPTION, job, nodeTerms, policy, type AdviceCase } from './advice-case.ts';

const NODE_TERM =
  'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]';

const WRITES =
  'restartPolicy: Never\nterminationGracePeriodSeconds: 600\nvolumes: [{name: data, persistentVolumeClaim: {claimName: data}}]';

const MOUNTS = 'volumeMounts: [{name: data, mountPath: /data}]';

export const PODS_CASES: Readonly<Record<string, AdviceCase>> = {
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
  'advice/waits-for-lost-node': {
    says: [{ text: job({ spec: 'podReplacementPolicy: Failed' }), findings: ['hint spec.podReplacementPolicy'] }],
    quiet: [
      job({ spec: 'podReplacementPolicy: Failed\nactiveDeadlineSeconds: 600' }),
      job({ spec: policy(DISRUPTION) }),
      job({ spec: 'podReplacementPolicy: TerminatingOrFailed' }),
    ],
    fixed: [{ kind: 'set', path: ['spec', 'activeDeadlineSeconds'], value: 3600 }],
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
  'advice/scheduling-dropped': {
    says: [
      { text: job({ spec: 'scheduling: {schedulingPolicy: {basic: {}}}' }), findings: ['information spec.scheduling'] },
    ],
    quiet: [job()],
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
};
