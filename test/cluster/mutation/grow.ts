/**
 * Fields that no manifest of ours has: any field that the API knows at a place, with a value of its type. Most values are
 * what a person might write there, so that one mistake does not hide behind ten.
 */
import { SHAPES } from '../../../server/core/kubernetes/generated/shapes.ts';
import type { Shape } from '../../../server/core/kubernetes/shape.ts';
import { numbers, strings } from './any-values.ts';
import { pick } from './random.ts';
import { at, isTree, pathsOf, put, type Path } from './tree.ts';

/** What the API server fills in itself, or what decides where the manifest is sent. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'status', 'namespace', 'managedFields']);

/** Texts that fit fields of this name; what references something is taken from the manifest itself. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  action: ['add'],
  apiGroup: ['', 'example.com', 'snapshot.storage.k8s.io'],
  containerName: ['main', 'worker', 'nobody'],
  devicePath: ['/dev/xvda', 'dev', '/dev/../x', '/a:b'],
  driver: ['csi.example.com', 'CSI', 'a_b', ''],
  effect: ['NoSchedule', 'NoExecute', 'PreferNoSchedule', ''],
  fieldPath: [
    'metadata.name',
    'metadata.uid',
    'status.podIP',
    'status.hostIPs',
    'spec.nodeName',
    "metadata.labels['a']",
  ],
  fsType: ['ext4', 'xfs', ''],
  host: ['localhost', '10.0.0.1', 'a b'],
  hostnameOverride: ['worker', 'worker.example', 'Worker', 'w'.repeat(64), ''],
  image: ['registry.example/app:1', 'app', ' app', ''],
  ip: ['10.0.0.1', '::1', '010.0.0.1', 'host', ''],
  key: ['a', 'example.com/a', 'kubernetes.io/hostname', 'bad key', ''],
  localhostProfile: ['profiles/a.json', '/a.json', '../a', '', ' '],
  medium: ['', 'Memory', 'HugePages', 'HugePages-2Mi', 'Disk'],
  metricsPort: ['1'],
  mountPath: ['/data', 'data', '/a:b', '/', ''],
  mountPropagation: ['None', 'HostToContainer', 'Bidirectional'],
  name: ['main', 'data', 'other', 'Upper', 'a.b', 'x'.repeat(64), ''],
  nodeName: ['node-1', 'Node', ''],
  operator: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Equal', ''],
  path: ['a', 'a/b', '/a', '../a', 'a/../b', '', 'a:b'],
  port: ['http', '8080', 'a--b', ''],
  protocol: ['TCP', 'UDP', 'SCTP', ''],
  repository: ['https://example.com/a.git', ''],
  resource: ['limits.cpu', 'requests.memory', 'limits.gpu', 'requests.hugepages-2Mi', ''],
  role: ['role_r', ''],
  schedulerName: ['default-scheduler', 'Other', ''],
  secretName: ['secret', 'Secret', ''],
  server: ['nfs.example', ''],
  signerName: ['example.com/signer', 'kubernetes.io/kube-apiserver-client', 'signer', ''],
  stopSignal: ['SIGTERM', 'SIGKILL', 'SIGRTMIN+1', 'TERM'],
  subPath: ['a', '../a', '/a', 'a/..b'],
  subPathExpr: ['$(A)', '../$(A)', '/a'],
  terminationMessagePath: ['/dev/termination-log', ''],
  topologyKey: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone', 'bad key', ''],
  type: ['RuntimeDefault', 'Localhost', 'Unconfined', 'Directory', 'DirectoryOrCreate', 'BlockDevice', ''],
  user: ['user_u', ''],
  uid: ['5f0c7a3e-6f5b-4c66-9a4e-0d7ff1b0a001', ''],
  volumeMode: ['Filesystem', 'Block', 'Both'],
  whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'],
};
const LISTS: Readonly<Record<string, readonly string[]>> = {
  accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteOncePod', 'Sometimes'],
  add: ['NET_ADMIN', 'SYS_ADMIN', 'CAP_X'],
  drop: ['ALL', 'NET_RAW'],
  finalizers: ['example.com/hold', 'foregroundDeletion', 'orphan', 'hold'],
  matchLabelKeys: ['a', 'bad key', 'app'],
  mismatchLabelKeys: ['a', 'b'],
  nameservers: ['10.0.0.10', '::1', 'dns', '10.0.0.11', '10.0.0.12'],
  searches: ['example.com', 'a_b', '.', 'a.'],
  values: ['a', 'b', '3', '', 'bad value!'],
};
const KEYS: readonly string[] = [
  'a',
  'example.com/a',
  'cpu',
  'memory',
  'hugepages-2Mi',
  'example.com/gpu',
  'bad key',
  '',
];
const QUANTITIES: readonly (string | number)[] = [
  '1',
  '100m',
  '1Gi',
  '0',
  '-1',
  2,
  '0.5',
  '1500u',
  '2Mi',
  '3Mi',
  '1e3',
];

type Next = () => number;

/** Puts a field that the API knows where there may be none; says its name, or undefined where nothing fits. */
export function grow(root: Record<string, unknown>, path: Path, next: Next): string | undefined {
  const value = at(root, path);
  const shape = shapeAt(root, path);
  if (shape?.type !== 'object' || !isTree(value) || Array.isArray(value)) return undefined;
  const known = Object.entries(SHAPES[shape.ref]!.fields).filter(([name]) => !LEFT_ALONE.has(name));
  const absent = known.filter(([name]) => !(name in value));
  const choice = next() < 0.85 && absent.length > 0 ? absent : known;
  if (choice.length === 0) return undefined;
  const [name, field] = pick(choice, next);
  const grown = valueOf(root, field, name, next, 0);
  put(root, [...path, name], grown);
  return `${name} ${JSON.stringify(grown).slice(0, 80)}`;
}

