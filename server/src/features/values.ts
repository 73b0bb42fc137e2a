import { sayCron } from '../../core/kubernetes/cron-words.ts';
import { apiFieldAt, fieldDoc } from '../../core/kubernetes/field-docs.ts';
import { TIME_ZONES } from '../../core/kubernetes/generated/time-zones.ts';
import type { Shape } from '../../core/kubernetes/shape.ts';
import { segmentKey, type FieldPath } from '../../core/manifest/path.ts';
import { entryOf, nodeAt, type ScalarNode } from '../../core/manifest/tree.ts';
import { textOf, type Manifest } from './identity.ts';
import { AMOUNTS, CRON_FIELDS, KNOWN_KEYS, KNOWN_VALUES, SCHEDULES, type ValueChoice } from './known-values.ts';

/** What of the value stands around the cursor's word already. */
export interface Typed {
  readonly before: string;
  readonly after: string;
}

/** Values, and how much of what is typed each replaces: the word under the cursor or the value as a whole. */
export interface Values {
  readonly choices: readonly ValueChoice[];
  readonly replaces: 'word' | 'value';
}

/** The values worth offering for a field; none where any value may be right. `path` starts at the object's root. */
export function valuesAt(manifest: Manifest, path: FieldPath, shape: Shape, typed: Typed): Values {
  const place = placeOf(path);
  if (place === 'spec.schedule') return scheduleValues(typed);
  if (place === 'spec.timeZone') return whole([...TIME_ZONES].map((value) => ({ value })));
  return whole(choicesAt(manifest, path, place, shape));
}

/** Well-known keys of the free map at a path. */
export function keysAt(manifest: Manifest, path: FieldPath): readonly ValueChoice[] {
  const place = placeOf(path);
  if (place.endsWith('matchLabels')) return podLabels(manifest);
  return KNOWN_KEYS.find(({ ending }) => ends(place, ending))?.choices ?? [];
}

/** What a well-known value, or a well-known key of a free map, means; null for one that is not known. */
export function meaningAt(manifest: Manifest, path: FieldPath, value: ScalarNode | null): string | null {
  const place = placeOf(path);
  if (value === null) {
    const key = String(segmentKey(path.at(-1) ?? ''));
    return keysAt(manifest, path.slice(0, -1)).find((choice) => choice.value === key)?.meaning ?? null;
  }
  const known = KNOWN_VALUES.find(({ ending }) => ends(place, ending))?.choices;
  const found = known?.find((choice) => choice.value === value.source)?.meaning;
  return found === undefined ? null : `${value.source}: ${found}.`;
}

/** `spec.rules.*.type`: with a star for each place in a list. */
function placeOf(path: FieldPath): string {
  return path.map((segment) => (typeof segment === 'number' ? '*' : segmentKey(segment))).join('.');
}

function ends(place: string, ending: string): boolean {
  return place === ending || place.endsWith(`.${ending}`);
}

function whole(choices: readonly ValueChoice[]): Values {
  return { choices, replaces: 'value' };
}

function choicesAt(manifest: Manifest, path: FieldPath, place: string, shape: Shape): readonly ValueChoice[] {
  const field = path.findLast((segment) => typeof segment === 'string') ?? '';
  if (place === 'apiVersion') return [{ value: 'batch/v1' }];
  if (place === 'kind') return [{ value: 'Job' }, { value: 'CronJob' }];
  if (field === 'containerName') return containersOf(manifest).map((value) => ({ value }));
  if (/\.volume(?:Mounts|Devices)\.\*\.name$/.test(place)) return volumesOf(manifest);
  if (/\.(?:httpGet|tcpSocket)\.port$/.test(place)) return portsOf(manifest, path);
  if (place.endsWith('succeededIndexes')) return indexLists(manifest);
  if (place.endsWith('template.spec.restartPolicy'))
    return ['Never', 'OnFailure'].map((value) => ({
      value,
      meaning: fieldDoc('PodSpec', 'restartPolicy')?.values?.[value],
    }));
  const known = KNOWN_VALUES.find(({ ending }) => ends(place, ending));
  if (known !== undefined) return known.choices;
  if (shape.type === 'quantity') return amounts(manifest, path);
  if (shape.type === 'boolean') return [{ value: 'true' }, { value: 'false' }];
  if (shape.type !== 'string' || shape.enum === undefined) return [];
  const meanings = apiFieldAt(manifest.kind, path)?.doc?.values ?? {};
  return shape.enum.filter((value) => value !== '').map((value) => ({ value, meaning: meanings[value] }));
}

