/** Values and keys that the published schema leaves free and that are well known. Data only; `values.ts` reads it. */

/** A value that a field may have. */
export interface ValueChoice {
  readonly value: string;
  readonly meaning?: string | undefined;
  /** Plain, YAML would read it as something else. */
  readonly quote?: boolean;
}

const named = (meanings: Readonly<Record<string, string>>): readonly ValueChoice[] =>
  Object.entries(meanings).map(([value, meaning]) => ({ value, meaning }));
const quoted = (meanings: Readonly<Record<string, string>>): readonly ValueChoice[] =>
  named(meanings).map((choice) => ({ ...choice, quote: true }));

const TOPOLOGY_KEYS = named({
  'kubernetes.io/hostname': 'each node by itself',
  'topology.kubernetes.io/zone': 'each zone of the provider',
  'topology.kubernetes.io/region': 'each region of the provider',
});

const NODE_LABELS = named({
  'kubernetes.io/hostname': 'the name of the node',
  'kubernetes.io/arch': 'its processor: amd64, arm64',
  'kubernetes.io/os': 'its system: linux, windows',
  'node.kubernetes.io/instance-type': 'the kind of machine, in the provider’s words',
  'topology.kubernetes.io/zone': 'the zone it stands in',
  'topology.kubernetes.io/region': 'the region it stands in',
  'karpenter.sh/capacity-type': 'spot or on-demand, under Karpenter',
  'eks.amazonaws.com/capacityType': 'SPOT or ON_DEMAND, on EKS',
  'cloud.google.com/gke-spot': 'true for spot nodes, on GKE',
  'kubernetes.azure.com/scalesetpriority': 'spot for spot nodes, on AKS',
});

const TAINTS = named({
  'node.kubernetes.io/not-ready': 'the node does not answer its own health check',
  'node.kubernetes.io/unreachable': 'nobody hears from the node',
  'node.kubernetes.io/memory-pressure': 'the node is short of memory',
  'node.kubernetes.io/disk-pressure': 'the node is short of disk',
  'nvidia.com/gpu': 'nodes with GPUs that are kept for those who ask',
  'cloud.google.com/gke-spot': 'spot nodes, on GKE',
  'kubernetes.azure.com/scalesetpriority': 'spot nodes, on AKS',
});

const CAPABILITIES = named({
  ALL: 'every capability: what to drop, never what to add',
  NET_BIND_SERVICE: 'listen on ports below 1024',
  CHOWN: 'change owners of files',
  DAC_OVERRIDE: 'read and write whatever the modes of files say',
  FOWNER: 'act as the owner of any file',
  SETUID: 'become another user',
  SETGID: 'become another group',
  KILL: 'signal processes of others',
  SYS_PTRACE: 'look into other processes',
  SYS_TIME: 'set the clock',
  NET_ADMIN: 'configure the network',
  SYS_ADMIN: 'almost everything that root can do',
});

const FIELD_PATHS = named({
  'metadata.name': 'name of the pod',
  'metadata.namespace': 'its namespace',
  'metadata.uid': 'its uid',
  "metadata.annotations['batch.kubernetes.io/job-completion-index']": 'the index of an Indexed Job’s pod',
  "metadata.labels['batch.kubernetes.io/job-completion-index']": 'the same, from the label (Kubernetes 1.28 or later)',
  "metadata.labels['batch.kubernetes.io/job-name']": 'name of the Job',
  'spec.nodeName': 'name of its node',
  'spec.serviceAccountName': 'its service account',
  'status.hostIP': 'address of its node',
  'status.podIP': 'address of the pod',
  'status.podIPs': 'all its addresses',
});

const CONTAINER_RESOURCES = named({
  'limits.cpu': 'the most processor time, in whole CPUs unless divisor says 1m',
  'limits.memory': 'the most memory, in bytes unless divisor says otherwise',
  'limits.ephemeral-storage': 'the most of the node’s disk',
  'requests.cpu': 'the processor time that was asked for',
  'requests.memory': 'the memory that was asked for',
  'requests.ephemeral-storage': 'the node’s disk that was asked for',
});

const EXIT_CODES = named({
  '1': 'what programs say when they do not say more',
  '2': 'wrong usage, by convention of shells',
  '126': 'found and could not be run, by convention of shells',
  '127': 'not found, by convention of shells',
  '134': 'killed by SIGABRT',
  '137': 'killed by SIGKILL: out of memory, or not gone within its grace period',
  '139': 'killed by SIGSEGV',
  '143': 'killed by SIGTERM: asked to stop',
});

export const SCHEDULES = quoted({
  '*/5 * * * *': 'every five minutes',
  '0 * * * *': 'every hour, on the hour',
  '0 3 * * *': 'every day at 3:00',
  '0 3 * * 1-5': 'Monday to Friday at 3:00',
  '0 3 1 * *': 'on the first day of each month at 3:00',
  '@hourly': 'every hour, on the hour',
  '@daily': 'every day at midnight',
  '@weekly': 'on Sunday at midnight',
  '@monthly': 'on the first day of each month at midnight',
});

/** What may stand in each of the five fields of a schedule. */
export const CRON_FIELDS: readonly (readonly string[])[] = [
  ['0', '30', '*/5', '*/15', '*'],
  ['*', '0', '3', '12', '9-17', '*/6'],
  ['*', '1', '15', '1-7'],
  ['*', '1', '*/3', '1-6'],
  ['*', '1-5', '1', '0', '6', '0,6'],
];

