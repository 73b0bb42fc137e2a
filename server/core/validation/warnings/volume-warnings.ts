import type { ResourceRequirements, Volume, VolumeProjection } from '../../kubernetes/generated/types.ts';
import { formatQuantity, scaledQuantity } from '../../kubernetes/quantity.ts';
import { quoteText } from '../../kubernetes/text.ts';
import type { FieldPath } from '../../manifest/path.ts';
import type { Report } from '../report.ts';
import { readAmounts } from '../resources.ts';
import { warnAt } from './pod-warnings.ts';

/** Kinds of volumes on their way out, and how the server writes the field. */
const OLD_VOLUMES: readonly (readonly [keyof Volume, string, string?])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

/** `at` is the list of volumes. */
export function warnOfVolumes(volumes: readonly Volume[], at: FieldPath, report: Report): void {
  for (const [index, volume] of volumes.entries()) {
    const place: FieldPath = [...at, index];
    for (const [field, what, spelling = field] of OLD_VOLUMES)
      if (volume[field] !== undefined) warnAt([...place, spelling], what, report);
    const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
    if (claim?.resources !== undefined)
      warnOfStorage(claim.resources, [...place, 'ephemeral', 'volumeClaimTemplate', 'spec', 'resources'], report);
    warnOfOverlaps(volume, place, report);
  }
}

function warnOfStorage(resources: ResourceRequirements, at: FieldPath, report: Report): void {
  for (const side of ['requests', 'limits'] as const) {
    const amount = readAmounts(resources[side]).get('storage');
    if (amount === undefined || scaledQuantity(amount, -3) % 1000n === 0n) continue;
    const value = quoteText(formatQuantity(amount));
    warnAt([...at, side, { key: 'storage' }], `fractional byte value ${value} is invalid, must be an integer`, report);
  }
}

/** A file of a volume, and where it comes from (empty: from the volume's only source). */
interface VolumeFile {
  readonly path: string;
  readonly source: string;
}

function warnOfOverlaps(volume: Volume, at: FieldPath, report: Report): void {
  const { configMap, downwardAPI, name = '', projected, secret } = volume;
  const warn = (field: keyof Volume, kind: string, files: readonly VolumeFile[]): void => {
    for (const pair of overlaps(files))
      report.warn([...at, field], `volume ${quoteText(name)} (${kind}): overlapping paths: ${pair}`);
  };
  const files = (items: readonly { readonly path?: string | undefined }[] | undefined, source = ''): VolumeFile[] =>
    (items ?? []).map(({ path = '' }) => ({ path, source }));
  warn('configMap', `ConfigMap ${quoteText(configMap?.name ?? '')}`, files(configMap?.items));
  warn('secret', `Secret ${quoteText(secret?.secretName ?? '')}`, files(secret?.items));
  warn('downwardAPI', 'DownwardAPI', files(downwardAPI?.items));
  const all: VolumeFile[] = [];
  for (const [index, source] of (projected?.sources ?? []).entries()) {
    if (Object.values(source).every((kind) => kind === undefined))
      report.warn(
        [...at, 'projected', 'sources', index],
        `volume ${quoteText(name)} (Projected) has no sources provided`,
      );
    all.push(...projectedFiles(source, files));
  }
  warn('projected', 'Projected', all);
}

function projectedFiles(
  source: VolumeProjection,
  files: (items: readonly { readonly path?: string | undefined }[] | undefined, source: string) => VolumeFile[],
): VolumeFile[] {
  const { clusterTrustBundle: bundle, configMap, downwardAPI, podCertificate, secret, serviceAccountToken } = source;
  if (configMap?.items) return files(configMap.items, `ConfigMap ${quoteText(configMap.name ?? '')}`);
  if (secret?.items) return files(secret.items, `Secret ${quoteText(secret.name ?? '')}`);
  if (downwardAPI?.items) return files(downwardAPI.items, 'DownwardAPI');
  if (serviceAccountToken) return files([serviceAccountToken], 'ServiceAccountToken');
  if (bundle) return files([bundle], `ClusterTrustBundle ${quoteText(bundle.name ?? bundle.signerName ?? '')}`);
  const { certificateChainPath = '', credentialBundlePath = '', keyPath = '' } = podCertificate ?? {};
  return [
    { path: certificateChainPath, source: 'PodCertificate chain' },
    { path: keyPath, source: 'PodCertificate key' },
    { path: credentialBundlePath, source: 'PodCertificate credential bundle' },
  ].filter(({ path }) => path !== '');
}

/** Deeper paths are nobody's; they would only cost memory. */
const DEEPEST = 100;
const MOST_PAIRS = 100;

/** Pairs of files of which one is the other or lies in its folder. */
function overlaps(files: readonly VolumeFile[]): string[] {
  const at = new Map<string, VolumeFile[]>();
  const below = new Map<string, VolumeFile[]>();
  const note = (where: Map<string, VolumeFile[]>, path: string, file: VolumeFile): void => {
    const noted = where.get(path);
    if (noted === undefined) where.set(path, [file]);
    else if (noted.length < MOST_PAIRS) noted.push(file);
  };
  const pairs: string[] = [];
  for (const { path, source } of files) {
    const file = { path: path.replace(/\/+$/, ''), source };
    const folders = foldersOf(file.path);
    if (file.path === '' || folders === null) continue;
    const others = [file.path, ...folders].flatMap((where) => at.get(where) ?? []).concat(below.get(file.path) ?? []);
    for (const other of others) if (pairs.length < MOST_PAIRS) pairs.push(`${describe(file)} with ${describe(other)}`);
    note(at, file.path, file);
    for (const folder of folders) note(below, folder, file);
  }
  return pairs;
}

/** The folders that a path leads through; null when there are too many. */
function foldersOf(path: string): string[] | null {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
    if (folders.length > DEEPEST) return null;
  }
  return folders;
}

function describe({ path, source }: VolumeFile): string {
  return source === '' ? quoteText(path) : `${quoteText(path)} (${source})`;
}
