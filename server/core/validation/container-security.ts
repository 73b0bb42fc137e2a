import type { SecurityContext } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { PodContext } from './pod-context.ts';
import type { Report } from './report.ts';
import { checkAppArmor, checkId, checkSeccomp, checkWindowsOptions } from './security-profiles.ts';

const PROC_MOUNTS = ['Default', 'Unmasked'];

/** `securityContext` of a container. */
export function checkContainerSecurity(
  context: SecurityContext | undefined,
  pod: PodContext,
  at: FieldPath,
  report: Report,
): void {
  if (context === undefined) return;
  const { allowPrivilegeEscalation, capabilities, privileged, procMount } = context;
  checkId(context.runAsUser, [...at, 'runAsUser'], report);
  checkId(context.runAsGroup, [...at, 'runAsGroup'], report);
  if (procMount !== undefined) {
    if (!PROC_MOUNTS.includes(procMount)) report.notSupported([...at, 'procMount'], procMount, PROC_MOUNTS);
    if (procMount === 'Unmasked' && pod.hostUsers)
      report.invalid([...at, 'procMount'], procMount, '`hostUsers` must be false to use `Unmasked`');
  }
  checkSeccomp(context.seccompProfile, [...at, 'seccompProfile'], report);
  if (allowPrivilegeEscalation === false) {
    const say = (what: string): void =>
      report.invalid(at, context, `cannot set \`allowPrivilegeEscalation\` to false and ${what}`, {
        shownAt: [...at, 'allowPrivilegeEscalation'],
      });
    if (privileged === true) say('`privileged` to true');
    if (capabilities?.add?.includes('CAP_SYS_ADMIN') === true) say('`capabilities.Add` CAP_SYS_ADMIN');
  }
  checkWindowsOptions(context.windowsOptions, [...at, 'windowsOptions'], report);
  checkAppArmor(context.appArmorProfile, [...at, 'appArmorProfile'], report);
}
