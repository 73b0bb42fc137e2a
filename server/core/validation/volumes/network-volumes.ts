import type * as api from '../../kubernetes/generated/types.ts';
import { dnsLabelProblems, dnsSubdomainProblems } from '../../kubernetes/names.ts';
import { byteLength } from '../../kubernetes/text.ts';
import type { FieldPath } from '../../manifest/path.ts';
import { checkDescendingPath } from '../file-path.ts';
import type { Report } from '../report.ts';

/** Volumes of storage systems. Most have little to check but that the necessary names are there. */

const LAST_PARTITION = 255;
const LAST_LUN = 255;
const LONGEST_TENANT = 64;
const LONGEST_DRIVER = 63;
const CACHING_MODES = ['None', 'ReadOnly', 'ReadWrite'];
const DISK_KINDS = ['Dedicated', 'Managed', 'Shared'];
const MANAGED_DISK = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB_DISK = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

function need<Source extends object>(
  source: Source,
  fields: readonly (keyof Source & string)[],
  at: FieldPath,
  report: Report,
): void {
  for (const field of fields) {
    const value: unknown = source[field];
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      report.required([...at, field]);
  }
}

function needSecretName(ref: api.LocalObjectReference | undefined, at: FieldPath, report: Report): void {
  if (ref !== undefined && (ref.name ?? '') === '') report.required([...at, 'secretRef', 'name']);
}

function checkPartition(partition: number | undefined, at: FieldPath, report: Report): void {
  if (partition !== undefined && (partition < 0 || partition > LAST_PARTITION))
    report.invalid([...at, 'partition'], partition, `must be between 1 and ${LAST_PARTITION}, inclusive`);
}

export function checkGitRepo(source: api.GitRepoVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['repository'], at, report);
  checkDescendingPath(source.directory ?? '', [...at, 'directory'], report);
}

export function checkGceDisk(source: api.GCEPersistentDiskVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['pdName'], at, report);
  checkPartition(source.partition, at, report);
}

export function checkAwsDisk(source: api.AWSElasticBlockStoreVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['volumeID'], at, report);
  checkPartition(source.partition, at, report);
}

export function checkNfs(source: api.NFSVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['server', 'path'], at, report);
  const { path = '' } = source;
  if (!path.startsWith('/')) report.invalid([...at, 'path'], path, 'must be an absolute path');
}

export function checkGlusterfs(source: api.GlusterfsVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['endpoints', 'path'], at, report);
}

export function checkFlocker(source: api.FlockerVolumeSource, at: FieldPath, report: Report): void {
  const { datasetName = '', datasetUUID = '' } = source;
  if (datasetName === '' && datasetUUID === '') report.required(at, 'one of datasetName and datasetUUID is required');
  if (datasetName !== '' && datasetUUID !== '')
    report.invalid(at, 'resource', 'datasetName and datasetUUID can not be specified simultaneously');
  if (datasetName.includes('/')) report.invalid([...at, 'datasetName'], datasetName, "must not contain '/'");
}

export function checkRbd(source: api.RBDVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['monitors', 'image'], at, report);
}

export function checkCinder(source: api.CinderVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['volumeID'], at, report);
  needSecretName(source.secretRef, at, report);
}

export function checkCephFs(source: api.CephFSVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['monitors'], at, report);
}

export function checkQuobyte(source: api.QuobyteVolumeSource, at: FieldPath, report: Report): void {
  const { registry = '', tenant = '' } = source;
  const says = 'must be a host:port pair or multiple pairs separated by commas';
  if (registry === '') report.required([...at, 'registry'], says);
  else if (byteLength(tenant) > LONGEST_TENANT)
    report.required([...at, 'tenant'], `must be a UUID and may not exceed a length of ${LONGEST_TENANT} characters`);
  else if (!registry.split(',').every(isHostAndPort)) report.invalid([...at, 'registry'], registry, says);
  need(source, ['volume'], at, report);
}

