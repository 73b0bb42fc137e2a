import type { ObjectShape, Shape } from '../kubernetes/shape.ts';
import { dataOf } from '../manifest/data.ts';
import type { Fix } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Entry, ManifestNode, MappingNode } from '../manifest/tree.ts';
import { nearestChoice } from './choice-fixes.ts';

/** More keys than any object has: not worth looking at. */
const MOST_SIBLINGS = 500;

/** Ways out of an unknown field: the name that was meant, when one is near and free, or to remove it. */
export function misspelled(entry: Entry, path: FieldPath, shape: ObjectShape, siblings: MappingNode): readonly Fix[] {
  const taken = new Set(siblings.entries.slice(0, MOST_SIBLINGS).map(({ key }) => key));
  const free = Object.keys(shape.fields).filter((name) => !taken.has(name));
  const near = nearestChoice(entry.key, free);
  const remove: Fix = { title: `Remove ${entry.key}`, edits: [{ kind: 'remove', path }] };
  if (near === null) return [remove];
  return [{ title: `Change to ${near}`, edits: [{ kind: 'rename', path, name: near }], preferred: true }, remove];
}

/** What of a key stands above: how often, and where for the last time. */
export interface Written {
  readonly times: number;
  readonly last: Entry;
}

/** Ways out of a key that was written before: without the repeat when both say the same, else a person has to choose. */
export function repeatedKey({ key, value }: Entry, { times, last }: Written, path: FieldPath): readonly Fix[] {
  const removal = (occurrence: number, title: string): Fix => ({
    title,
    edits: [{ kind: 'remove', path, occurrence }],
  });
  if (says(last.value) === says(value)) return [{ ...removal(times, `Remove the repeated ${key}`), preferred: true }];
  return [
    removal(times, `Remove this ${key} and keep the one before`),
    removal(times - 1, `Remove the ${key} before and keep this one`),
  ];
}

function says(node: ManifestNode): string {
  return JSON.stringify(dataOf(node, String));
}

/**
 * Ways out of a value that YAML read as another type than was meant: `yes` and `0777` in quotes where text is wanted,
 * numbers and booleans without quotes where those are.
 */
export function misreadText(node: ManifestNode, shape: Shape, path: FieldPath): readonly Fix[] {
  if (node.kind !== 'scalar' || node.tag !== undefined) return [];
  const { source, style } = node;
  if (shape.type === 'string' && style === 'plain' && node.value !== null)
    return [{ title: `Put ${source} in quotes`, edits: [{ kind: 'set', path, value: source }], preferred: true }];
  if (typeof node.value !== 'string') return [];
  if ((shape.type === 'int32' || shape.type === 'int64') && /^-?\d{1,9}$/.test(source))
    return [
      { title: `Write ${source} as a number`, edits: [{ kind: 'set', path, value: Number(source) }], preferred: true },
    ];
  if (shape.type === 'boolean' && /^(?:true|false)$/i.test(source)) {
    const value = source.toLowerCase() === 'true';
    return [{ title: `Write ${value} without quotes`, edits: [{ kind: 'set', path, value }], preferred: true }];
  }
  return [];
}
