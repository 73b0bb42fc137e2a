import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  KeyToPath,
  SecretVolumeSource,
} from '../../kubernetes/generated/types.ts';
import type { FieldPath } from '../../manifest/path.ts';
import { checkFieldRef, checkResourceFieldRef, FILE_FIELDS } from '../downward-api.ts';
import { checkUnreservedPath } from '../file-path.ts';
import type { Report } from '../report.ts';
import { checkFileMode } from './file-mode.ts';

/** Volumes whose files come from objects of the API. */
export function checkSecret(
  { secretName = '', defaultMode, items = [] }: SecretVolumeSource,
  at: FieldPath,
  report: Report,
): void {
  if (secretName === '') report.required([...at, 'secretName']);
  checkFileMode(defaultMode, [...at, 'defaultMode'], report);
  checkItems(items, at, report);
}

export function checkConfigMap(
  { name = '', defaultMode, items = [] }: ConfigMapVolumeSource,
  at: FieldPath,
  report: Report,
): void {
  if (name === '') report.required([...at, 'name']);
  checkFileMode(defaultMode, [...at, 'defaultMode'], report);
  checkItems(items, at, report);
}

/** `items` of a Secret or ConfigMap; `at` is the source that has them. */
export function checkItems(items: readonly KeyToPath[], at: FieldPath, report: Report): void {
  for (const [index, { key = '', path = '', mode }] of items.entries()) {
    const place: FieldPath = [...at, 'items', index];
    if (key === '') report.required([...place, 'key']);
    if (path === '') report.required([...place, 'path']);
    checkUnreservedPath(path, [...place, 'path'], report);
    checkFileMode(mode, [...place, 'mode'], report);
  }
}

export function checkDownwardApi(
  { defaultMode, items = [] }: DownwardAPIVolumeSource,
  at: FieldPath,
  report: Report,
): void {
  checkFileMode(defaultMode, [...at, 'defaultMode'], report);
  for (const file of items) checkDownwardApiFile(file, at, report);
}

/** One file of a downwardAPI source; the server reports all of them at the source, `at`, without an index. */
export function checkDownwardApiFile(file: DownwardAPIVolumeFile, at: FieldPath, report: Report): void {
  const { path = '', fieldRef, resourceFieldRef, mode } = file;
  if (path === '') report.required([...at, 'path']);
  checkUnreservedPath(path, [...at, 'path'], report);
  if (fieldRef !== undefined) {
    checkFieldRef(fieldRef, FILE_FIELDS, [...at, 'fieldRef'], report);
    if (resourceFieldRef !== undefined)
      report.invalid(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously');
  } else if (resourceFieldRef !== undefined)
    checkResourceFieldRef(resourceFieldRef, 'file', [...at, 'resourceFieldRef'], report);
  else report.required(at, 'one of fieldRef and resourceFieldRef is required');
  checkFileMode(mode, [...at, 'mode'], report);
}
