import type { PodSpec, Sysctl } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { byteLength } from '../kubernetes/text.ts';
import type { Report } from './report.ts';
import { checkAppArmor, checkId, checkSeccomp, checkWindowsOptions } from './security-profiles.ts';

const LONGEST_SYSCTL = 253;
const SYSCTL = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';
const SYSCTL_NAME = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;
/** Kernel settings that belong to the IPC namespace without saying so in their name. */
const IPC_SYSCTLS = new Set(
  'kernel.sem kernel.shmall kernel.shmmax kernel.shmmni kernel.shm_rmid_forced kernel.shm kernel.msgmax kernel.msgmnb kernel.msgmni kernel.msg'.split(
    ' ',
  ),
);

/** Fields with a few words to choose from, in the server's order. */
const CHOICES = {
  fsGroupChangePolicy: ['Always', 'OnRootMismatch'],
  supplementalGroupsPolicy: ['Merge', 'Strict'],
  seLinuxChangePolicy: ['MountOption', 'Recursive'],
} as const;

/** `securityContext` of the pod, and what host namespaces ask of it; `at` is the pod's spec. */
export function checkPodSecurity(pod: PodSpec, at: FieldPath, report: Report): void {
  const context = pod.securityContext ?? {};
  const place: FieldPath = [...at, 'securityContext'];
  for (const field of ['fsGroup', 'runAsUser', 'runAsGroup'] as const)
    checkId(context[field], [...place, field], report);
  for (const [index, group] of (context.supplementalGroups ?? []).entries())
    checkId(group, [...place, 'supplementalGroups', index], report);
  checkSysctls(context.sysctls ?? [], pod, [...place, 'sysctls'], report);
  for (const [field, choices] of Object.entries(CHOICES) as [keyof typeof CHOICES, readonly string[]][]) {
    const value = context[field];
    if (value !== undefined && !choices.includes(value)) report.notSupported([...place, field], value, choices);
  }
  checkSeccomp(context.seccompProfile, [...place, 'seccompProfile'], report);
  checkWindowsOptions(context.windowsOptions, [...place, 'windowsOptions'], report);
  checkAppArmor(context.appArmorProfile, [...place, 'appArmorProfile'], report);
  if (pod.shareProcessNamespace === true && pod.hostPID === true)
    report.invalid([...at, 'shareProcessNamespace'], true, 'ShareProcessNamespace and HostPID cannot both be enabled');
  checkHostUsers(pod, at, report);
}

function checkSysctls(sysctls: readonly Sysctl[], pod: PodSpec, at: FieldPath, report: Report): void {
  const names = new Set<string>();
  for (const [index, { name = '' }] of sysctls.entries()) {
    const place = [...at, index, 'name'];
    if (name === '') report.required(place);
    else if (byteLength(name) > LONGEST_SYSCTL || !SYSCTL_NAME.test(name))
      report.invalid(place, name, `must have at most ${LONGEST_SYSCTL} characters and match regex ${SYSCTL}`);
    else if (names.has(name)) report.duplicate(place, name);
    names.add(name);
    const namespace = sysctlNamespace(name);
    if (pod.hostNetwork === true && namespace === 'net')
      report.invalid(place, name, "may not be specified when 'hostNetwork' is true");
    else if (pod.hostIPC === true && namespace === 'ipc')
      report.invalid(place, name, "may not be specified when 'hostIPC' is true");
  }
}

/** The kernel namespace that a setting belongs to, as far as host namespaces matter. */
function sysctlNamespace(name: string): 'net' | 'ipc' | 'other' {
  // A name whose first separator is a slash has slashes and dots the other way round.
  const slashed = /^[^./]*\//.test(name);
  const swapped = slashed ? name.replaceAll(/[./]/g, (mark) => (mark === '.' ? '/' : '.')) : name;
  const plain = swapped.split('*')[0]!;
  if (plain.startsWith('net.')) return 'net';
  return IPC_SYSCTLS.has(plain) || plain.startsWith('fs.mqueue.') ? 'ipc' : 'other';
}

/** A pod with user namespaces of its own cannot use the host's other ones. */
function checkHostUsers(pod: PodSpec, at: FieldPath, report: Report): void {
  if (pod.hostUsers !== false) return;
  const says = 'when `hostUsers` is false';
  if (pod.hostNetwork === true) report.forbidden([...at, 'hostNetwork'], says);
  if (pod.hostPID === true) report.forbidden([...at, 'HostPID'], says, { shownAt: [...at, 'hostPID'] });
  if (pod.hostIPC === true) report.forbidden([...at, 'HostIPC'], says, { shownAt: [...at, 'hostIPC'] });
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'] as const)
    for (const [index, { volumeDevices = [] }] of (pod[list] ?? []).entries())
      if (volumeDevices.length > 0) report.forbidden([...at, list, index, 'volumeDevices'], says);
}
