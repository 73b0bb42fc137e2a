import type {
  EphemeralVolumeSource,
  ObjectMeta,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimVolumeSource,
  TypedObjectReference,
} from '../../kubernetes/generated/types.ts';
import { dnsLabelProblems, dnsSubdomainProblems } from '../../kubernetes/names.ts';
import { formatQuantity, quantitySign } from '../../kubernetes/quantity.ts';
import type { FieldPath } from '../../manifest/path.ts';
import { checkLabels, checkLabelSelector } from '../label-selector.ts';
import { checkAnnotations } from '../metadata.ts';
import type { Report } from '../report.ts';
import { readAmounts } from '../resources.ts';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
/** Everything but labels and annotations, and how the server writes it. */
const FORBIDDEN_METADATA: Readonly<Omit<Record<keyof ObjectMeta, string>, 'labels' | 'annotations'>> = {
  creationTimestamp: 'creationTimestamp',
  deletionGracePeriodSeconds: 'deletionGracePeriodSeconds',
  deletionTimestamp: 'deletionTimestamp',
  finalizers: 'finalizers',
  generateName: 'generateName',
  generation: 'generation',
  managedFields: 'managedFields',
  name: 'name',
  namespace: 'namespace',
  ownerReferences: 'ownerReferences',
  resourceVersion: 'resourceVersion',
  selfLink: 'selfLink',
  uid: 'uID',
};
const VOLUME_MODES = ['Block', 'Filesystem'];

/** A claim that exists beside the pod. */
export function checkPersistentVolumeClaim(
  { claimName = '' }: PersistentVolumeClaimVolumeSource,
  at: FieldPath,
  report: Report,
): void {
  if (claimName === '') report.required([...at, 'claimName']);
}

/** A claim that is made for the pod and goes with it. */
export function checkEphemeral({ volumeClaimTemplate }: EphemeralVolumeSource, at: FieldPath, report: Report): void {
  const place: FieldPath = [...at, 'volumeClaimTemplate'];
  if (volumeClaimTemplate === undefined) {
    report.required(place);
    return;
  }
  const { metadata, spec = {} } = volumeClaimTemplate;
  checkAnnotations(metadata?.annotations, [...place, 'metadata', 'annotations'], report);
  checkLabels(metadata?.labels, [...place, 'metadata', 'labels'], report);
  for (const [field, spelling] of Object.entries(FORBIDDEN_METADATA) as [keyof ObjectMeta, string][]) {
    const value = metadata?.[field];
    if (value !== undefined && value !== '' && !(field === 'generation' && value === 0))
      report.forbidden([...place, 'metadata', spelling], 'cannot be set', { shownAt: [...place, 'metadata', field] });
  }
  checkClaimSpec(spec, [...place, 'spec'], report);
}

function checkClaimSpec(spec: PersistentVolumeClaimSpec, at: FieldPath, report: Report): void {
  checkAccessModes(spec.accessModes ?? [], [...at, 'accessModes'], report);
  checkLabelSelector(spec.selector, [...at, 'selector'], report);
  checkStorage(spec, [...at, 'resources', { key: 'storage' }], report);
  for (const field of ['storageClassName', 'volumeAttributesClassName'] as const) {
    const name = spec[field] ?? '';
    if (name !== '') report.names([...at, field], name, dnsSubdomainProblems(name));
  }
  const { dataSource, dataSourceRef, volumeMode } = spec;
  if (volumeMode !== undefined && !VOLUME_MODES.includes(volumeMode))
    report.notSupported([...at, 'volumeMode'], volumeMode, VOLUME_MODES);
  if (dataSource !== undefined) checkDataSource(dataSource, [...at, 'dataSource'], report);
  if (dataSourceRef !== undefined) checkDataSource(dataSourceRef, [...at, 'dataSourceRef'], report);
  if (dataSource === undefined || dataSourceRef === undefined) return;
  if ((dataSourceRef.namespace ?? '') !== '')
    report.invalid(at, 'dataSource', 'may not be specified when dataSourceRef.namespace is specified');
  else if (
    (['apiGroup', 'kind', 'name'] as const).some((field) => (dataSource[field] ?? '') !== (dataSourceRef[field] ?? ''))
  )
    report.invalid(at, 'dataSource', 'must match dataSourceRef');
}

function checkAccessModes(modes: readonly string[], at: FieldPath, report: Report): void {
  if (modes.length === 0) report.required(at, 'at least 1 access mode is required');
  for (const [index, mode] of modes.entries())
    if (!ACCESS_MODES.includes(mode))
      report.notSupported(at, mode, ACCESS_MODES, { shownAt: [...at, index], fixes: [] });
  const known = modes.filter((mode) => ACCESS_MODES.includes(mode));
  if (known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod'))
    report.forbidden(at, 'may not use ReadWriteOncePod with other access modes', { fixes: [] });
}

function checkStorage(spec: PersistentVolumeClaimSpec, at: FieldPath, report: Report): void {
  const shownAt = [...at.slice(0, -1), 'requests', { key: 'storage' }];
  const storage = readAmounts(spec.resources?.requests).get('storage');
  if (storage === undefined) report.required(at, '', { shownAt });
  else if (quantitySign(storage) <= 0)
    report.invalid(at, formatQuantity(storage), 'must be greater than zero', { shownAt });
}

function checkDataSource(ref: TypedObjectReference, at: FieldPath, report: Report): void {
  const { apiGroup = '', kind = '', name = '', namespace = '' } = ref;
  if (name === '') report.required([...at, 'name']);
  if (kind === '') report.required([...at, 'kind']);
  if (apiGroup === '' && kind !== 'PersistentVolumeClaim')
    report.invalid(at, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
  if (apiGroup !== '') report.names([...at, 'apiGroup'], apiGroup, dnsSubdomainProblems(apiGroup));
  if (namespace !== '') report.names([...at, 'namespace'], namespace, dnsLabelProblems(namespace));
}
