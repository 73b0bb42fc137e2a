import type { Container, Volume, VolumeDevice, VolumeMount } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkDescendingPath, hasBackstep } from './file-path.ts';
import { choiceFixes } from './choice-fixes.ts';
import type { PodContext } from './pod-context.ts';
import type { Report } from './report.ts';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE_READ_ONLY = ['Disabled', 'Enabled', 'IfPossible'];

/** `volumeMounts` and `volumeDevices` of one container; `at` is the container. */
export function checkVolumeMounts(container: Container, pod: PodContext, at: FieldPath, report: Report): void {
  const mounts = container.volumeMounts ?? [];
  const devices = container.volumeDevices ?? [];
  const places = new Set<string>();
  // Of entries with the same name the last one counts.
  const devicesByName = new Map(devices.map(({ name = '', devicePath = '' }) => [name, devicePath]));
  const devicePaths = new Set(devicesByName.values());
  const mountsByName = new Map(mounts.map(({ name = '', mountPath = '' }) => [name, mountPath]));
  for (const [index, mount] of mounts.entries()) {
    const { name = '', mountPath = '' } = mount;
    const place: FieldPath = [...at, 'volumeMounts', index];
    checkVolumeName(name, pod, [...place, 'name'], report);
    if (mountPath === '') report.required([...place, 'mountPath']);
    if (places.has(mountPath)) report.invalid([...place, 'mountPath'], mountPath, 'must be unique');
    places.add(mountPath);
    if (devicesByName.has(name)) report.invalid([...place, 'name'], name, 'must not already exist in volumeDevices');
    if (devicePaths.has(mountPath))
      report.invalid([...place, 'mountPath'], mountPath, 'must not already exist as a path in volumeDevices');
    checkMountOptions(mount, container, place, report);
  }
  checkDevices(devices, mountsByName, pod, [...at, 'volumeDevices'], report);
}

function checkVolumeName(name: string, pod: PodContext, at: FieldPath, report: Report): void {
  if (name === '') report.required(at);
  if (pod.volumes.has(name)) return;
  report.notFound(at, name, '', {
    fixes: () => choiceFixes(at, name, pod.volumeNames).filter((fix) => fix.preferred),
  });
}

/** The server reports these without the index of the mount. */
function checkMountOptions(mount: VolumeMount, container: Container, place: FieldPath, report: Report): void {
  const { subPath = '', subPathExpr = '', mountPropagation, recursiveReadOnly } = mount;
  const list = place.slice(0, -1);
  const shown = (field: string) => ({ shownAt: [...place, field] });
  if (subPath !== '') checkDescendingPath(subPath, [...list, 'subPath'], report, shown('subPath'));
  if (subPathExpr !== '') {
    if (subPath !== '')
      report.invalid([...place, 'subPathExpr'], subPathExpr, 'subPathExpr and subPath are mutually exclusive');
    checkDescendingPath(subPathExpr, [...list, 'subPathExpr'], report, shown('subPathExpr'));
  }
  if (mountPropagation !== undefined) {
    const field = [...list, 'mountPropagation'];
    if (!PROPAGATIONS.includes(mountPropagation))
      report.notSupported(field, mountPropagation, PROPAGATIONS, {
        ...shown('mountPropagation'),
        fixes: () => choiceFixes([...place, 'mountPropagation'], mountPropagation, PROPAGATIONS),
      });
    if (mountPropagation === 'Bidirectional' && container.securityContext?.privileged !== true)
      report.forbidden(
        field,
        'Bidirectional mount propagation is available only to privileged containers',
        shown('mountPropagation'),
      );
  }
  if (recursiveReadOnly !== undefined) checkRecursiveReadOnly(mount, recursiveReadOnly, place, report);
}

function checkRecursiveReadOnly(mount: VolumeMount, mode: string, place: FieldPath, report: Report): void {
  const field = [...place.slice(0, -1), 'recursiveReadOnly'];
  const extra = { shownAt: [...place, 'recursiveReadOnly'] };
  if (!RECURSIVE_READ_ONLY.includes(mode))
    report.notSupported(field, mode, RECURSIVE_READ_ONLY, {
      ...extra,
      fixes: () => choiceFixes([...place, 'recursiveReadOnly'], mode, RECURSIVE_READ_ONLY),
    });
  else if (mode !== 'Disabled') {
    if (mount.readOnly !== true) report.forbidden(field, 'may only be specified when readOnly is true', extra);
    if (mount.mountPropagation !== undefined && mount.mountPropagation !== 'None')
      report.forbidden(field, 'may only be specified when mountPropagation is None or not specified', extra);
  }
}

function checkDevices(
  devices: readonly VolumeDevice[],
  mounts: ReadonlyMap<string, string>,
  pod: PodContext,
  at: FieldPath,
  report: Report,
): void {
  const names = new Set<string>();
  const paths = new Set<string>();
  const mountPaths = new Set(mounts.values());
  for (const [index, { name = '', devicePath = '' }] of devices.entries()) {
    const namePath = [...at, index, 'name'];
    const pathPath = [...at, index, 'devicePath'];
    const volume = pod.volumes.get(name);
    if (name === '') report.required(namePath);
    if (names.has(name)) report.invalid(namePath, name, 'must be unique');
    if (volume === undefined) report.notFound(namePath, name);
    else if (!isClaim(volume))
      report.invalid(
        namePath,
        name,
        'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      );
    if (devicePath === '') report.required(pathPath);
    if (paths.has(devicePath)) report.invalid(pathPath, devicePath, 'must be unique');
    if (hasBackstep(devicePath)) report.invalid(pathPath, devicePath, "can not contain backsteps ('..')");
    else paths.add(devicePath);
    if (mounts.has(name)) report.invalid(namePath, name, 'must not already exist in volumeMounts');
    if (mountPaths.has(devicePath))
      report.invalid(pathPath, devicePath, 'must not already exist as a path in volumeMounts');
    if (name !== '') names.add(name);
  }
}

function isClaim(volume: Volume): boolean {
  return volume.persistentVolumeClaim !== undefined || volume.ephemeral !== undefined;
}
