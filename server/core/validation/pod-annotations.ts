import type {
  AppArmorProfile,
  Container,
  PodSpec,
  PodTemplateSpec,
  SeccompProfile,
} from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkDescendingPath } from './file-path.ts';
import type { Report } from './report.ts';

/** Annotations of a pod template that the server reads, most of them older than the fields that replaced them. */

const MIRROR = 'kubernetes.io/config.mirror';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APPARMOR_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/';
const LOCALHOST = 'localhost/';
const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

type Annotations = Readonly<Record<string, string>>;

/** `at` is the pod template. */
export function checkPodAnnotations(template: PodTemplateSpec, at: FieldPath, report: Report): void {
  const annotations = template.metadata?.annotations ?? {};
  if (Object.keys(annotations).length === 0) return;
  const spec = template.spec ?? {};
  const place: FieldPath = [...at, 'annotations'];
  const shown = (key: string) => ({ shownAt: [...at, 'metadata', 'annotations', { key }] });
  for (const [key, value] of Object.entries(annotations)) {
    const keyPath: FieldPath = [...place, { key }];
    if (key === MIRROR && (spec.nodeName ?? '') === '')
      report.invalid(keyPath, value, 'must set spec.nodeName if mirror pod annotation is set', shown(key));
    if (key === DELETION_COST && !isInt32(value)) report.invalid(keyPath, value, 'must be a 32bit integer', shown(key));
    if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER))
      checkSeccompValue(value, [...place, key], shown(key).shownAt, report);
    if (key.startsWith(APPARMOR_CONTAINER)) {
      const container = key.slice(APPARMOR_CONTAINER.length);
      if (!containersOf(spec, at).some(({ name = '' }) => name === container))
        report.invalid(keyPath, container, 'container not found', shown(key));
      if (value !== '' && value !== 'runtime/default' && value !== 'unconfined' && !value.startsWith(LOCALHOST))
        report.invalid(keyPath, value, `invalid AppArmor profile name: "${value}"`, shown(key));
    }
  }
  checkAgainstFields(annotations, spec, [...at, 'spec'], report);
}

type PlacedContainer = Container & { readonly place: FieldPath };

function containersOf(spec: PodSpec, at: FieldPath): PlacedContainer[] {
  return CONTAINER_LISTS.flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ ...container, place: [...at, list, index] })),
  );
}

function isInt32(text: string): boolean {
  return /^(?:0|-[0-9]+|[1-9][0-9]*)$/.test(text) && BigInt.asIntN(32, BigInt(text)) === BigInt(text);
}

function checkSeccompValue(value: string, at: FieldPath, shownAt: FieldPath, report: Report): void {
  if (value === 'runtime/default' || value === 'docker/default' || value === 'unconfined') return;
  if (value.startsWith(LOCALHOST)) checkDescendingPath(value.slice(LOCALHOST.length), at, report, { shownAt });
  else report.invalid(at, value, 'must be a valid seccomp profile', { shownAt });
}

/** Where a field says the same as an annotation, both have to agree. */
function checkAgainstFields(annotations: Annotations, spec: PodSpec, at: FieldPath, report: Report): void {
  const own = spec.securityContext ?? {};
  const compare = (
    kind: 'seccomp' | 'apparmor',
    value: string | undefined,
    profile: SeccompProfile | AppArmorProfile | undefined,
    place: FieldPath,
  ): void => {
    const field = value === undefined || profile === undefined ? null : disagreement(kind, value, profile);
    const what = field === 'type' ? 'type' : 'profile';
    if (field !== null) report.forbidden([...place, field], `${kind} ${what} in annotation and field must match`);
  };
  compare('seccomp', annotations[SECCOMP_POD], own.seccompProfile, [...at, 'securityContext', 'seccompProfile']);
  for (const { name = '', place, securityContext = {} } of containersOf(spec, at)) {
    const context = [...place, 'securityContext'];
    compare('seccomp', annotations[SECCOMP_CONTAINER + name], securityContext.seccompProfile, [
      ...context,
      'seccompProfile',
    ]);
    if (spec.os?.name === 'windows') continue;
    const profile = securityContext.appArmorProfile ?? own.appArmorProfile;
    compare('apparmor', annotations[APPARMOR_CONTAINER + name], profile, [...context, 'appArmorProfile']);
  }
}

/** The field of a profile that an annotation contradicts. */
function disagreement(
  kind: 'seccomp' | 'apparmor',
  value: string,
  { type, localhostProfile }: SeccompProfile | AppArmorProfile,
): 'type' | 'localhostProfile' | null {
  if (type === 'Unconfined') return value === 'unconfined' ? null : 'type';
  if (type === 'RuntimeDefault')
    return value === 'runtime/default' || (kind === 'seccomp' && value === 'docker/default') ? null : 'type';
  if (type !== 'Localhost') return null;
  if (!value.startsWith(LOCALHOST)) return 'type';
  return value.slice(LOCALHOST.length) === localhostProfile ? null : 'localhostProfile';
}
