import type { PodSecurityContext, PodSpec, SecurityContext } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Report } from './report.ts';

const SYSTEMS = ['linux', 'windows'];
const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Linux matters that a Windows pod must not have. */
const NOT_FOR_WINDOWS_PODS: readonly (keyof PodSecurityContext)[] = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const NOT_FOR_WINDOWS_CONTAINERS: readonly (keyof SecurityContext)[] = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

/** `os` of the pod, and what it forbids; `at` is the pod's spec. */
export function checkOs(pod: PodSpec, at: FieldPath, report: Report): void {
  if (pod.os !== undefined) {
    const { name = '' } = pod.os;
    if (name === '') report.required([...at, 'os', 'name']);
    else if (name === 'linux') checkLinux(pod, at, report);
    else if (name === 'windows') checkWindows(pod, at, report);
    else report.notSupported([...at, 'os'], name, SYSTEMS, { shownAt: [...at, 'os', 'name'], fixes: [] });
  }
  checkHostProcess(pod, at, report);
}

/** Every container's security context with its path. */
function contextsOf(pod: PodSpec, at: FieldPath): { context: SecurityContext; place: FieldPath }[] {
  return CONTAINER_LISTS.flatMap((list) =>
    (pod[list] ?? []).map(({ securityContext = {} }, index) => ({
      context: securityContext,
      place: [...at, list, index, 'securityContext'],
    })),
  );
}

function checkLinux(pod: PodSpec, at: FieldPath, report: Report): void {
  const says = 'windows options cannot be set for a linux pod';
  if (pod.securityContext?.windowsOptions) report.forbidden([...at, 'securityContext', 'windowsOptions'], says);
  for (const { context, place } of contextsOf(pod, at))
    if (context.windowsOptions) report.forbidden([...place, 'windowsOptions'], says);
}

function checkWindows(pod: PodSpec, at: FieldPath, report: Report): void {
  const says = 'cannot be set for a windows pod';
  const own = pod.securityContext ?? {};
  for (const field of NOT_FOR_WINDOWS_PODS)
    if (own[field] !== undefined) report.forbidden([...at, 'securityContext', field], says);
  if ((own.sysctls ?? []).length > 0) report.forbidden([...at, 'securityContext', 'sysctls'], says);
  for (const field of ['hostUsers', 'shareProcessNamespace'] as const)
    if (pod[field] !== undefined) report.forbidden([...at, field], says);
  for (const field of ['hostPID', 'hostIPC'] as const) if (pod[field] === true) report.forbidden([...at, field], says);
  for (const { context, place } of contextsOf(pod, at))
    for (const field of NOT_FOR_WINDOWS_CONTAINERS)
      if (context[field] !== undefined) report.forbidden([...place, field], says);
}

/** Windows host process containers: all of a pod's or none, and on the node's network. */
function checkHostProcess(pod: PodSpec, at: FieldPath, report: Report): void {
  const inherited = pod.securityContext?.windowsOptions?.hostProcess;
  const containers = contextsOf(pod, at);
  let hostProcesses = 0;
  for (const { context, place } of containers) {
    const own = context.windowsOptions?.hostProcess;
    if (inherited !== undefined && own !== undefined && inherited !== own)
      report.invalid(
        [...place, 'windowsOptions', 'hostProcess'],
        own,
        `pod hostProcess value must be identical if both are specified, was ${inherited}`,
      );
    if (own ?? inherited ?? false) hostProcesses++;
  }
  if (hostProcesses === 0) return;
  if (hostProcesses !== containers.length)
    report.invalid(
      at,
      '',
      'If pod contains any hostProcess containers then all containers must be HostProcess containers',
    );
  if (pod.hostNetwork !== true)
    report.invalid(
      [...at, 'hostNetwork'],
      false,
      'hostNetwork must be true if pod contains any hostProcess containers',
      {
        fixes: [
          {
            title: 'Set hostNetwork to true',
            edits: [{ kind: 'set', path: [...at, 'hostNetwork'], value: true }],
            preferred: true,
          },
        ],
      },
    );
}
