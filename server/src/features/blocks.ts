/** Whole blocks that are typed often, as lines with tab stops (`${1:text}`). Data only; `completion.ts` offers them. */
export interface Block {
  /** The API object that it is a part of. */
  readonly of: string;
  /** What is typed to find it. */
  readonly label: string;
  readonly meaning: string;
  /** `item`: a whole item of a list; `fields`: fields beside others. */
  readonly as: 'item' | 'fields';
  /** Only inside this field. */
  readonly within?: string;
  readonly lines: readonly string[];
}

const field = (of: string, label: string, meaning: string, ...lines: readonly string[]): Block => ({
  of,
  label,
  meaning,
  as: 'fields',
  lines,
});
const item = (of: string, label: string, meaning: string, ...lines: readonly string[]): Block => ({
  of,
  label,
  meaning,
  as: 'item',
  lines,
});

export const BLOCKS: readonly Block[] = [
  field(
    'JobSpec',
    'podFailurePolicy …',
    'Fail at once on one exit code, and do not count disruptions.',
    'podFailurePolicy:',
    '  rules:',
    '    - action: Ignore',
    '      onPodConditions:',
    '        - type: DisruptionTarget',
    '    - action: FailJob',
    '      onExitCodes:',
    '        operator: In',
    '        values: [${1:42}]',
  ),
  field(
    'JobSpec',
    'successPolicy …',
    'Complete as soon as the leader has succeeded. The Job must be Indexed.',
    'successPolicy:',
    '  rules:',
    '    - succeededIndexes: "${1:0}"',
  ),
  field(
    'JobSpec',
    'completionMode: Indexed …',
    'Each pod gets an index of its own, in JOB_COMPLETION_INDEX.',
    'completionMode: Indexed',
    'completions: ${1:10}',
    'parallelism: ${2:5}',
  ),
  field(
    'JobSpec',
    'backoffLimitPerIndex …',
    'Retries for each index by itself. The Job must be Indexed.',
    'backoffLimitPerIndex: ${1:2}',
    'maxFailedIndexes: ${2:3}',
  ),
  item(
    'PodFailurePolicyRule',
    'rule: fail the Job on an exit code',
    'Retrying cannot help: the whole Job fails at once.',
    'action: FailJob',
    'onExitCodes:',
    '  operator: In',
    '  values: [${1:42}]',
  ),
  item(
    'PodFailurePolicyRule',
    'rule: fail the index on an exit code',
    'This index fails without a further attempt. The Job needs backoffLimitPerIndex.',
    'action: FailIndex',
    'onExitCodes:',
    '  operator: In',
    '  values: [${1:42}]',
  ),
  item(
    'PodFailurePolicyRule',
    'rule: ignore disruptions',
    'Evictions and lost nodes do not count towards the limit.',
    'action: Ignore',
    'onPodConditions:',
    '  - type: DisruptionTarget',
  ),
  item(
    'SuccessPolicyRule',
    'rule: the leader decides',
    'Complete as soon as this index has succeeded.',
    'succeededIndexes: "${1:0}"',
  ),
  item(
    'SuccessPolicyRule',
    'rule: enough of the indexes',
    'Complete as soon as so many indexes have succeeded.',
    'succeededCount: ${1:3}',
  ),
  {
    ...item(
      'Container',
      'sidecar (native)',
      'Runs along with the other containers and does not keep the pod from ending.',
      'name: ${1:proxy}',
      'image: ${2:example.com/proxy:1.0}',
      'restartPolicy: Always',
    ),
    within: 'initContainers',
  },
  item(
    'Container',
    'container',
    'One container with its program and what it needs.',
    'name: ${1:worker}',
    'image: ${2:example.com/worker:1.0}',
    'command: [${3:"worker"}]',
    'resources:',
    '  requests:',
    '    cpu: ${4:250m}',
    '    memory: ${5:256Mi}',
    '  limits:',
    '    memory: ${5:256Mi}',
  ),
  ...['startupProbe', 'livenessProbe', 'readinessProbe'].flatMap((probe) => [
    {
      ...field(
        'Container',
        `${probe}: exec …`,
        'Asks by a command; exit code 0 is yes.',
        `${probe}:`,
        '  exec:',
        '    command: [${1:"true"}]',
        '  periodSeconds: ${2:10}',
      ),
    },
    {
      ...field(
        'Container',
        `${probe}: httpGet …`,
        'Asks over HTTP; a status below 400 is yes.',
        `${probe}:`,
        '  httpGet:',
        '    path: ${1:/healthz}',
        '    port: ${2:8080}',
        '  periodSeconds: ${3:10}',
      ),
    },
  ]),
  field(
    'Container',
    'resources …',
    'What the container asks for, and the most that it gets.',
    'resources:',
    '  requests:',
    '    cpu: ${1:250m}',
    '    memory: ${2:256Mi}',
    '  limits:',
    '    memory: ${2:256Mi}',
  ),
  field(
    'Container',
    'securityContext: restricted …',
    'What the Pod Security level restricted demands of a container.',
    'securityContext:',
    '  allowPrivilegeEscalation: false',
    '  runAsNonRoot: true',
    '  capabilities:',
    '    drop: [ALL]',
    '  seccompProfile:',
    '    type: RuntimeDefault',
  ),
  ...envVar('index of the pod', 'TASK_INDEX', 'The index of an Indexed Job’s pod, under a name of your own.', [
    'fieldRef:',
    "  fieldPath: metadata.annotations['batch.kubernetes.io/job-completion-index']",
  ]),
  ...envVar('name of the pod', 'POD_NAME', 'The pod’s own name.', ['fieldRef:', '  fieldPath: metadata.name']),
  ...envVar('from a Secret', 'PASSWORD', 'One key of a Secret.', [
    'secretKeyRef:',
    '  name: ${2:secret}',
    '  key: ${3:password}',
  ]),
  ...envVar('from a ConfigMap', 'SETTING', 'One key of a ConfigMap.', [
    'configMapKeyRef:',
    '  name: ${2:config}',
    '  key: ${3:setting}',
  ]),
  ...envVar('memory limit', 'MEMORY_LIMIT', 'The container’s own limit, in bytes.', [
    'resourceFieldRef:',
    '  resource: limits.memory',
  ]),
  ...volume('emptyDir', 'Empty at first, gone with the pod.', ['emptyDir:', '  sizeLimit: ${2:1Gi}']),
  ...volume('configMap', 'A ConfigMap’s keys as files.', ['configMap:', '  name: ${2:config}']),
  ...volume('secret', 'A Secret’s keys as files.', ['secret:', '  secretName: ${2:secret}']),
  ...volume('persistentVolumeClaim', 'Storage that outlives the Job.', [
    'persistentVolumeClaim:',
    '  claimName: ${2:claim}',
  ]),
  ...volume('ephemeral', 'Storage of a class, made for the pod and deleted with it.', [
    'ephemeral:',
    '  volumeClaimTemplate:',
    '    spec:',
    '      accessModes: [ReadWriteOnce]',
    '      resources:',
    '        requests:',
    '          storage: ${2:10Gi}',
  ]),
  ...volume('projected', 'Several sources in one folder.', [
    'projected:',
    '  sources:',
    '    - configMap:',
    '        name: ${2:config}',
    '    - secret:',
    '        name: ${3:secret}',
  ]),
  item(
    'VolumeMount',
    'mount',
    'A volume of the pod at a path of the container.',
    'name: ${1:data}',
    'mountPath: ${2:/data}',
  ),
  item(
    'Toleration',
    'toleration: GPU nodes',
    'Nodes that are kept for pods that ask for GPUs.',
    'key: nvidia.com/gpu',
    'operator: Exists',
    'effect: NoSchedule',
  ),
  item(
    'TopologySpreadConstraint',
    'spread over zones',
    'As evenly as can be, without keeping a pod waiting.',
    'maxSkew: 1',
    'topologyKey: topology.kubernetes.io/zone',
    'whenUnsatisfiable: ScheduleAnyway',
    'labelSelector:',
    '  matchLabels:',
    '    ${1:app}: ${2:worker}',
  ),
];

