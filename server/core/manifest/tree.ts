import { segmentKey, type FieldPath } from './path.ts';

/**
 * A neutral source tree: what a manifest says and where it says it. YAML and JSON readers make it; everything else
 * reads it, so no other room knows about YAML.
 */

/** Half-open stretch of the source text, in UTF-16 code units from the start of the text, 0-based. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What a scalar is after the API server's own resolution of plain scalars (YAML 1.1 booleans, octal numbers, …).
 * An integer that a double cannot hold exactly is a bigint.
 */
export type ScalarValue = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: ScalarValue;
  /** The text as written, without quotes or block header; for messages and hovers. */
  readonly source: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** An explicit tag such as `!!int`, when one was written. */
  readonly tag?: string;
  /** Set when the value cannot be sent as JSON (`.inf`, an unknown tag); the reason in the reader's words. */
  readonly unreadable?: string;
  /** Where the anchored original stands, when this node was reached through an alias. */
  readonly aliasOf?: Span;
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ManifestNode;
  /** True when a later entry of the same mapping has the same key, and so hides this one. */
  readonly shadowed?: boolean;
  /** True when the key was written before in the same mapping: strict decoding names it once for each repeat. */
  readonly duplicate?: boolean;
  /** True when the entry came from a merge key (`<<`). */
  readonly merged?: boolean;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly span: Span;
  /** In source order, duplicates included. */
  readonly entries: readonly Entry[];
  readonly flow?: boolean;
  readonly aliasOf?: Span;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly items: readonly ManifestNode[];
  readonly flow?: boolean;
  readonly aliasOf?: Span;
}

export type ManifestNode = ScalarNode | MappingNode | SequenceNode;

/** A problem of the text itself: the reader recovered and went on. */
export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
}

/** One document of a stream. */
export interface ManifestDocument {
  /** 0-based, empty documents included. */
  readonly index: number;
  /** From the character after the separating `---` (or the start of the text) to the next separator (or the end). */
  readonly span: Span;
  /** Null for an empty document, or when nothing could be understood. */
  readonly root: ManifestNode | null;
  readonly problems: readonly SyntaxProblem[];
  /** A budget ended the reading of this document: what is missing from the tree is unknown, not absent. */
  readonly truncated?: boolean;
}

/** The entry that counts for a key: the last one that is not shadowed. */
export function entryOf(node: ManifestNode | null | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'mapping') return undefined;
  for (let at = node.entries.length - 1; at >= 0; at--) {
    const entry = node.entries[at]!;
    if (entry.key === key && entry.shadowed !== true) return entry;
  }
  return undefined;
}

/** The node at a path, or undefined when the source has none there. */
export function nodeAt(root: ManifestNode | null, path: FieldPath): ManifestNode | undefined {
  let node: ManifestNode | undefined = root ?? undefined;
  for (const segment of path) {
    const key = segmentKey(segment);
    node = typeof key === 'number' ? itemOf(node, key) : entryOf(node, key)?.value;
    if (node === undefined) return undefined;
  }
  return node;
}

function itemOf(node: ManifestNode | undefined, index: number): ManifestNode | undefined {
  return node?.kind === 'sequence' ? node.items[index] : undefined;
}

/**
 * Where a finding about `path` is shown: the value there, or, when the source lacks it, the key of the nearest
 * ancestor that it has (a missing `restartPolicy` is shown at its pod's `spec:`).
 */
export function spanOf(root: ManifestNode, path: FieldPath): Span {
  let node: ManifestNode = root;
  let best: Span = root.kind === 'mapping' && root.entries[0] !== undefined ? root.entries[0].keySpan : root.span;
  for (const [at, segment] of path.entries()) {
    const key = segmentKey(segment);
    const entry = typeof key === 'string' ? entryOf(node, key) : undefined;
    const next: ManifestNode | undefined = typeof key === 'number' ? itemOf(node, key) : entry?.value;
    if (next === undefined) return best;
    if (at === path.length - 1)
      return next.kind === 'scalar' && next.span.end > next.span.start
        ? next.span
        : (entry?.keySpan ?? firstLineSpan(next));
    best = entry?.keySpan ?? firstLineSpan(next);
    node = next;
  }
  return best;
}

/** A collection is marked by its first entry, not by all its lines. */
function firstLineSpan(node: ManifestNode): Span {
  if (node.kind === 'mapping' && node.entries[0] !== undefined) return node.entries[0].keySpan;
  if (node.kind === 'sequence' && node.items[0] !== undefined) return firstLineSpan(node.items[0]);
  return node.span;
}
