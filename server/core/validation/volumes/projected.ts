import type {
  ClusterTrustBundleProjection,
  KeyToPath,
  PodCertificateProjection,
  ProjectedVolumeSource,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from '../../kubernetes/generated/types.ts';
import { qualifiedNameProblems } from '../../kubernetes/names.ts';
import { byteLength } from '../../kubernetes/text.ts';
import type { FieldPath } from '../../manifest/path.ts';
import { checkUnreservedPath } from '../file-path.ts';
import { checkLabelSelector } from '../label-selector.ts';
import type { Report } from '../report.ts';
import { checkFileMode } from './file-mode.ts';
import { checkDownwardApiFile, checkItems } from './files.ts';
import { checkSignerName, isKubernetesSigner, trustBundleNameProblems } from './signers.ts';

const KINDS = [
  'secret',
  'configMap',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
] as const satisfies readonly (keyof VolumeProjection)[];
const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const SHORTEST_TOKEN = 600;
const LONGEST_TOKEN = 2 ** 32;
const SHORTEST_CERTIFICATE = 3600;
const LONGEST_CERTIFICATE = 91 * 24 * 3600;
const LONGEST_KUBERNETES_CERTIFICATE = 24 * 3600;
const LARGEST_USER = 2 ** 31 - 1;
const LARGEST_ANNOTATIONS = 256 * 1024;

/** Notes a path as taken; the server reports a second use at the volume. */
type TakePath = (path: string, value: string, place: FieldPath) => void;

/** A volume of files from several sources, no two of which may write the same path. */
export function checkProjected(
  { defaultMode, sources = [] }: ProjectedVolumeSource,
  at: FieldPath,
  report: Report,
): void {
  checkFileMode(defaultMode, [...at, 'defaultMode'], report);
  const taken = new Set<string>();
  const take: TakePath = (path, value, place) => {
    if (taken.has(path)) report.invalid(at, value, 'conflicting duplicate paths', { shownAt: place });
    taken.add(path);
  };
  for (const [index, source] of sources.entries()) {
    const place: FieldPath = [...at, 'sources', index];
    checkSource(source, at, place, take, report);
    if (KINDS.filter((kind) => source[kind] !== undefined).length > 1) {
      checkUsers(source, place, report);
      report.forbidden(place, 'may not specify more than 1 volume type per source');
    }
  }
}

function checkSource(source: VolumeProjection, volume: FieldPath, at: FieldPath, take: TakePath, report: Report): void {
  for (const kind of ['secret', 'configMap'] as const) {
    const projection = source[kind];
    if (projection === undefined) continue;
    const { name = '', items = [] } = projection;
    if (name === '') report.required([...at, kind, 'name']);
    checkItems(items, [...at, kind], report);
    takeItems(items, name, [...at, kind, 'items'], take);
  }
  for (const [index, file] of (source.downwardAPI?.items ?? []).entries()) {
    checkDownwardApiFile(file, [...at, 'downwardAPI'], report);
    const { path = '' } = file;
    if (path !== '') take(path, path, [...at, 'downwardAPI', 'items', index, 'path']);
  }
  if (source.serviceAccountToken)
    checkToken(source.serviceAccountToken, volume, [...at, 'serviceAccountToken'], report);
  if (source.clusterTrustBundle)
    checkTrustBundle(source.clusterTrustBundle, [...at, 'clusterTrustBundle'], take, report);
  if (source.podCertificate) checkCertificate(source.podCertificate, [...at, 'podCertificate'], take, report);
}

interface FileUser {
  /** From the source. */
  readonly path: FieldPath;
  readonly user?: number | undefined;
}

const usersOfItems = (items: readonly KeyToPath[] | undefined, kind: string): readonly FileUser[] =>
  (items ?? []).map(({ user }, index) => ({ path: [kind, 'items', index], user }));

/** Who owns the files of a source, by its kind, in the order in which the server looks for that kind. */
const USERS: readonly ((source: VolumeProjection) => readonly FileUser[] | undefined)[] = [
  ({ secret }) => secret && usersOfItems(secret.items, 'secret'),
  ({ downwardAPI }) => downwardAPI && (downwardAPI.items ?? []).map(({ user }) => ({ path: ['downwardAPI'], user })),
  ({ configMap }) => configMap && usersOfItems(configMap.items, 'configMap'),
  ({ serviceAccountToken: token }) => token && [{ path: ['serviceAccountToken'], user: token.user }],
  ({ clusterTrustBundle: bundle }) => bundle && [{ path: ['clusterTrustBundle'], user: bundle.user }],
  ({ podCertificate: certificate }) => certificate && [{ path: ['podCertificate'], user: certificate.user }],
];

/** The feature being off, the server forgets the users of a source, but of its first kind only: it checks the others. */
function checkUsers(source: VolumeProjection, at: FieldPath, report: Report): void {
  const kinds = USERS.map((usersOf) => usersOf(source)).filter((users) => users !== undefined);
  for (const { path, user } of kinds.slice(1).flat())
    if (user !== undefined && (user < 0 || user > LARGEST_USER))
      report.invalid([...at, ...path, 'user'], user, `must be between 0 and ${LARGEST_USER}, inclusive`);
}

function takeItems(items: readonly KeyToPath[], name: string, at: FieldPath, take: TakePath): void {
  for (const [index, { path = '' }] of items.entries()) if (path !== '') take(path, name, [...at, index, 'path']);
}

/** The token's path is reported at the volume. */
function checkToken(token: ServiceAccountTokenProjection, volume: FieldPath, at: FieldPath, report: Report): void {
  const { expirationSeconds: seconds, path = '' } = token;
  const place = [...at, 'expirationSeconds'];
  if (seconds !== undefined && seconds < SHORTEST_TOKEN)
    report.invalid(place, seconds, 'may not specify a duration less than 10 minutes');
  if (seconds !== undefined && seconds > LONGEST_TOKEN)
    report.invalid(place, seconds, 'may not specify a duration larger than 2^32 seconds');
  if (path === '') report.required([...volume, 'path'], '', { shownAt: at });
  else checkUnreservedPath(path, [...volume, 'path'], report);
}

function checkTrustBundle(bundle: ClusterTrustBundleProjection, at: FieldPath, take: TakePath, report: Report): void {
  const { name, signerName, path = '' } = bundle;
  if (name !== undefined && signerName !== undefined)
    report.invalid(at, bundle, 'only one of name and signerName may be used');
  else if (name !== undefined) {
    if (name === '') report.required([...at, 'name'], 'must be a valid object name');
    for (const problem of trustBundleNameProblems(name))
      report.invalid([...at, 'name'], name, `not a valid clustertrustbundlename: ${problem}`);
    if (bundle.labelSelector !== undefined)
      report.invalid(
        [...at, 'labelSelector'],
        bundle.labelSelector,
        'labelSelector must be unset if name is specified',
      );
  } else if (signerName !== undefined) {
    if (signerName === '') report.required([...at, 'signerName'], 'must be a valid signer name');
    checkSignerName(signerName, [...at, 'signerName'], report);
    checkLabelSelector(bundle.labelSelector, [...at, 'labelSelector'], report);
  } else report.required(at, 'either name or signerName must be specified');
  if (path === '') report.required([...at, 'path']);
  checkUnreservedPath(path, [...at, 'path'], report);
  take(path, path, [...at, 'path']);
}

function checkCertificate(certificate: PodCertificateProjection, at: FieldPath, take: TakePath, report: Report): void {
  const { keyType = '', maxExpirationSeconds: seconds, signerName = '', userAnnotations } = certificate;
  checkSignerName(signerName, [...at, 'signerName'], report);
  checkUserAnnotations(userAnnotations ?? {}, [...at, 'userAnnotations'], report);
  if (!KEY_TYPES.includes(keyType)) report.notSupported([...at, 'keyType'], keyType, KEY_TYPES);
  const longest = isKubernetesSigner(signerName) ? LONGEST_KUBERNETES_CERTIFICATE : LONGEST_CERTIFICATE;
  const place = [...at, 'maxExpirationSeconds'];
  if (seconds !== undefined && seconds < SHORTEST_CERTIFICATE)
    report.invalid(place, seconds, `if provided, maxExpirationSeconds must be >= ${SHORTEST_CERTIFICATE}`);
  if (seconds !== undefined && seconds > longest)
    report.invalid(place, seconds, `if provided, maxExpirationSeconds must be <= ${longest}`);
  const paths = (['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const).filter(
    (field) => (certificate[field] ?? '') !== '',
  );
  for (const field of paths) {
    const path = certificate[field]!;
    checkUnreservedPath(path, [...at, field], report);
    take(path, path, [...at, field]);
  }
  if (paths.length === 0)
    report.required(at, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath');
}

function checkUserAnnotations(annotations: Readonly<Record<string, string>>, at: FieldPath, report: Report): void {
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    size += byteLength(key) + byteLength(value);
    const lower = key.toLowerCase();
    const problems = lower === '' ? [] : qualifiedNameProblems(lower);
    if (lower === '') report.required(at);
    report.names(at, lower, problems);
    if (lower !== '' && problems.length === 0 && !lower.includes('/'))
      report.invalid(at, lower, 'must be a domain-prefixed key (such as "acme.io/foo")');
  }
  if (size > LARGEST_ANNOTATIONS) report.tooLong(at, LARGEST_ANNOTATIONS);
}
