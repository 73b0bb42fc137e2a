import { sayList } from '../forecast/words.ts';
import type { Container, PodSpec } from '../kubernetes/generated/types.ts';
import type { Fix, Json, ManifestEdit } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { AdviceRule } from './rule.ts';

/** Levels of the Pod Security Standards that refuse anything; a namespace's label `pod-security.kubernetes.io/enforce`. */
export type PodSecurityLevel = 'baseline' | 'restricted';

const POD: FieldPath = ['spec', 'template', 'spec'];

/** What `baseline` lets a container add. */
const CAPABILITIES = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);
/** Sources of volumes that `restricted` lets a pod have. */
const VOLUMES = new Set(
  'name configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret'.split(' '),
);

export const POD_SECURITY: AdviceRule = {
  id: 'advice/pod-security',
  title: 'Pods that their namespace refuses',
  why: 'A namespace with a Pod Security level takes the Job, and then refuses each of its pods (FailedCreate): the Job runs for ever without a pod, or into its deadline. Jobwright knows the level where the Namespace, with its label, is in the same text, or where a setting says it.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job, podSecurity }) {
    const pod = job.spec?.template?.spec;
    if (podSecurity === null || pod === undefined || pod.os?.name === 'windows') return [];
    const containers = [...(pod.initContainers ?? []), ...(pod.containers ?? [])];
    const forbidden = [...forbiddenInPod(pod), ...containers.flatMap(forbiddenInContainer)];
    const restricted = podSecurity === 'restricted' ? forbiddenVolumes(pod) : [];
    const missing = podSecurity === 'restricted' ? missingFor(pod, containers) : [];
    const said = [...new Set([...forbidden, ...restricted, ...missing])];
    if (said.length === 0) return [];
    return [
      {
        path: [...POD],
        message: `The namespace enforces ${podSecurity}, which refuses these pods: ${sayList(said, 'and')}.`,
        fixes: said.length > missing.length ? [] : [restrict(pod)],
      },
    ];
  },
};

function forbiddenInPod({ hostNetwork, hostPID, hostIPC, volumes = [] }: PodSpec): string[] {
  const hosts = Object.entries({ hostNetwork, hostPID, hostIPC }).flatMap(([field, set]) =>
    set === true ? field : [],
  );
  return [...hosts, ...(volumes.some(({ hostPath }) => hostPath !== undefined) ? ['a hostPath volume'] : [])];
}

function forbiddenInContainer({ name = '?', securityContext = {}, ports = [] }: Container): string[] {
  const said: string[] = [];
  if (securityContext.privileged === true) said.push(`${name} is privileged`);
  const added = (securityContext.capabilities?.add ?? []).filter((capability) => !CAPABILITIES.has(capability));
  if (added.length > 0) said.push(`${name} adds ${added.join(', ')}`);
  if (ports.some(({ hostPort = 0 }) => hostPort > 0)) said.push(`${name} has a hostPort`);
  return said;
}

function forbiddenVolumes({ volumes = [] }: PodSpec): string[] {
  return volumes.flatMap((volume) =>
    Object.entries(volume).flatMap(([source, value]) =>
      value === undefined || VOLUMES.has(source) || source === 'hostPath' ? [] : [`a volume of kind ${source}`],
    ),
  );
}

/** What `restricted` wants to be said, and is not, in the words of its fields. */
function missingFor(pod: PodSpec, containers: readonly Container[]): string[] {
  const { runAsNonRoot, seccompProfile, runAsUser } = pod.securityContext ?? {};
  const own = containers.map(({ securityContext }) => securityContext ?? {});
  const said: string[] = [];
  if (own.some((each) => each.allowPrivilegeEscalation !== false)) said.push('allowPrivilegeEscalation is not false');
  if (own.some((each) => each.capabilities?.drop?.includes('ALL') !== true))
    said.push('not all capabilities are dropped');
  if (own.some((each) => (each.runAsNonRoot ?? runAsNonRoot) !== true)) said.push('runAsNonRoot is not true');
  if (own.some((each) => (each.runAsUser ?? runAsUser) === 0)) said.push('runAsUser is 0');
  const profiles = own.map((each) => (each.seccompProfile ?? seccompProfile)?.type);
  if (profiles.some((type) => type !== 'RuntimeDefault' && type !== 'Localhost'))
    said.push('seccompProfile is not set');
  return said;
}

function restrict(pod: PodSpec): Fix {
  const set = (path: FieldPath, value: Json): ManifestEdit => ({ kind: 'set', path: [...POD, ...path], value });
  const edits = [
    set(['securityContext', 'runAsNonRoot'], true),
    set(['securityContext', 'seccompProfile'], { type: 'RuntimeDefault' }),
    ...(pod.securityContext?.runAsUser === 0 ? [set(['securityContext', 'runAsUser'], 65534)] : []),
  ];
  for (const field of ['initContainers', 'containers'] as const)
    for (const [at, container] of (pod[field] ?? []).entries()) {
      const path = [field, at, 'securityContext'];
      const { capabilities, runAsNonRoot, runAsUser, seccompProfile } = container.securityContext ?? {};
      edits.push(set([...path, 'allowPrivilegeEscalation'], false));
      if (capabilities?.drop?.includes('ALL') !== true) edits.push(set([...path, 'capabilities', 'drop'], ['ALL']));
      if (runAsNonRoot === false) edits.push(set([...path, 'runAsNonRoot'], true));
      if (runAsUser === 0) edits.push(set([...path, 'runAsUser'], 65534));
      if (seccompProfile?.type === 'Unconfined') edits.push(set([...path, 'seccompProfile', 'type'], 'RuntimeDefault'));
    }
  return { title: 'Say what restricted wants', edits };
}