const ACCESS_MODES = named({
  ReadWriteOnce: 'one node mounts it',
  ReadWriteOncePod: 'one pod mounts it',
  ReadWriteMany: 'many nodes mount it',
  ReadOnlyMany: 'many nodes mount it, none writes',
});

/** By the end of the field's path, list places as `*`; the first that fits counts. */
export const KNOWN_VALUES: readonly { readonly ending: string; readonly choices: readonly ValueChoice[] }[] = [
  {
    ending: 'onPodConditions.*.type',
    choices: named({
      DisruptionTarget: 'the pod was evicted, preempted or lost with its node: not the fault of the program',
    }),
  },
  {
    ending: 'onPodConditions.*.status',
    choices: [
      { value: 'True', quote: true },
      { value: 'False', quote: true },
    ],
  },
  { ending: 'onExitCodes.values.*', choices: EXIT_CODES },
  { ending: 'onExitCodes.values', choices: EXIT_CODES },
  {
    ending: 'spec.managedBy',
    choices: named({
      'kubernetes.io/job-controller': 'Kubernetes itself, as without the field',
      'kueue.x-k8s.io/multikueue': 'MultiKueue, which runs the Job in another cluster',
    }),
  },
  { ending: 'topologyKey', choices: TOPOLOGY_KEYS },
  {
    ending: 'topologySpreadConstraints.*.matchLabelKeys.*',
    choices: named({ 'batch.kubernetes.io/job-name': 'only pods of the same Job count' }),
  },
  { ending: 'matchExpressions.*.key', choices: NODE_LABELS },
  { ending: 'tolerations.*.key', choices: TAINTS },
  { ending: 'capabilities.add.*', choices: CAPABILITIES.slice(1) },
  { ending: 'capabilities.drop.*', choices: CAPABILITIES },
  { ending: 'fieldRef.fieldPath', choices: FIELD_PATHS },
  { ending: 'resourceFieldRef.resource', choices: CONTAINER_RESOURCES },
  { ending: 'resourceFieldRef.divisor', choices: named({ '1': 'whole', '1m': 'thousandths', '1Mi': 'mebibytes' }) },
  { ending: 'initContainers.*.restartPolicy', choices: named({ Always: 'a sidecar: it runs along with the others' }) },
  {
    ending: 'emptyDir.medium',
    choices: named({ Memory: 'in memory; what is written counts as the container’s memory' }),
  },
  { ending: 'accessModes.*', choices: ACCESS_MODES },
  { ending: 'nodeSelector.kubernetes.io/arch', choices: named({ amd64: 'x86, 64 bits', arm64: 'ARM, 64 bits' }) },
  { ending: 'nodeSelector.kubernetes.io/os', choices: [{ value: 'linux' }, { value: 'windows' }] },
  { ending: 'nodeSelector.karpenter.sh/capacity-type', choices: [{ value: 'spot' }, { value: 'on-demand' }] },
  { ending: 'nodeSelector.cloud.google.com/gke-spot', choices: [{ value: 'true', quote: true }] },
];

/** Amounts by the resource that is measured. */
export const AMOUNTS: Readonly<Record<string, readonly string[]>> = {
  cpu: ['100m', '250m', '500m', '1', '2', '4'],
  memory: ['64Mi', '128Mi', '256Mi', '512Mi', '1Gi', '2Gi', '4Gi'],
  'ephemeral-storage': ['1Gi', '5Gi', '10Gi'],
  storage: ['1Gi', '10Gi', '100Gi'],
  sizeLimit: ['64Mi', '256Mi', '1Gi'],
  'nvidia.com/gpu': ['1', '2', '4', '8'],
  'amd.com/gpu': ['1', '2', '4', '8'],
};

const RESOURCES = named({
  cpu: 'processor time: 1 is one CPU, 500m half of one',
  memory: 'memory in bytes: 512Mi, 2Gi',
  'ephemeral-storage': 'the node’s disk: logs, layers, emptyDir',
  'nvidia.com/gpu': 'GPUs, whole ones, limits only',
  'amd.com/gpu': 'GPUs, whole ones, limits only',
  'hugepages-2Mi': 'memory in pages of 2 MiB',
});

const LABELS = named({
  'app.kubernetes.io/name': 'name of the application',
  'app.kubernetes.io/instance': 'which of its instances',
  'app.kubernetes.io/version': 'its version',
  'app.kubernetes.io/component': 'its part',
  'app.kubernetes.io/part-of': 'what it is a part of',
  'app.kubernetes.io/managed-by': 'the tool that deploys it',
  'kueue.x-k8s.io/queue-name': 'the queue that admits the Job, under Kueue',
});

const ANNOTATIONS = named({
  'cluster-autoscaler.kubernetes.io/safe-to-evict': '"false": the autoscaler leaves the pod where it is',
  'karpenter.sh/do-not-disrupt': '"true": Karpenter leaves the pod where it is',
  'kubectl.kubernetes.io/default-container': 'the container that logs and exec mean',
  'argocd.argoproj.io/hook': 'when Argo CD runs the Job',
  'helm.sh/hook': 'when Helm runs the Job',
});

/** Well-known keys of free maps, by the end of the map's path. */
export const KNOWN_KEYS: readonly { readonly ending: string; readonly choices: readonly ValueChoice[] }[] = [
  { ending: 'resources.limits', choices: RESOURCES },
  { ending: 'resources.requests', choices: RESOURCES },
  { ending: 'spec.nodeSelector', choices: NODE_LABELS },
  { ending: 'metadata.labels', choices: LABELS },
  { ending: 'metadata.annotations', choices: ANNOTATIONS },
];
