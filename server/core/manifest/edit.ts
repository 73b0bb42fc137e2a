import type { FieldPath } from './path.ts';

/** Plain data as JSON knows it; bigint for integers that a double cannot hold. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A change to a manifest, by path, without knowledge of the text. The YAML room turns a list of these into text edits
 * that keep comments, style and line ends.
 *
 * - `set` replaces or adds the field at `path`, making missing parents.
 * - `remove` takes the field or list item away, with its line.
 * - `rename` gives the field at `path` a new name and keeps its value.
 * - `insert` puts `value` before the 0-based `index` of the list at `path` (at its end when `index` is the length).
 */
export type ManifestEdit =
  | { readonly kind: 'set'; readonly path: FieldPath; readonly value: Json }
  | { readonly kind: 'remove'; readonly path: FieldPath }
  | { readonly kind: 'rename'; readonly path: FieldPath; readonly name: string }
  | { readonly kind: 'insert'; readonly path: FieldPath; readonly index: number; readonly value: Json };

/** A named way to mend a finding, offered as a code action and by `lint --fix`. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly ManifestEdit[];
  /** The one to apply when nobody chooses. At most one of a finding's fixes is preferred. */
  readonly preferred?: boolean;
}
