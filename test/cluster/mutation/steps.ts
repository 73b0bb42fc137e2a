import { numbers, scalars, strings } from './any-values.ts';
import { pick } from './random.ts';
import { raw, twin } from './spellings.ts';
import { at, isTree, pathsOf, put, remove, shape, written, type Path } from './tree.ts';

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

export type Mutate = (
  root: Record<string, unknown>,
  path: Path,
  next: () => number,
  donors: ReadonlyMap<string, readonly unknown[]>,
) => string | undefined;

/** Each changes the manifest at a path, and says what it did; undefined: it does not apply there. */
export const mutations: Readonly<Record<string, Mutate>> = {
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

export function pickMutation(next: () => number): string {
  const kinds = Object.keys(mutations);
  let rest = next() * kinds.reduce((sum, name) => sum + (weights[name] ?? 1), 0);
  return kinds.find((name) => (rest -= weights[name] ?? 1) < 0) ?? 'remove';
}
