import type { Json } from '../../core/manifest/edit.ts';
import type { SequenceNode } from '../../core/manifest/tree.ts';
import { endOfValue, flowNotation } from './mapping-edits.ts';
import { columnOf, endOfLine, nextLine } from './text-style.ts';
import { flowText, itemText } from './value-text.ts';
import type { Editing, TextChange } from './writer.ts';

/** Puts a value in front of the item `index` of a list, or behind its last. */
export function insertItem(
  { text, style }: Editing,
  list: SequenceNode,
  index: number,
  value: Json,
): TextChange | null {
  if (index < 0 || index > list.items.length) return null;
  const next = list.items[index];
  if (list.flow === true) {
    const written = flowText(value, flowNotation(text, list));
    if (next !== undefined) return { span: { start: next.span.start, end: next.span.start }, newText: `${written}, ` };
    const last = list.items.at(-1);
    if (last === undefined) return { span: { start: list.span.start + 1, end: list.span.end - 1 }, newText: written };
    const line = text.slice(list.items.at(-2)?.span.end ?? list.span.start, last.span.start).includes('\n');
    const glue = line ? `,${style.lineEnd}${' '.repeat(columnOf(text, last.span.start))}` : ', ';
    return { span: { start: last.span.end, end: last.span.end }, newText: glue + written };
  }
  const column = columnOf(text, list.span.start);
  const written = `- ${itemText(value, column + 2, style)}`;
  if (next !== undefined) {
    const start = dashOf(text, list, index);
    return { span: { start, end: start }, newText: written + style.lineEnd + ' '.repeat(column) };
  }
  const start = endOfLine(text, Math.max(endOfValue(text, list.items.at(-1)!), list.span.end));
  return { span: { start, end: start }, newText: style.lineEnd + ' '.repeat(column) + written };
}

/** Takes an item out of a list; out of one in block style only when others stay. */
export function removeItem({ text }: Editing, list: SequenceNode, index: number): TextChange {
  const item = list.items[index]!;
  const next = list.items[index + 1];
  const previous = list.items[index - 1];
  if (list.flow === true) {
    if (next !== undefined) return { span: { start: item.span.start, end: next.span.start }, newText: '' };
    return { span: { start: previous?.span.end ?? item.span.start, end: item.span.end }, newText: '' };
  }
  const start = dashOf(text, list, index);
  if (next !== undefined) return { span: { start, end: dashOf(text, list, index + 1) }, newText: '' };
  const lineStart = start - columnOf(text, start);
  const before = lineStart === 0 ? 0 : text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
  return { span: { start: before, end: endOfLine(text, Math.max(start, endOfValue(text, item))) }, newText: '' };
}

/** Offset of the dash of an item: in the list's column, on the item's line or on one above. */
export function dashOf(text: string, list: SequenceNode, index: number): number {
  const column = columnOf(text, list.span.start);
  const item = list.items[index]!;
  // A dash on a line of its own has its item below it.
  const least = index === 0 ? list.span.start : nextLine(text, list.items[index - 1]!.span.start - 1);
  for (let at = item.span.start; at >= least;) {
    const lineStart = at - columnOf(text, at);
    const dash = lineStart + column;
    if (
      dash <= item.span.start &&
      text[dash] === '-' &&
      (dash === list.span.start || text.slice(lineStart, dash).trim() === '')
    )
      return dash;
    at = lineStart - 1;
  }
  return list.span.start;
}
