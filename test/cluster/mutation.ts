/**
 * Makes manifests that are nearly right: seeded mutations of accepted ones. Pure and deterministic, so a recording can
 * be made again, and another seed gives cases that did not exist before.
 */
import { stringify } from 'yaml';

type Path = readonly (string | number)[];
/** A manifest that may be changed in place. */
type Tree = Record<string, unknown> | unknown[];

export interface Base {
  readonly name: string;
  readonly manifest: Record<string, unknown>;
}

export interface MutatedManifest {
  readonly base: string;
  /** What was done, e.g. `remove spec.template.spec.volumes[0].name`; several joined by ` + `. */
  readonly mutation: string;
  readonly kind: 'Job' | 'CronJob';
  readonly yaml: string;
}

/** Numbers from [0, 1) that depend on the seed alone (the mulberry32 step). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function pick<T>(from: readonly T[], next: () => number): T {
  return from[Math.floor(next() * from.length)] as T;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (isTree(value) ? (value as Record<string | number, unknown>)[step] : undefined),
    root,
  );
}

function put(root: Tree, path: Path, value: unknown): void {
  const last = path.at(-1);
  const parent = at(root, path.slice(0, -1));
  if (last !== undefined && isTree(parent)) (parent as Record<string | number, unknown>)[last] = value;
}

function remove(root: Tree, path: Path): void {
  const last = path.at(-1);
  const parent = at(root, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isTree(parent)) Reflect.deleteProperty(parent, last as string);
}

function written(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** The path without positions: what two manifests have in common. */
function shape(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
}

/** Every path below the root, in the manifest's order. What decides where the manifest is sent stays as it is. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const fixed = ['apiVersion', 'kind', 'metadata.namespace', 'spec', 'metadata'];
  const own = path.length === 0 || fixed.includes(written(path)) ? [] : [path];
  if (Array.isArray(value)) return [...own, ...value.flatMap((item, position) => pathsOf(item, [...path, position]))];
  if (isTree(value))
    return [...own, ...Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]))];
  return own;
}

/** A scalar that the YAML text must show as it stands: plain, tagged or otherwise unlike what a writer would choose. */
const raw = (text: string): string => `@raw<${text}>`;
/** Marks the second of two equal keys until the text is written. */
const twin = '@twin';

const numbers = [
  -1, 0, 1, 2, 3, 7, 64, 100, 255, 256, 511, 512, 1024, 10001, 65535, 65536, 100000, 100001, 2147483647, 2147483648,
  9007199254740992, 0.5, 2.5,
];
const strings = [
  '',
  ' ',
  'a',
  'A',
  'x-',
  '-x',
  'x.y',
  'X_Y',
  'x/y',
  'example.com/x',
  'example.com/',
  '/x',
  '../x',
  '/a/../b',
  '/a:b',
  'a,b',
  '0',
  '-1',
  '007',
  '1.5',
  '10%',
  '1e3',
  '100m',
  '1Gi',
  '1gi',
  '1.5Ki',
  '5 Gi',
  'true',
  'None',
  'Always',
  'Never',
  'tcp',
  'UDP',
  '$(X)',
  'ü',
  'a b',
  'localhost',
  '127.0.0.1',
  '127.0.0.256',
  '::1',
  '2001:db8::g',
  'UTC',
  'a'.repeat(63),
  'a'.repeat(64),
  'b.'.repeat(126) + 'b',
  'c'.repeat(254),
  'metadata.name',
  'metadata.labels',
  "metadata.labels['a']",
  'limits.cpu',
  'limits.gpu',
  'example.com:a:b',
];
const scalars = [
  'yes',
  'no',
  'on',
  'off',
  'y',
  'True',
  'FALSE',
  '~',
  'null',
  '0777',
  '0o17',
  '0x1F',
  '1_000',
  '1e3',
  '1.0',
  '.5',
  '+1',
  '08',
  '12:30:45',
  '2026-01-01',
  '.inf',
  '!!int "3"',
  '!!str 20',
  '"3"',
  "'yes'",
  '|-\n',
  '[]',
  '{}',
];