function envVar(label: string, name: string, meaning: string, source: readonly string[]): readonly Block[] {
  const lines = [`name: \${1:${name}}`, 'valueFrom:', ...source.map((line) => `  ${line}`)];
  return [item('EnvVar', `variable: ${label}`, meaning, ...lines)];
}

function volume(kind: string, meaning: string, source: readonly string[]): readonly Block[] {
  return [item('Volume', `volume: ${kind}`, meaning, 'name: ${1:data}', ...source)];
}

/** What an empty document may become. */
export const SKELETONS: readonly Pick<Block, 'label' | 'meaning' | 'lines'>[] = [
  {
    label: 'Job',
    meaning: 'A Job that runs one pod to its end.',
    lines: [
      'apiVersion: batch/v1',
      'kind: Job',
      'metadata:',
      '  name: ${1:name}',
      'spec:',
      '  backoffLimit: ${2:3}',
      '  ttlSecondsAfterFinished: ${3:86400}',
      '  template:',
      '    spec:',
      '      restartPolicy: Never',
      '      containers:',
      '        - name: ${4:worker}',
      '          image: ${5:example.com/worker:1.0}',
    ],
  },
  {
    label: 'CronJob',
    meaning: 'A CronJob that makes such a Job by a schedule.',
    lines: [
      'apiVersion: batch/v1',
      'kind: CronJob',
      'metadata:',
      '  name: ${1:name}',
      'spec:',
      '  schedule: "${2:0 3 * * *}"',
      '  timeZone: ${3:Etc/UTC}',
      '  concurrencyPolicy: ${4:Forbid}',
      '  jobTemplate:',
      '    spec:',
      '      template:',
      '        spec:',
      '          restartPolicy: Never',
      '          containers:',
      '            - name: ${5:worker}',
      '              image: ${6:example.com/worker:1.0}',
    ],
  },
];
