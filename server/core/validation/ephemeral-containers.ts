import type { EphemeralContainer, PodSpec } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkContainer } from './containers.ts';
import type { PodContext } from './pod-context.ts';
import { lifecycleOf } from './probes.ts';
import type { Report } from './report.ts';

/** What a container that is added to a running pod must not have. */
const FORBIDDEN = [
  'ports',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
] as const satisfies readonly (keyof EphemeralContainer)[];
const SAYS = 'cannot be set for an Ephemeral Container';

/** `ephemeralContainers`, which the server checks although a template can have none; `at` is the pod's spec. */
export function checkEphemeralContainers(spec: PodSpec, pod: PodContext, at: FieldPath, report: Report): void {
  const containers = spec.ephemeralContainers ?? [];
  if (containers.length === 0) return;
  const list: FieldPath = [...at, 'ephemeralContainers'];
  report.forbidden(list, 'ephemeral containers not allowed in pod template', {
    fixes: [{ title: 'Remove ephemeralContainers', edits: [{ kind: 'remove', path: list }], preferred: true }],
  });
  const targets = new Set([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name = '' }) => name));
  const names = new Set(targets);
  for (const [index, container] of containers.entries()) {
    const place: FieldPath = [...list, index];
    const { image = '', name = '', targetContainerName: target = '' } = container;
    checkContainer(container, pod, place, report);
    if (image.trim() !== image)
      report.invalid([...place, 'image'], image, 'must not have leading or trailing whitespace');
    if (names.has(name)) report.duplicate([...place, 'name'], name);
    names.add(name);
    if (target !== '' && !targets.has(target)) report.notFound([...place, 'targetContainerName'], target);
    checkForbidden(container, place, report);
  }
}

function checkForbidden(container: EphemeralContainer, at: FieldPath, report: Report): void {
  const given = { ...container, lifecycle: lifecycleOf(container) };
  for (const field of FORBIDDEN) {
    const value = given[field];
    const empty = field === 'resources' && Object.values(given.resources ?? {}).every((part) => part === undefined);
    if (value !== undefined && !empty) report.forbidden([...at, field], SAYS);
  }
  for (const [index, mount] of (container.volumeMounts ?? []).entries())
    for (const field of ['subPath', 'subPathExpr'] as const)
      if ((mount[field] ?? '') !== '') report.forbidden([...at, 'volumeMounts', index, field], SAYS);
}