/** Values worth trying, by field: what a person might write there, right and wrong. */
const jobValues: Readonly<Record<string, readonly unknown[]>> = {
  parallelism: [0, 1, 2, 1000, 100000, 100001, -1, null, '2', 1.5],
  completions: [0, 1, 5, 10, 100000, 100001, -1, null, '5', 2147483648],
  backoffLimit: [0, 3, 6, 2147483647, -1, null, '6'],
  backoffLimitPerIndex: [0, 1, 2147483647, -1, null],
  maxFailedIndexes: [0, 1, 5, 10, 100000, 100001, -1, null],
  completionMode: ['Indexed', 'NonIndexed', 'indexed', '', 'Parallel', null],
  activeDeadlineSeconds: [0, 1, 3600, -1, 1e12, null, '3600', '1h'],
  ttlSecondsAfterFinished: [0, 60, 2147483647, -1, 2147483648, null, '60s'],
  suspend: [true, false, null, 'true', 1],
  manualSelector: [true, false, null],
  managedBy: [
    'example.com/controller',
    'kubernetes.io/job-controller',
    'noslash',
    'Example.com/x',
    'example.com/' + 'x'.repeat(60),
    '',
    null,
    'a/b/c',
  ],
  podReplacementPolicy: ['Failed', 'TerminatingOrFailed', 'failed', '', null],
  selector: [
    null,
    {},
    { matchLabels: { a: 'b' } },
    { matchExpressions: [{ key: 'a', operator: 'In', values: [] }] },
    { matchLabels: { 'bad key': 'x' } },
  ],
  scheduling: [{ schedulingPolicy: { basic: {} } }, { schedulingPolicy: { gang: { minCount: 0 } } }, null],
  successPolicy: [
    null,
    {},
    { rules: [] },
    { rules: [{}] },
    { rules: [{ succeededIndexes: '0' }] },
    { rules: [{ succeededIndexes: '0-2', succeededCount: 2 }] },
    { rules: [{ succeededIndexes: '0,1', succeededCount: 3 }] },
    { rules: [{ succeededIndexes: '3-1' }] },
    { rules: [{ succeededIndexes: '0,0' }] },
    { rules: [{ succeededIndexes: '1-' }] },
    { rules: [{ succeededIndexes: '' }] },
    { rules: [{ succeededIndexes: '0, 2' }] },
    { rules: [{ succeededIndexes: '-1' }] },
    { rules: [{ succeededIndexes: '0-99999' }] },
    { rules: [{ succeededIndexes: 'a' }] },
    { rules: [{ succeededIndexes: '2,1' }] },
    { rules: [{ succeededIndexes: '1,1-2' }] },
    { rules: [{ succeededCount: 0 }] },
    { rules: [{ succeededCount: -1 }] },
    { rules: [{ succeededCount: 1000000 }] },
    { rules: Array.from({ length: 21 }, () => ({ succeededCount: 1 })) },
    { rules: [{ succeededIndexes: '2-2' }] },
    { rules: [{ succeededIndexes: '00-2' }] },
    { rules: [{ succeededIndexes: '+1' }] },
    { rules: [{ succeededIndexes: '1,,2' }] },
    { rules: [{ succeededIndexes: 3 }] },
  ],
  podFailurePolicy: [
    null,
    {},
    { rules: [] },
    { rules: null },
    { rules: [{ action: 'Ignore' }] },
    { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } }] },
    { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [] } }] },
    { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [0, 1] } }] },
    { rules: [{ action: 'Count', onExitCodes: { operator: 'NotIn', values: [0] } }] },
    { rules: [{ action: 'Count', onExitCodes: { operator: 'Exists', values: [1] } }] },
    { rules: [{ action: 'Ignore', onExitCodes: { values: [3, 2] } }] },
    { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [5, 5] } }] },
    { rules: [{ action: 'Retry', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
    { rules: [{ onPodConditions: [{ type: 'DisruptionTarget', status: 'true' }] }] },
    { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'bad type!' }] }] },
    { rules: [{ action: 'Ignore', onPodConditions: [{ status: 'True' }] }] },
    { rules: [{ action: 'Ignore', onPodConditions: [] }] },
    {
      rules: [
        {
          action: 'FailJob',
          onExitCodes: { operator: 'In', values: [1] },
          onPodConditions: [{ type: 'DisruptionTarget' }],
        },
      ],
    },
    { rules: [{ action: 'FailJob', onExitCodes: { containerName: 'nobody', operator: 'In', values: [1] } }] },
    { rules: [{ action: 'FailJob', onExitCodes: { containerName: '', operator: 'In', values: [256] } }] },
    {
      rules: [
        {
          action: 'FailJob',
          onExitCodes: { operator: 'In', values: Array.from({ length: 256 }, (_, code) => code + 1) },
        },
      ],
    },
    { rules: Array.from({ length: 21 }, () => ({ action: 'Count', onPodConditions: [{ type: 'DisruptionTarget' }] })) },
    {
      rules: [{ action: 'Ignore', onPodConditions: Array.from({ length: 21 }, () => ({ type: 'DisruptionTarget' })) }],
    },
    { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: ['1'] } }] },
  ],
};
const cronValues: Readonly<Record<string, readonly unknown[]>> = {
  schedule: [
    '* * * * *',
    '*/5 * * * *',
    '0 0 30 2 *',
    '60 * * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 7',
    '0 0 * * SUN',
    '0 0 * * sunday',
    '* * * *',
    '* * * * * *',
    '@daily',
    '@reboot',
    '@every 1h30m',
    '@every 1x',
    '@every -1h',
    '@every',
    '@Daily',
    'TZ=UTC 0 0 * * *',
    'CRON_TZ=Asia/Tokyo 0 0 * * *',
    '5-1 * * * *',
    '1-5/2 * * * *',
    '*/0 * * * *',
    '1,2,,3 * * * *',
    '? ? ? ? ?',
    '0 0 L * *',
    '0 0 15W * *',
    '0 0 * * 1#2',
    '',
    ' ',
    '0 0 1 JAN MON-FRI',
    '0 0 1 jan-mar mon',
    '0 0 1 JANUARY *',
    '-5 * * * *',
    '1.5 * * * *',
    '0/15 * * * *',
    '59/2 23/1 31/1 12/1 6/1',
    '*-5 * * * *',
    '1-2-3 * * * *',
    '1/2/3 * * * *',
    '\t0  0 * * *  ',
    '0 0 * * * TZ',
    5,
    null,
  ],
  timeZone: [
    'UTC',
    'Etc/UTC',
    'Europe/Paris',
    'europe/paris',
    'EUROPE/PARIS',
    'Local',
    'local',
    '',
    ' UTC',
    'Europe/Atlantis',
    'America/Argentina/Buenos_Aires',
    'US/Pacific',
    'GMT+1',
    'Etc/GMT+5',
    'Etc/GMT-14',
    '+01:00',
    'EST5EDT',
    'Asia/Calcutta',
    'Asia/Kolkata',
    'posix/UTC',
    'Factory',
    'Zulu',
    'PST',
    'CET',
    '-UTC',
    'Europe/../UTC',
    '/UTC',
    'UTC/',
    'Europe//Paris',
    'Europe/Kyiv',
    'Europe/Kiev',
    null,
    3,
  ],
  concurrencyPolicy: ['Allow', 'Forbid', 'Replace', 'forbid', '', 'Queue', null],
  startingDeadlineSeconds: [0, 5, 200, -1, 1e12, null, '30'],
  successfulJobsHistoryLimit: [0, 3, -1, 2147483648, null, '3'],
  failedJobsHistoryLimit: [0, 1, -1, null, 1.5],
  suspend: [true, false, null, 'no'],
  startingDeadline: [60],
};
const names = [
  'a',
  'x'.repeat(52),
  'x'.repeat(53),
  'x'.repeat(58),
  'x'.repeat(63),
  'x'.repeat(64),
  'x'.repeat(253),
  'x'.repeat(254),
  'Upper',
  'under_score',
  'dot.ted',
  '-dash',
  'dash-',
  '',
  '9lives',
  'a..b',
  'sp ace',
];
const restartPolicies = ['Never', 'OnFailure', 'Always', 'never', '', null, 'Sometimes'];