function shapeAt(root: Record<string, unknown>, path: Path): Shape | undefined {
  let shape: Shape | undefined = { type: 'object', ref: String(root['kind']) };
  for (const step of path) {
    if (shape?.type === 'list' || shape?.type === 'map') shape = shape.of;
    else if (shape?.type === 'object') shape = SHAPES[shape.ref]?.fields[String(step)];
    else return undefined;
  }
  return shape;
}

function valueOf(root: Record<string, unknown>, shape: Shape, name: string, next: Next, depth: number): unknown {
  switch (shape.type) {
    case 'boolean':
      return next() < 0.5;
    case 'int32':
    case 'int64':
    case 'number':
      return next() < 0.5 ? pick([0, 1, 2, 30], next) : pick(numbers.filter(Number.isSafeInteger).slice(0, 19), next);
    case 'quantity':
      return pick(QUANTITIES, next);
    case 'intOrString':
      return next() < 0.5 ? pick([80, 0, 65536, 8080], next) : text(root, 'port', next);
    case 'bytes':
      return pick(['', 'aGVsbG8=', '!'], next);
    case 'time':
      return pick(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00+02:00'], next);
    case 'raw':
      return {};
    case 'string':
      return shape.enum !== undefined && next() < 0.85 ? pick(shape.enum, next) : text(root, name, next);
    case 'list':
      return Array.from({ length: pick([0, 1, 1, 1, 2, 2, 3], next) }, () =>
        shape.of.type === 'string' && LISTS[name] !== undefined && next() < 0.9
          ? pick(LISTS[name], next)
          : valueOf(root, shape.of, name, next, depth + 1),
      );
    case 'map':
      return Object.fromEntries(
        Array.from({ length: pick([0, 1, 1, 2], next) }, () => [
          pick(KEYS, next),
          valueOf(root, shape.of, 'value', next, depth + 1),
        ]),
      );
    case 'object':
      return objectOf(root, shape.ref, next, depth);
  }
}

/** Required fields nearly always; the others less often the deeper they stand. */
function objectOf(root: Record<string, unknown>, ref: string, next: Next, depth: number): Record<string, unknown> {
  const { fields, required } = SHAPES[ref]!;
  const others = Object.keys(fields).filter((name) => !required.includes(name) && !LEFT_ALONE.has(name));
  // Where exactly one of many is wanted, as in a volume, one is mostly chosen.
  const share = (others.length > 8 ? 1.2 : 2) / Math.max(others.length, 2) / (1 + depth / 2);
  const chosen = [
    ...required.filter((name) => !LEFT_ALONE.has(name) && next() < 0.95),
    ...others.filter(() => next() < share),
  ];
  return Object.fromEntries(chosen.map((name) => [name, valueOf(root, fields[name]!, name, next, depth + 1)]));
}

function text(root: Record<string, unknown>, name: string, next: Next): string {
  const chance = next();
  if (chance < 0.35) {
    // What a field of this name says elsewhere in this manifest: references that find something.
    const alike = pathsOf(root).filter((path) => path.at(-1) === name && typeof at(root, path) === 'string');
    if (alike.length > 0) return String(at(root, pick(alike, next)));
  }
  return chance < 0.92 ? pick(TEXTS[name] ?? ['a', 'example', 'a.b', ''], next) : pick(strings, next);
}