/** `host:port`, with the host in brackets where it holds colons; either side may be empty. */
function isHostAndPort(text: string): boolean {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(text);
}

export function checkFibreChannel(source: api.FCVolumeSource, at: FieldPath, report: Report): void {
  const { lun, targetWWNs = [], wwids = [] } = source;
  const place = [...at, 'targetWWNs'];
  if (targetWWNs.length === 0 && wwids.length === 0)
    report.required(place, 'must specify either targetWWNs or wwids, but not both');
  if (targetWWNs.length > 0 && wwids.length > 0)
    report.invalid(place, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously');
  if (targetWWNs.length === 0) return;
  if (lun === undefined) report.required([...at, 'lun'], 'lun is required if targetWWNs is specified');
  else if (lun < 0 || lun > LAST_LUN)
    report.invalid([...at, 'lun'], lun, `must be between 0 and ${LAST_LUN}, inclusive`);
}

export function checkFlexVolume(source: api.FlexVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['driver'], at, report);
  for (const key of Object.keys(source.options ?? {}))
    if (/(?:^|\.)(?:kubernetes|k8s)\.io$/.test(key.split('/')[0]!.toLowerCase()))
      report.invalid([...at, 'options', { key }], key, 'kubernetes.io and k8s.io namespaces are reserved');
}

export function checkAzureFile(source: api.AzureFileVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['secretName', 'shareName'], at, report);
}

export function checkAzureDisk(source: api.AzureDiskVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['diskName', 'diskURI'], at, report);
  // The defaults that the server sets before it checks.
  const { cachingMode = 'ReadWrite', diskURI = '', kind = 'Shared' } = source;
  if (!CACHING_MODES.includes(cachingMode)) report.notSupported([...at, 'cachingMode'], cachingMode, CACHING_MODES);
  if (!DISK_KINDS.includes(kind)) report.notSupported([...at, 'kind'], kind, DISK_KINDS);
  const [prefix, form] = kind === 'Managed' ? ['/subscriptions/', MANAGED_DISK] : ['https://', BLOB_DISK];
  if (!diskURI.startsWith(prefix)) report.notSupported([...at, 'diskURI'], diskURI, [form], { fixes: [] });
}

export function checkVsphere(source: api.VsphereVirtualDiskVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['volumePath'], at, report);
}

export function checkPhoton(source: api.PhotonPersistentDiskVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['pdID'], at, report);
}

export function checkPortworx(source: api.PortworxVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['volumeID'], at, report);
}

export function checkStorageOs(source: api.StorageOSVolumeSource, at: FieldPath, report: Report): void {
  const { volumeName = '', volumeNamespace = '' } = source;
  need(source, ['volumeName'], at, report);
  if (volumeName !== '') report.names([...at, 'volumeName'], volumeName, dnsLabelProblems(volumeName));
  if (volumeNamespace !== '')
    report.names([...at, 'volumeNamespace'], volumeNamespace, dnsLabelProblems(volumeNamespace));
  needSecretName(source.secretRef, at, report);
}

export function checkScaleIo(source: api.ScaleIOVolumeSource, at: FieldPath, report: Report): void {
  need(source, ['gateway', 'system', 'volumeName'], at, report);
}

export function checkCsi(source: api.CSIVolumeSource, at: FieldPath, report: Report): void {
  const { driver = '', nodePublishSecretRef: secret } = source;
  if (driver === '') report.required([...at, 'driver']);
  else {
    if (byteLength(driver) > LONGEST_DRIVER) report.tooLong([...at, 'driver'], LONGEST_DRIVER);
    report.names([...at, 'driver'], driver, dnsSubdomainProblems(driver.toLowerCase()));
  }
  if (secret === undefined) return;
  const { name = '' } = secret;
  const place = [...at, 'nodePublishSecretRef', 'name'];
  if (name === '') report.required(place);
  else report.names([...at, 'name'], name, dnsSubdomainProblems(name), { shownAt: place });
}