/** Whole schedules at first; behind the first field, what may follow, with a reading of what that makes. */
function scheduleValues({ before, after }: Typed): Values {
  const fields = before.split(/\s+/).filter((field) => field !== '');
  if (fields.length === 0) return whole(SCHEDULES);
  const choices = (CRON_FIELDS[fields.length] ?? []).flatMap((value): ValueChoice[] => {
    const later = after.split(/\s+/).filter((field) => field !== '');
    const full = [...fields, value, ...later, '*', '*', '*', '*'].slice(0, CRON_FIELDS.length).join(' ');
    const meaning = sayCron(full);
    return meaning === null ? [] : [{ value, meaning: `${meaning} (\`${full}\`)` }];
  });
  return { choices, replaces: 'word' };
}

function podOf({ kind }: Manifest): FieldPath {
  return kind === 'Job' ? ['spec', 'template'] : ['spec', 'jobTemplate', 'spec', 'template'];
}

/** Names of the pod's containers and init containers, in order. */
function containersOf(manifest: Manifest): readonly string[] {
  return ['containers', 'initContainers'].flatMap((list) => namesIn(manifest, [...podOf(manifest), 'spec', list]));
}

function volumesOf(manifest: Manifest): readonly ValueChoice[] {
  return namesIn(manifest, [...podOf(manifest), 'spec', 'volumes']).map((value) => ({ value }));
}

/** Named ports of the container that the path leads into. */
function portsOf(manifest: Manifest, path: FieldPath): readonly ValueChoice[] {
  const at = path.findIndex((segment) => segment === 'containers' || segment === 'initContainers');
  return namesIn(manifest, [...path.slice(0, at + 2), 'ports']).map((value) => ({ value }));
}

function namesIn({ root }: Manifest, path: FieldPath): readonly string[] {
  const list = nodeAt(root, path);
  return list?.kind === 'sequence' ? list.items.map((item) => textOf(item, 'name')).filter((name) => name !== '') : [];
}

function podLabels(manifest: Manifest): readonly ValueChoice[] {
  const labels = nodeAt(manifest.root, [...podOf(manifest), 'metadata', 'labels']);
  return labels?.kind === 'mapping' ? labels.entries.map(({ key }) => ({ value: key })) : [];
}

/** Lists of indexes that fit the Job's completions. */
function indexLists(manifest: Manifest): readonly ValueChoice[] {
  const completions = nodeAt(manifest.root, [...podOf(manifest).slice(0, -1), 'completions']);
  const count = completions?.kind === 'scalar' && typeof completions.value === 'number' ? completions.value : 0;
  const leader: ValueChoice = { value: '0', meaning: 'index 0, the leader', quote: true };
  if (count < 2) return [leader];
  const half = Math.ceil(count / 2) - 1;
  return [
    leader,
    { value: `0-${count - 1}`, meaning: `all ${count} indexes` },
    { value: `0,${count - 1}`, meaning: 'the first and the last', quote: true },
    ...(half > 0 && half < count - 1 ? [{ value: `0-${half}`, meaning: 'the first half' }] : []),
  ];
}

/** Usual amounts of a resource; for a limit the request comes first, and the other way round. */
function amounts({ root }: Manifest, path: FieldPath): readonly ValueChoice[] {
  const name = String(segmentKey(path.at(-1) ?? ''));
  const sides: Readonly<Record<string, string>> = { limits: 'requests', requests: 'limits' };
  const side = segmentKey(path.at(-2) ?? '');
  const other = sides[side];
  const same = other === undefined ? undefined : entryOf(nodeAt(root, [...path.slice(0, -2), other]), name)?.value;
  const usual = (Object.hasOwn(AMOUNTS, name) ? AMOUNTS[name] : undefined) ?? [];
  const first = same?.kind === 'scalar' && same.source !== '' ? [same.source] : [];
  return [
    ...first.map((value) => ({ value, meaning: `as in ${other}` })),
    ...usual.filter((value) => !first.includes(value)).map((value) => ({ value })),
  ];
}
