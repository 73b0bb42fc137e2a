import type { PodTemplateSpec } from '../../kubernetes/generated/types.ts';
import type { FieldPath } from '../../manifest/path.ts';
import type { Report } from '../report.ts';
import { containersOf, warnAt } from './pod-warnings.ts';

/** Annotations that lost their meaning. */
const OLD_ANNOTATIONS: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APPARMOR_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/';
const OLD_SECCOMP = 'non-functional in v1.27+; use the "seccompProfile" field instead';
const OLD_APPARMOR = 'deprecated since v1.30; use the "appArmorProfile" field instead';
const LOCALHOST = 'localhost/';

/** Annotations of the template that a field replaced; `at` is the template. */
export function warnOfAnnotations(template: PodTemplateSpec, at: FieldPath, report: Report): void {
  const annotations = template.metadata?.annotations ?? {};
  const spec = template.spec ?? {};
  const warn = (key: string, what: string): void => warnAt([...at, 'metadata', 'annotations', { key }], what, report);
  for (const [key, what] of Object.entries(OLD_ANNOTATIONS)) if (Object.hasOwn(annotations, key)) warn(key, what);
  const own = spec.securityContext;
  if (own?.seccompProfile === undefined && Object.hasOwn(annotations, SECCOMP_POD)) warn(SECCOMP_POD, OLD_SECCOMP);
  for (const { container } of containersOf(spec, [...at, 'spec'])) {
    const { name = '', securityContext } = container;
    const seccomp = SECCOMP_CONTAINER + name;
    if (securityContext?.seccompProfile === undefined && Object.hasOwn(annotations, seccomp))
      warn(seccomp, OLD_SECCOMP);
    const apparmor = APPARMOR_CONTAINER + name;
    if (securityContext?.appArmorProfile !== undefined || !Object.hasOwn(annotations, apparmor)) continue;
    const profile = own?.appArmorProfile;
    const said = profile === undefined ? null : annotationFor(profile.type ?? '', profile.localhostProfile);
    if (said === null || said !== annotations[apparmor]) warn(apparmor, OLD_APPARMOR);
  }
}

/** The annotation that says the same as an AppArmor profile; null when none does. */
function annotationFor(type: string, localhostProfile: string | undefined): string | null {
  if (type === 'Unconfined') return 'unconfined';
  if (type === 'RuntimeDefault') return 'runtime/default';
  return type === 'Localhost' && localhostProfile ? LOCALHOST + localhostProfile : null;
}
