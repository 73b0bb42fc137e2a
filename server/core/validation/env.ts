import type {
  ConfigMapKeySelector,
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  FileKeySelector,
} from '../kubernetes/generated/types.ts';
import {
  configKeyProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  envNameProblems,
  withoutTrailingDash,
} from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkFieldRef, checkResourceFieldRef, ENV_FIELDS } from './downward-api.ts';
import { checkNoBacksteps } from './file-path.ts';
import type { PodContext } from './pod-context.ts';
import type { Report } from './report.ts';

/** `env` of one container; `at` is the list. */
export function checkEnv(env: readonly EnvVar[], pod: PodContext, at: FieldPath, report: Report): void {
  for (const [index, { name = '', value = '', valueFrom }] of env.entries()) {
    const place = [...at, index];
    if (name === '') report.required([...place, 'name']);
    else report.names([...place, 'name'], name, envNameProblems(name));
    if (valueFrom !== undefined) checkSource(valueFrom, value, pod, [...place, 'valueFrom'], report);
  }
}

function checkSource(source: EnvVarSource, value: string, pod: PodContext, at: FieldPath, report: Report): void {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = source;
  if (fieldRef) checkFieldRef(fieldRef, ENV_FIELDS, [...at, 'fieldRef'], report);
  if (resourceFieldRef) checkResourceFieldRef(resourceFieldRef, 'env', [...at, 'resourceFieldRef'], report);
  if (configMapKeyRef) checkKeyRef(configMapKeyRef, [...at, 'configMapKeyRef'], report);
  if (secretKeyRef) checkKeyRef(secretKeyRef, [...at, 'secretKeyRef'], report);
  if (fileKeyRef) checkFileKeyRef(fileKeyRef, pod, [...at, 'fileKeyRef'], report);
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length;
  if (sources === 0)
    report.invalid(
      at,
      '',
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    );
  else if (value !== '')
    report.invalid(at, '', 'may not be specified when `value` is not empty', {
      fixes: [{ title: 'Remove value', edits: [{ kind: 'remove', path: [...at.slice(0, -1), 'value'] }] }],
    });
  else if (sources > 1) report.invalid(at, '', 'may not have more than one field specified at a time');
}

/** A key of a ConfigMap or of a Secret. */
function checkKeyRef({ name = '', key = '' }: ConfigMapKeySelector, at: FieldPath, report: Report): void {
  report.names([...at, 'name'], name, dnsSubdomainProblems(name));
  if (key === '') report.required([...at, 'key']);
  else report.names([...at, 'key'], key, configKeyProblems(key));
}

function checkFileKeyRef(ref: FileKeySelector, pod: PodContext, at: FieldPath, report: Report): void {
  const { key = '', path = '', volumeName = '' } = ref;
  if (key === '') report.required([...at, 'key']);
  else report.names([...at, 'key'], key, envNameProblems(key));
  if (volumeName === '') report.required([...at, 'volumeName']);
  else report.names([...at, 'volumeName'], volumeName, dnsLabelProblems(volumeName));
  if (path === '') report.required([...at, 'path']);
  else checkNoBacksteps(path, [...at, 'path'], report);
  const volume = pod.declaredVolumes.get(volumeName);
  if (volume === undefined) report.notFound([...at, 'volumeName'], volumeName);
  else if (!isEmptyDir(volume))
    report.invalid([...at, 'volumeName'], volumeName, 'referenced volume must be of type emptyDir');
}

/** A volume without any source becomes an emptyDir before validation. */
function isEmptyDir(volume: object): boolean {
  return 'emptyDir' in volume || Object.keys(volume).every((key) => key === 'name');
}

/** `envFrom` of one container; `at` is the list. */
export function checkEnvFrom(sources: readonly EnvFromSource[], at: FieldPath, report: Report): void {
  for (const [index, { prefix = '', configMapRef, secretRef }] of sources.entries()) {
    const place = [...at, index];
    if (prefix !== '') report.names([...place, 'prefix'], prefix, envNameProblems(prefix));
    if (configMapRef) checkSourceName(configMapRef.name ?? '', [...place, 'configMapRef', 'name'], report);
    if (secretRef) checkSourceName(secretRef.name ?? '', [...place, 'secretRef', 'name'], report);
    if (!configMapRef && !secretRef)
      report.invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`', { shownAt: place });
    else if (configMapRef && secretRef)
      report.invalid(at, '', 'may not have more than one field specified at a time', { shownAt: place });
  }
}

function checkSourceName(name: string, at: FieldPath, report: Report): void {
  if (name === '') report.required(at);
  else report.names(at, name, dnsSubdomainProblems(withoutTrailingDash(name)));
}