/** Where the JobSpec is. */
function jobSpecPath(manifest: Record<string, unknown>): Path {
  return manifest['kind'] === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec'];
}

/** Subtrees that other manifests have at the same place, by shape. */
function donorsOf(bases: readonly Base[]): Map<string, unknown[]> {
  const donors = new Map<string, unknown[]>();
  for (const { manifest } of bases) {
    for (const path of pathsOf(manifest)) {
      const key = shape(path).replace(/^spec\.jobTemplate\./, '');
      donors.set(key, [...(donors.get(key) ?? []), at(manifest, path)]);
    }
  }
  return donors;
}

function typo(name: string, next: () => number): string {
  const position = Math.floor(next() * name.length);
  const letter = name[position] ?? '';
  return pick(
    [
      name.slice(0, position) + name.slice(position + 1),
      name.slice(0, position) + letter + letter + name.slice(position + 1),
      name.toLowerCase(),
      name.charAt(0).toUpperCase() + name.slice(1),
      `${name}s`,
      name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
    ],
    next,
  );
}

function otherType(value: unknown, next: () => number): unknown {
  const options: unknown[] = ['text', 5, true, [], {}, ['text'], { a: 'b' }, 1.5, [value], { value }, raw('3.0'), '5'];
  const same = (option: unknown): boolean =>
    typeof option === typeof value && Array.isArray(option) === Array.isArray(value);
  return pick(
    options.filter((option) => !same(option)),
    next,
  );
}

