import { SHAPES } from './generated/shapes.ts';
import { imageProblem, parseImage } from './image-reference.ts';
import { isQuantity, parseQuantity, roundQuantityUp, formatQuantity } from './quantity.ts';
import type { Shape } from './shape.ts';
import type { FieldPath } from '../manifest/path.ts';

/**
 * API values in a form in which two that mean the same are the same: with the API server's defaults of a pod template,
 * quantities in canonical spelling, and nothing that is empty. The server compares objects likewise when a field is
 * immutable, so a default that is written down is no change.
 */

/** What the server puts into an object of the pod template that lacks it, beside the defaults that the schema has. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  PodSpec: {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
  },
  Container: { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
  ContainerPort: { protocol: 'TCP' },
  Probe: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  HTTPGetAction: { path: '/', scheme: 'HTTP' },
  ObjectFieldSelector: { apiVersion: 'v1' },
  SecretVolumeSource: { defaultMode: 0o644 },
  ConfigMapVolumeSource: { defaultMode: 0o644 },
  DownwardAPIVolumeSource: { defaultMode: 0o644 },
  ProjectedVolumeSource: { defaultMode: 0o644 },
  ServiceAccountTokenProjection: { expirationSeconds: 3600 },
  HostPathVolumeSource: { type: '' },
  PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
  PodFailurePolicyOnPodConditionsPattern: { status: 'True' },
};

/** Flags and numbers that the API does not tell from absent ones when they are false or 0; all others it does. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set([
  'PodSpec.hostNetwork',
  'PodSpec.hostPID',
  'PodSpec.hostIPC',
  'Container.stdin',
  'Container.stdinOnce',
  'Container.tty',
  'ContainerPort.hostPort',
  'Probe.initialDelaySeconds',
  'VolumeMount.readOnly',
  'PersistentVolumeClaimVolumeSource.readOnly',
  'NFSVolumeSource.readOnly',
]);

/** Empty texts of these fields are not the same as absent ones. */
const TELLING_TEXTS: ReadonlySet<string> = new Set(['HostPathVolumeSource.type']);

/** A value's normal form; undefined for nothing. */
export function normalForm(value: unknown, shape: Shape): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.type) {
    case 'object':
      return normalObject(value as Readonly<Record<string, unknown>>, shape.ref);
    case 'list': {
      const items = value as readonly unknown[];
      return items.length === 0 ? undefined : items.map((item) => normalForm(item, shape.of));
    }
    case 'map': {
      const entries = Object.entries(value).map(([key, item]) => [key, normalForm(item, shape.of) ?? ''] as const);
      return entries.length === 0 ? undefined : Object.fromEntries(entries);
    }
    case 'quantity': {
      const quantity = parseQuantity(value as string);
      // The server rounds up to thousandths.
      return isQuantity(quantity) ? formatQuantity(roundQuantityUp(quantity, -3)) : value;
    }
    default:
      return typeof value === 'bigint' ? Number(value) : value;
  }
}

function normalObject(object: Readonly<Record<string, unknown>>, ref: string): Readonly<Record<string, unknown>> {
  const fields = SHAPES[ref]?.fields ?? {};
  const known = { ...DEFAULTS[ref], ...sameAs(object, ref) };
  const normal: Record<string, unknown> = {};
  for (const [field, shape] of Object.entries(fields)) {
    const written = known[field] ?? ('default' in shape ? shape.default : undefined);
    const value = normalForm(written, shape);
    const name = `${ref}.${field}`;
    if (value === undefined || (value === '' && !TELLING_TEXTS.has(name))) continue;
    if ((value === false || value === 0) && PLAIN_FIELDS.has(name)) continue;
    normal[field] = value;
  }
  return normal;
}

/** The written fields, and those that follow from them. */
function sameAs(object: Readonly<Record<string, unknown>>, ref: string): Readonly<Record<string, unknown>> {
  const written = Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== ''));
  if (ref === 'PodSpec') {
    const account = written['serviceAccountName'] ?? written['serviceAccount'];
    return account === undefined ? written : { ...written, serviceAccountName: account, serviceAccount: account };
  }
  if (ref === 'Container') return { imagePullPolicy: pullPolicyOf(written['image']), ...written };
  if (ref === 'ImageVolumeSource') return { pullPolicy: pullPolicyOf(written['reference']), ...written };
  if (ref === 'Volume' && Object.keys(written).every((field) => field === 'name')) return { ...written, emptyDir: {} };
  return written;
}

/** `latest`, which is also meant where neither tag nor digest is written, is pulled each time; what is no image is not. */
function pullPolicyOf(image: unknown): string {
  if (typeof image !== 'string' || imageProblem(image) !== null) return 'IfNotPresent';
  const { tag, digest } = parseImage(image);
  return tag === 'latest' || (tag === null && digest === null) ? 'Always' : 'IfNotPresent';
}

/** True when two values mean the same. */
export function meansTheSame(a: unknown, b: unknown, shape: Shape): boolean {
  return differences(normalForm(a, shape), normalForm(b, shape), []).length === 0;
}

/** Paths, from the two values' root, of the innermost fields in which they differ. Lists that grew or shrank count as one. */
export function changedPaths(a: unknown, b: unknown, shape: Shape): readonly FieldPath[] {
  return differences(normalForm(a, shape), normalForm(b, shape), []);
}

function differences(a: unknown, b: unknown, path: FieldPath): FieldPath[] {
  if (a === b) return [];
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length ? a.flatMap((item, index) => differences(item, b[index], [...path, index])) : [path];
  if (isMap(a) && isMap(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].flatMap((key) => differences(a[key], b[key], [...path, key]));
  }
  return [path];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
