import type { FieldPath } from './path.ts';

/** Plain data as JSON knows it; bigint for integers that a double cannot hold. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A change to a manifest, by path, without knowledge of the text. The YAML room turns a list of these into text edits
 * that keep comments, style and line ends.
 *
 * - `set` replaces or adds the field at `path`, making missing parents.
 * - `remove` takes the field or list item away, with its line. Of a key written several times `occurrence` (0-based) says
 *   which; the last when nothing is said.
 * - `rename` gives the field at `path` a new name and keeps its value.
 * - `insert` puts `value` before the 0-based `index` of the list at `path` (at its end when `index` is the length).
 * - `move` takes the value at `path`, with its comments, to the place `to`. Deeper inside itself (`spec` to
 *   `spec.jobTemplate.spec`) it gets parents, with the fields of `beside` in front of the first; out to one of its parents
 *   it takes that one's place; as an item it goes before the index `to` ends with, counted without it.
 */
export type ManifestEdit =
  | { readonly kind: 'set'; readonly path: FieldPath; readonly value: Json }
  | { readonly kind: 'remove'; readonly path: FieldPath; readonly occurrence?: number }
  | { readonly kind: 'rename'; readonly path: FieldPath; readonly name: string }
  | { readonly kind: 'insert'; readonly path: FieldPath; readonly index: number; readonly value: Json }
  | {
      readonly kind: 'move';
      readonly path: FieldPath;
      readonly to: FieldPath;
      readonly beside?: { readonly [key: string]: Json };
    };

/** The same edit of an object that stands at `prefix` in its document. */
export function within(prefix: FieldPath, edit: ManifestEdit): ManifestEdit {
  if (prefix.length === 0) return edit;
  const path = [...prefix, ...edit.path];
  return edit.kind === 'move' ? { ...edit, path, to: [...prefix, ...edit.to] } : { ...edit, path };
}

/** A named way to mend a finding, offered as a code action and by `lint --fix`. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly ManifestEdit[];
  /** The one to apply when nobody chooses. At most one of a finding's fixes is preferred. */
  readonly preferred?: boolean;
}
