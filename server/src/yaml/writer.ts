import type { Json, ManifestEdit } from '../../core/manifest/edit.ts';
import { segmentKey, type FieldPath } from '../../core/manifest/path.ts';
import { entryOf, type ManifestDocument, type ManifestNode, type Span } from '../../core/manifest/tree.ts';
import { insertItem, removeItem } from './list-edits.ts';
import { addEntry, removeEntry, renameEntry, replaceRoot, replaceValue } from './mapping-edits.ts';
import { moveItem, moveValue } from './moves.ts';
import { reach } from './reach.ts';
import { readDocuments } from './reader.ts';
import { styleOf, type TextStyle } from './text-style.ts';
import { blockText } from './value-text.ts';

/** Replaces a stretch of a text; an empty span inserts. */
export interface TextChange {
  readonly span: Span;
  readonly newText: string;
}

/** A document being edited. */
export interface Editing {
  readonly text: string;
  readonly document: ManifestDocument;
  readonly style: TextStyle;
}

/**
 * Turns edits by path into changes of the text: as few as possible, keeping comments, indentation, quotes, line ends
 * and flow style around them. `document` is one that was read from `text`. The changes do not overlap and are in source
 * order; none when an edit cannot be written (its place is reached through an alias or a merge key, say, where it would
 * change more than was asked).
 */
export function editText(
  text: string,
  document: ManifestDocument,
  edits: readonly ManifestEdit[],
): readonly TextChange[] {
  const editing = { text, document, style: styleOf(text, document) };
  if (edits.length > 1 && edits.some(({ kind }) => kind === 'move')) return oneByOne(text, document, edits);
  const changes = edits.map((edit) => changeOf(editing, edit));
  if (changes.some((change) => change === null)) return edits.length > 1 ? oneByOne(text, document, edits) : [];
  const sorted = (changes as TextChange[]).sort((a, b) => a.span.start - b.span.start);
  const clash = sorted.some((change, at) => at > 0 && change.span.start <= sorted[at - 1]!.span.end);
  // Edits that touch each other, or need each other's parents, are made one after the other.
  if (clash || (edits.length > 1 && sharesParents(edits))) return oneByOne(text, document, edits);
  return sorted;
}

