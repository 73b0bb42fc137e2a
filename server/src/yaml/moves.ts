import type { Json } from '../../core/manifest/edit.ts';
import { dataOf } from '../../core/manifest/data.ts';
import {
  entryOf,
  type Entry,
  type ManifestNode,
  type MappingNode,
  type SequenceNode,
} from '../../core/manifest/tree.ts';
import { dashOf, insertItem, removeItem } from './list-edits.ts';
import { addEntry, endOfEntry, endOfValue, flowNotation } from './mapping-edits.ts';
import { reach } from './reach.ts';
import { columnOf, endOfLine, nextLine } from './text-style.ts';
import { blockText, flowText, keyText } from './value-text.ts';
import type { Editing, TextChange } from './writer.ts';

/** What is moved keeps its own text: its lines only get another indentation, so comments and style go along. */

type Keys = readonly (string | number)[];

/** A value deeper into itself (`to` begins with `path`), or out in the place of one of its parents (the other way). */
export function moveValue(
  editing: Editing,
  path: Keys,
  to: Keys,
  beside: { readonly [key: string]: Json },
): TextChange | null {
  const inwards = to.length > path.length && path.every((key, at) => key === to[at]);
  const outwards = path.length > to.length && to.every((key, at) => key === path[at]);
  const inner = entryAt(editing, path);
  const outer = entryAt(editing, to);
  if (inwards && inner !== null) return nest(editing, inner, to.slice(path.length), beside);
  if (outwards && inner !== null && outer !== null) return lift(editing, inner, outer);
  return null;
}

interface Placed {
  readonly parent: MappingNode;
  readonly entry: Entry;
}

function entryAt({ document }: Editing, path: Keys): Placed | null {
  const parent = reach(document.root, path.slice(0, -1));
  const key = path.at(-1);
  if (parent?.kind !== 'mapping' || typeof key !== 'string') return null;
  const entry = entryOf(parent, key);
  return entry === undefined || entry.merged === true || entry.value.aliasOf !== undefined ? null : { parent, entry };
}

/** True for a value whose lines can be moved as lines: a collection that starts on a line of its own. */
function standsBelow({ text }: Editing, { entry }: Placed): boolean {
  const { value, keySpan } = entry;
  return value.kind !== 'scalar' && value.flow !== true && value.span.start > endOfLine(text, keySpan.end);
}

function nest(editing: Editing, placed: Placed, keys: Keys, beside: { readonly [key: string]: Json }): TextChange {
  const { text, style } = editing;
  const { entry, parent } = placed;
  if (!standsBelow(editing, placed)) {
    const notation = parent.flow === true ? flowNotation(text, parent) : 'flow';
    const fields = Object.entries(beside).map(
      ([key, value]) => `${keyText(key, notation)}: ${flowText(value, notation)}`,
    );
    const raw = text.slice(entry.value.span.start, endOfEntry(text, entry));
    const [first, ...rest] = keys.map((key) => keyText(String(key), notation));
    const inner = rest.reduceRight((value, key) => `{${key}: ${value}}`, raw);
    return { span: entry.value.span, newText: `{${[...fields, `${first!}: ${inner}`].join(', ')}}` };
  }
  const column = columnOf(text, entry.keySpan.start) + style.step;
  const start = endOfLine(text, entry.keySpan.end);
  const end = endOfEntry(text, entry);
  const head =
    Object.keys(beside).length === 0 ? '' : style.lineEnd + ' '.repeat(column) + blockText(beside, column, style);
  const parents = keys.map(
    (key, depth) => `${style.lineEnd}${' '.repeat(column + depth * style.step)}${keyText(String(key), 'block')}:`,
  );
  const body = indented(text.slice(start, end), keys.length * style.step);
  return { span: { start, end }, newText: head + parents.join('') + body };
}

function lift(editing: Editing, inner: Placed, outer: Placed): TextChange | null {
  const { text } = editing;
  if (!standsBelow(editing, inner) || !standsBelow(editing, outer)) {
    if (inner.entry.value.kind !== 'scalar' && inner.entry.value.flow !== true) return null;
    const { start } = outer.entry.value.span;
    const raw = text.slice(inner.entry.value.span.start, endOfEntry(text, inner.entry));
    return { span: { start, end: endOfEntry(text, outer.entry) }, newText: raw };
  }
  const by = columnOf(text, outer.entry.value.span.start) - columnOf(text, inner.entry.value.span.start);
  const body = text.slice(endOfLine(text, inner.entry.keySpan.end), endOfEntry(text, inner.entry));
  const start = endOfLine(text, outer.entry.keySpan.end);
  return { span: { start, end: endOfEntry(text, outer.entry) }, newText: indented(body, by) };
}

/** Lines with more or fewer spaces in front; empty lines, and the rest of the first, stay. */
function indented(lines: string, by: number): string {
  if (by >= 0) return lines.replace(/(\n)(?=[^\r\n])/g, `$1${' '.repeat(by)}`);
  return lines.replace(new RegExp(`(\\n) {0,${-by}}`, 'g'), '$1');
}

/** Stands for the item while a list is made for it. */
const PLACEHOLDER = 'jobwright_moved_item';

