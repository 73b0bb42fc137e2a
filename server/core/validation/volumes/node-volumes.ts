import type {
  EmptyDirVolumeSource,
  HostPathVolumeSource,
  ImageVolumeSource,
} from '../../kubernetes/generated/types.ts';
import { isQuantity, parseQuantity, quantitySign } from '../../kubernetes/quantity.ts';
import type { FieldPath } from '../../manifest/path.ts';
import { checkNoBacksteps } from '../file-path.ts';
import type { Report } from '../report.ts';

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/** Scratch space that lives as long as the pod. */
export function checkEmptyDir({ sizeLimit }: EmptyDirVolumeSource, at: FieldPath, report: Report): void {
  if (sizeLimit === undefined) return;
  const limit = parseQuantity(sizeLimit);
  if (isQuantity(limit) && quantitySign(limit) < 0)
    report.forbidden([...at, 'sizeLimit'], 'SizeLimit field must be a valid resource quantity');
}

/** A file or folder of the node. */
export function checkHostPath({ path = '', type }: HostPathVolumeSource, at: FieldPath, report: Report): void {
  if (path === '') {
    report.required([...at, 'path']);
    return;
  }
  checkNoBacksteps(path, [...at, 'path'], report);
  if (type !== undefined && !HOST_PATH_TYPES.includes(type))
    report.notSupported([...at, 'type'], type, HOST_PATH_TYPES);
}

/** The files of an image. */
export function checkImage(
  { reference = '', pullPolicy = '' }: ImageVolumeSource,
  at: FieldPath,
  report: Report,
): void {
  if (reference === '') report.required([...at, 'reference']);
  if (pullPolicy !== '' && !PULL_POLICIES.includes(pullPolicy))
    report.notSupported([...at, 'pullPolicy'], pullPolicy, PULL_POLICIES);
}