export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const { span, newText } of changes) {
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

function sharesParents(edits: readonly ManifestEdit[]): boolean {
  const heads = edits.map(({ path }) => path.map(segmentKey));
  return heads.some((path, at) =>
    heads.some((other, index) => index !== at && path.every((key, n) => other[n] === key)),
  );
}

/** Makes the edits on ever new texts, and names the difference as one change. */
function oneByOne(text: string, document: ManifestDocument, edits: readonly ManifestEdit[]): readonly TextChange[] {
  let current = text;
  let now = document;
  for (const edit of edits) {
    const change = changeOf({ text: current, document: now, style: styleOf(current, now) }, edit);
    if (change === null) return [];
    current = applyChanges(current, [change]);
    const next = readDocuments(current)[document.index];
    if (next === undefined) return [];
    now = next;
  }
  return current === text ? [] : [differenceOf(text, current)];
}

/** Further documents, to stand behind the last line of the first of a text. */
export function documentsText(text: string, documents: readonly Json[]): string {
  const style = { lineEnd: text.includes('\r\n') ? '\r\n' : '\n', step: 2, listStep: 2 } as const;
  return documents.map((each) => `${style.lineEnd}---${style.lineEnd}${blockText(each, 0, style)}`).join('');
}

/** The one stretch in which two texts differ. */
export function differenceOf(text: string, current: string): TextChange {
  let start = 0;
  while (start < text.length && text[start] === current[start]) start += 1;
  let tail = 0;
  const most = Math.min(text.length, current.length) - start;
  while (tail < most && text[text.length - 1 - tail] === current[current.length - 1 - tail]) tail += 1;
  return { span: { start, end: text.length - tail }, newText: current.slice(start, current.length - tail) };
}

function changeOf(editing: Editing, edit: ManifestEdit): TextChange | null {
  switch (edit.kind) {
    case 'set':
      return setAt(editing, edit.path, edit.value);
    case 'remove':
      return removeAt(editing, edit.path, edit.occurrence);
    case 'rename': {
      const parent = reach(editing.document.root, edit.path.slice(0, -1));
      const key = lastKey(edit.path);
      if (parent?.kind !== 'mapping' || typeof key !== 'string') return null;
      return renameEntry(editing, parent, key, edit.name);
    }
    case 'move': {
      const [from, to] = [edit.path.map(segmentKey), edit.to.map(segmentKey)];
      if (typeof from.at(-1) === 'number') {
        const moved = moveItem(editing, from, to);
        return moved === null || moved === editing.text ? null : differenceOf(editing.text, moved);
      }
      return moveValue(editing, from, to, edit.beside ?? {});
    }
    case 'insert': {
      const list = reach(editing.document.root, edit.path);
      if (list?.kind === 'sequence') return insertItem(editing, list, edit.index, edit.value);
      return list === undefined || isEmpty(list) ? setAt(editing, edit.path, [edit.value]) : null;
    }
  }
}

function setAt(editing: Editing, path: FieldPath, value: Json): TextChange | null {
  const { root } = editing.document;
  if (root === null || path.length === 0) return replaceRoot(editing, wrap(path, value));
  let parent: ManifestNode = root;
  for (const [depth, segment] of path.entries()) {
    const key = segmentKey(segment);
    const last = depth === path.length - 1;
    if (depth > 0 && parent.aliasOf !== undefined) return null;
    if (typeof key === 'number') {
      if (parent.kind !== 'sequence') return null;
      const item: ManifestNode | undefined = parent.items[key];
      if (item === undefined)
        return key === parent.items.length
          ? insertItem(editing, parent, key, wrap(path.slice(depth + 1), value))
          : null;
      if (last) return replaceValue(editing, parent, item, null, value);
      parent = item;
    } else {
      if (parent.kind !== 'mapping') return null;
      const entry = entryOf(parent, key);
      const rest = wrap(path.slice(depth + 1), value);
      if (entry === undefined) return addEntry(editing, parent, key, rest);
      if (entry.merged === true) return null;
      // A key without a value, or one that cannot hold the rest of the path, gets it whole.
      if (last || isEmpty(entry.value) || entry.value.kind === 'scalar')
        return replaceValue(editing, parent, entry.value, entry, rest);
      parent = entry.value;
    }
  }
  return null;
}

function removeAt(editing: Editing, path: FieldPath, occurrence?: number): TextChange | null {
  const parentPath = path.slice(0, -1);
  const parent = reach(editing.document.root, parentPath);
  const key = lastKey(path);
  if (parent?.kind === 'sequence' && typeof key === 'number' && parent.items[key] !== undefined) {
    if (parent.items.length === 1 && parent.flow !== true) return setAt(editing, parentPath, []);
    return removeItem(editing, parent, key);
  }
  if (parent?.kind !== 'mapping' || typeof key !== 'string') return null;
  const entry =
    occurrence === undefined
      ? entryOf(parent, key)
      : parent.entries.filter((each) => each.key === key && each.merged !== true)[occurrence];
  if (entry === undefined || entry.merged === true) return null;
  if (parent.entries.length === 1 && parent.flow !== true) return setAt(editing, parentPath, {});
  return removeEntry(editing, parent, entry);
}

function lastKey(path: FieldPath): string | number | undefined {
  const last = path.at(-1);
  return last === undefined ? undefined : segmentKey(last);
}

function isEmpty(node: ManifestNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The value inside the parents that a path names. */
function wrap(path: FieldPath, value: Json): Json {
  return path.reduceRight<Json>((inner, segment) => {
    const key = segmentKey(segment);
    return typeof key === 'number' ? [inner] : { [key]: inner };
  }, value);
}