/** The text with an item of a list taken to another place, comments above it included; null where it cannot be. */
export function moveItem(editing: Editing, path: Keys, to: Keys): string | null {
  const { text, document } = editing;
  const list = reach(document.root, path.slice(0, -1));
  const [at, index] = [path.at(-1), to.at(-1)];
  if (list?.kind !== 'sequence' || typeof at !== 'number' || typeof index !== 'number') return null;
  const item = list.items[at];
  const target = reach(document.root, to.slice(0, -1));
  if (item === undefined || (target !== list && list.items.length < 2)) return null;
  const chunks = chunksOf(text, list);
  if (target === list && chunks !== null) {
    const order = chunks.map((_, place) => place).filter((place) => place !== at);
    order.splice(index, 0, at);
    return reordered(text, chunks, order);
  }
  const place = target === list && index > at ? index + 1 : index;
  const change =
    chunks === null || (target?.kind === 'sequence' && target.flow === true)
      ? addValue(editing, target, to, place, dataOf(item) as Json)
      : addLines(editing, target, to, text.slice(chunks[at]!.start, chunks[at]!.end), columnOf(text, list.span.start));
  return change === null ? null : withoutAndWith(text, chunks?.[at] ?? removeItem(editing, list, at).span, change);
}

/** Into a list on one line, or out of one, only what the item says can be taken along. */
function addValue(
  editing: Editing,
  target: ManifestNode | undefined,
  to: Keys,
  index: number,
  value: Json,
): TextChange | null {
  if (target?.kind === 'sequence') return insertItem(editing, target, index, value);
  const [parent, key] = [reach(editing.document.root, to.slice(0, -2)), to.at(-2)];
  if (target !== undefined || parent?.kind !== 'mapping' || typeof key !== 'string') return null;
  return addEntry(editing, parent, key, [value]);
}

/** The item's own lines, which stood in a list at `column`. */
function addLines(
  editing: Editing,
  target: ManifestNode | undefined,
  to: Keys,
  lines: string,
  column: number,
): TextChange | null {
  const { text, style } = editing;
  const own = withLineEnd(lines, style.lineEnd);
  const movedTo = (wanted: number): string => indented(`\n${own}`, wanted - column).slice(1);
  if (target?.kind === 'sequence') {
    const others = chunksOf(text, target);
    const start = others === null ? undefined : (others[Number(to.at(-1))]?.start ?? others.at(-1)?.end);
    if (start === undefined) return null;
    const fresh = text[start - 1] === '\n' ? '' : style.lineEnd;
    return { span: { start, end: start }, newText: fresh + movedTo(columnOf(text, target.span.start)) };
  }
  const added = addValue(editing, target, to, 0, PLACEHOLDER);
  const line = added === null ? null : new RegExp(`^( *)- ${PLACEHOLDER}`, 'm').exec(added.newText);
  if (added === null || line === null) return null;
  const moved = movedTo(line[1]!.length).replace(/\r?\n$/, '');
  return { span: added.span, newText: added.newText.replace(line[0], () => moved) };
}

interface Chunk {
  readonly start: number;
  readonly end: number;
}

/** The lines of each item, with the comments right above it; null for lists that have no lines of their own. */
function chunksOf(text: string, list: SequenceNode): readonly Chunk[] | null {
  if (list.flow === true) return null;
  const column = columnOf(text, list.span.start);
  const chunks: Chunk[] = [];
  for (const [at, item] of list.items.entries()) {
    const dash = dashOf(text, list, at);
    let start = dash - columnOf(text, dash);
    if (text.slice(start, dash).trim() !== '') return null;
    const least = chunks.at(-1)?.end ?? 0;
    for (let above = start; above > least;) {
      above -= 1;
      above -= columnOf(text, above);
      const line = text.slice(above, endOfLine(text, above));
      if (line.trimStart().startsWith('#') && line.length - line.trimStart().length === column) start = above;
      else break;
    }
    chunks.push({ start, end: nextLine(text, Math.max(dash, endOfValue(text, item) - 1)) });
  }
  return chunks;
}

function withLineEnd(text: string, lineEnd: string): string {
  return text.endsWith('\n') ? text : text + lineEnd;
}

/** The chunks in another order; what stands between them stays between them. */
function reordered(text: string, chunks: readonly Chunk[], order: readonly number[]): string {
  const last = chunks.at(-1)!;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  let result = text.slice(0, chunks[0]!.start);
  for (const [at, from] of order.entries()) {
    const { start, end } = chunks[from]!;
    const next = chunks[at + 1]?.start ?? last.end;
    result += withLineEnd(text.slice(start, end), lineEnd) + text.slice(chunks[at]!.end, next);
  }
  const end = text.slice(0, last.end).endsWith('\n') ? result : result.replace(/\r?\n$/, '');
  return end + text.slice(last.end);
}

function withoutAndWith(text: string, chunk: Chunk, { span, newText }: TextChange): string | null {
  // Behind the very lines that go: in front of the line end that they leave.
  if (chunk.start < span.start && span.start <= chunk.end)
    return text.slice(0, chunk.start).replace(/\r?\n$/, '') + newText + text.slice(span.start);
  if (span.start < chunk.end && chunk.start < span.end) return null;
  const cut = (start: number, end: number): string =>
    text.slice(start, Math.max(start, Math.min(end, chunk.start))) +
    text.slice(Math.min(end, Math.max(start, chunk.end)), end);
  const result = cut(0, span.start) + newText + cut(span.end, text.length);
  return text.endsWith('\n') ? result : result.replace(/\r?\n$/, '');
}