type Mutate = (
  root: Record<string, unknown>,
  path: Path,
  next: () => number,
  donors: ReadonlyMap<string, readonly unknown[]>,
) => string | undefined;

/** Each changes the manifest at a path, and says what it did; undefined: it does not apply there. */
const mutations: Readonly<Record<string, Mutate>> = {
  remove(root, path) {
    remove(root, path);
    return '';
  },
  null(root, path) {
    put(root, path, null);
    return '';
  },
  retype(root, path, next) {
    const value = otherType(at(root, path), next);
    put(root, path, value);
    return JSON.stringify(value);
  },
  renumber(root, path, next) {
    const value = at(root, path);
    if (typeof value !== 'number') return undefined;
    put(root, path, pick([...numbers, value + 1, -value], next));
    return String(at(root, path));
  },
  restring(root, path, next) {
    if (typeof at(root, path) !== 'string') return undefined;
    put(root, path, pick(strings, next));
    return JSON.stringify(at(root, path)).slice(0, 40);
  },
  retarget(root, path, next) {
    if (typeof at(root, path) !== 'string') return undefined;
    const last = path.at(-1);
    // Another value of a field of the same name, or any other text of this manifest: a reference that now points elsewhere.
    const others = pathsOf(root).filter((other) => typeof at(root, other) === 'string');
    const alike = others.filter((other) => other.at(-1) === last);
    const value = at(root, pick(next() < 0.7 && alike.length > 1 ? alike : others, next));
    put(root, path, value);
    return JSON.stringify(value).slice(0, 40);
  },
  recase(root, path, next) {
    const value = at(root, path);
    if (typeof value !== 'string' || value.length > 40 || value === '') return undefined;
    put(root, path, pick([value.toLowerCase(), value.toUpperCase(), `${value} `, typo(value, next)], next));
    return JSON.stringify(at(root, path));
  },
  typo(root, path, next) {
    const last = path.at(-1);
    const parent = at(root, path.slice(0, -1));
    if (typeof last !== 'string' || !isTree(parent) || Array.isArray(parent)) return undefined;
    const name = typo(last, next);
    const value = parent[last];
    Reflect.deleteProperty(parent, last);
    parent[name] = value;
    return name;
  },
  unknown(root, path, next) {
    const value = at(root, path);
    if (!isTree(value) || Array.isArray(value)) return undefined;
    const name = pick(
      [
        'extra',
        'description',
        'image',
        'name',
        'command',
        'limits',
        'restartPolicy',
        'labels',
        'completions',
        'x-note',
      ],
      next,
    );
    if (name in value) return undefined;
    value[name] = pick(['text', 3, true, null, {}, []], next);
    return name;
  },
  'twin-key'(root, path, next) {
    const last = path.at(-1);
    const parent = at(root, path.slice(0, -1));
    if (typeof last !== 'string' || !isTree(parent) || Array.isArray(parent)) return undefined;
    parent[`${last}${twin}`] = next() < 0.5 ? structuredClone(parent[last]) : 'other';
    return '';
  },
  'twin-item'(root, path) {
    const parent = at(root, path.slice(0, -1));
    if (!Array.isArray(parent)) return undefined;
    parent.push(structuredClone(parent[Number(path.at(-1))]));
    return '';
  },
  reverse(root, path) {
    const value = at(root, path);
    if (!Array.isArray(value) || value.length < 2) return undefined;
    value.reverse();
    return '';
  },
  empty(root, path) {
    const value = at(root, path);
    if (!isTree(value)) return undefined;
    put(root, path, Array.isArray(value) ? [] : {});
    return '';
  },
  scalar(root, path, next) {
    if (isTree(at(root, path))) return undefined;
    const text = pick(scalars, next);
    put(root, path, raw(text));
    return text.trim();
  },
  graft(root, path, next, donors) {
    const parent = path.slice(0, -1);
    const prefix = shape(parent).replace(/^spec\.jobTemplate\./, '');
    // A sibling that another manifest has here and this one may not have.
    const keys = [...donors.keys()].filter(
      (key) => key.startsWith(`${prefix}.`) && !key.slice(prefix.length + 1).includes('.') && !key.endsWith('.*'),
    );
    if (keys.length === 0 || Array.isArray(at(root, parent))) return undefined;
    const key = pick(keys, next);
    const name = key.slice(prefix.length + 1);
    if (written([...parent, name]) === 'metadata.namespace') return undefined;
    put(root, [...parent, name], structuredClone(pick(donors.get(key) ?? [], next)));
    return name;
  },
  'graft-item'(root, path, next, donors) {
    const value = at(root, path);
    if (!Array.isArray(value)) return undefined;
    const items = donors.get(`${shape(path).replace(/^spec\.jobTemplate\./, '')}.*`) ?? [];
    if (items.length === 0) return undefined;
    value.splice(Math.floor(next() * (value.length + 1)), 0, structuredClone(pick(items, next)));
    return '';
  },
};

/** How often each mutation is tried, relative to 1. What only breaks decoding is rare: a refused decoding hides all else. */
const weights: Readonly<Record<string, number>> = {
  'twin-key': 0.2,
  typo: 0.3,
  unknown: 0.3,
  retype: 0.4,
  scalar: 0.7,
  graft: 2.5,
  'graft-item': 4,
  'twin-item': 2,
  reverse: 3,
  renumber: 4,
  restring: 1.5,
  retarget: 1.5,
};

function pickMutation(next: () => number): string {
  const kinds = Object.keys(mutations);
  let rest = next() * kinds.reduce((sum, name) => sum + (weights[name] ?? 1), 0);
  return kinds.find((name) => (rest -= weights[name] ?? 1) < 0) ?? 'remove';
}

/** Gives one of the Job's (or CronJob's) own fields a value worth trying. */
function mutateJobField(root: Record<string, unknown>, next: () => number): string {
  const spec = jobSpecPath(root);
  const chance = next();
  if (chance < 0.06) {
    put(root, ['metadata', 'name'], pick(names, next));
    return `set metadata.name ${JSON.stringify(at(root, ['metadata', 'name'])).slice(0, 20)}`;
  }
  if (chance < 0.12) {
    put(root, [...spec, 'template', 'spec', 'restartPolicy'], pick(restartPolicies, next));
    return 'set restartPolicy';
  }
  const [table, path] =
    root['kind'] === 'CronJob' && chance < 0.6 ? ([cronValues, ['spec']] as const) : ([jobValues, spec] as const);
  const field = pick(Object.keys(table), next);
  const value = structuredClone(pick(table[field] ?? [null], next));
  put(root, [...path, field], value);
  return `set ${field} ${JSON.stringify(value).slice(0, 60)}`;
}

function mutateAnywhere(
  root: Record<string, unknown>,
  next: () => number,
  donors: ReadonlyMap<string, readonly unknown[]>,
): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const path = pick(pathsOf(root), next);
    const name = pickMutation(next);
    const place = written(path);
    const done = mutations[name]?.(root, path, next, donors);
    if (done !== undefined) return `${name} ${place} ${done}`.trim();
  }
  return 'none';
}

/** YAML text as the server's own reader (1.1) takes it back; marks of raw scalars and twin keys are resolved. */
export function manifestText(manifest: unknown): string {
  return stringify(manifest, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
    .replace(/["']?@raw<([^>]*)>["']?/g, (_, text: string) =>
      text.replaceAll('\\"', '"').replaceAll('\\n', '\n').replaceAll("''", "'"),
    )
    .replaceAll(new RegExp(`["']?([^\\s"']+)${twin}["']?:`, 'g'), '$1:');
}

export interface MutationOptions {
  readonly bases: readonly Base[];
  readonly seed: number;
  readonly count: number;
  /** Share of the mutations that concern the Job's and CronJob's own fields, from 0 to 1; the others hit anything. */
  readonly jobFields: number;
}

/** As many different mutated manifests as asked for, in an order that the seed alone decides. */
export function* mutate({ bases, seed, count, jobFields }: MutationOptions): Generator<MutatedManifest> {
  const next = random(seed);
  const donors = donorsOf(bases);
  const seen = new Set<string>();
  for (let made = 0; made < count;) {
    const base = pick(bases, next);
    const manifest = structuredClone(base.manifest);
    const steps = next() < 0.65 ? 1 : next() < 0.7 ? 2 : 3;
    const done = Array.from({ length: steps }, () =>
      next() < jobFields ? mutateJobField(manifest, next) : mutateAnywhere(manifest, next, donors),
    );
    const yaml = manifestText(manifest);
    if (seen.has(yaml)) continue;
    seen.add(yaml);
    made += 1;
    yield { base: base.name, mutation: done.join(' + '), kind: manifest['kind'] as 'Job' | 'CronJob', yaml };
  }
}
