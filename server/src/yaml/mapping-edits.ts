import type { Json } from '../../core/manifest/edit.ts';
import type { Entry, ManifestNode, MappingNode, SequenceNode } from '../../core/manifest/tree.ts';
import { columnOf, endOfLine, nextLine } from './text-style.ts';
import { afterColon, blockText, flowText, itemText, keyText, scalarText } from './value-text.ts';
import type { Editing, TextChange } from './writer.ts';

/** How to write inside a flow collection: JSON when its first key or string is in double quotes. */
export function flowNotation(text: string, node: MappingNode | SequenceNode): 'flow' | 'json' {
  if (node.kind === 'mapping') {
    const first = node.entries[0];
    return first !== undefined && text[first.keySpan.start] === '"' ? 'json' : 'flow';
  }
  return node.items.some((item) => text[item.span.start] === '"') ? 'json' : 'flow';
}

/** Where an entry's own text ends. */
export function endOfEntry(text: string, entry: Entry): number {
  const { value, keySpan } = entry;
  if (value.span.end > value.span.start) return endOfValue(text, value);
  // A value that was left out: behind the colon.
  const colon = text.indexOf(':', keySpan.end);
  return Math.max(colon === -1 ? keySpan.end : colon + 1, value.span.end);
}

/** Where a value's text ends; empty lines that a block scalar keeps are part of it. */
export function endOfValue(text: string, node: ManifestNode): number {
  const last = lastScalar(node);
  if (last?.kind !== 'scalar' || (last.style !== 'literal' && last.style !== 'folded')) return node.span.end;
  if (!/\n\s*\n$/.test(last.source) && !/^\n+$/.test(last.source)) return node.span.end;
  let end = node.span.end;
  for (let next = nextLine(text, end); next < text.length; next = nextLine(text, next)) {
    if (text.slice(next, endOfLine(text, next)).trim() !== '') break;
    end = endOfLine(text, next);
  }
  return end;
}

function lastScalar(node: ManifestNode): ManifestNode | undefined {
  let last: ManifestNode | undefined = node;
  while (last !== undefined && last.kind !== 'scalar' && last.flow !== true && last.aliasOf === undefined)
    last = last.kind === 'sequence' ? last.items.at(-1) : last.entries.at(-1)?.value;
  return last;
}

/** The whole document becomes this value. */
export function replaceRoot({ text, document, style }: Editing, value: Json): TextChange {
  const { root, span } = document;
  if (root !== null) return { span: root.span, newText: blockText(value, columnOf(text, root.span.start), style) };
  const start = Math.max(span.start, span.end);
  const fresh = start === 0 || text[start - 1] === '\n' ? '' : style.lineEnd;
  return { span: { start, end: start }, newText: fresh + blockText(value, 0, style) + style.lineEnd };
}

/** Puts another value in the place of one: behind a key (`entry`), or as an item of a list (`entry` null). */
export function replaceValue(
  editing: Editing,
  parent: MappingNode | SequenceNode,
  old: ManifestNode,
  entry: Entry | null,
  value: Json,
): TextChange {
  const { text, style } = editing;
  if (parent.flow === true) {
    const notation = flowNotation(text, parent);
    if (old.span.end > old.span.start) return { span: withTag(text, old), newText: flowText(value, notation) };
    const end = entry === null ? old.span.end : endOfEntry(text, entry);
    const colon = entry !== null && text[end - 1] !== ':' ? ':' : '';
    return { span: { start: end, end }, newText: `${colon} ${flowText(value, notation)}` };
  }
  const simple = value === null || typeof value !== 'object';
  const written = old.span.end > old.span.start;
  // Scalars on one line, and flow collections, are exchanged where they stand, so what is behind them stays.
  const inline =
    written && (old.kind === 'scalar' ? old.style !== 'literal' && old.style !== 'folded' : old.flow === true);
  const short = simple && !(typeof value === 'string' && value.includes('\n'));
  if (inline && old.kind === 'scalar' && short) return { span: withTag(text, old), newText: likeBefore(old, value) };
  if (inline && old.kind !== 'scalar' && !simple)
    return { span: old.span, newText: flowText(value, flowNotation(text, old)) };
  if (inline && short) return { span: withTag(text, old), newText: scalarText(value, 'block') };
  if (entry === null) {
    const column = columnOf(text, parent.span.start) + 2;
    if (!written) return { span: old.span, newText: ` ${itemText(value, column, style)}` };
    const end = endOfValue(text, old);
    return aroundComment(editing, old.span.start, end, inline, itemText(value, column, style));
  }
  const column = columnOf(text, parent.span.start);
  const start = colonOf(text, entry) + 1;
  return aroundComment(editing, start, endOfEntry(text, entry), inline, afterColon(value, column, style));
}

/** What stood behind a value on its line stays behind the first line of a longer one. */
function aroundComment({ text }: Editing, start: number, end: number, inline: boolean, newText: string): TextChange {
  const at = inline ? newText.search(/\r?\n/) : -1;
  if (at === -1) return { span: { start, end }, newText };
  const stop = endOfLine(text, end);
  return { span: { start, end: stop }, newText: newText.slice(0, at) + text.slice(end, stop) + newText.slice(at) };
}

function colonOf(text: string, entry: Entry): number {
  return text.indexOf(':', entry.keySpan.end);
}

/** A value's span with the tag in front of it. */
function withTag(text: string, node: ManifestNode): { start: number; end: number } {
  if (node.kind !== 'scalar' || node.tag === undefined) return node.span;
  const start = text.lastIndexOf('!', node.span.start - 1);
  const tag = /^!+\S*\s+$/.exec(text.slice(text[start - 1] === '!' ? start - 1 : start, node.span.start));
  return tag === null ? node.span : { start: node.span.start - tag[0].length, end: node.span.end };
}

/** A scalar in the quotes of the one before, where it needs or had some. */
function likeBefore(old: ManifestNode & { kind: 'scalar' }, value: null | boolean | number | bigint | string): string {
  if (typeof value !== 'string') return String(value);
  // A number or boolean that is to be text: quotes say so.
  if (typeof old.value !== 'string' && old.source === value) return JSON.stringify(value);
  if (old.style === 'double') return JSON.stringify(value);
  if (old.style === 'single' && !/[\p{C}]/u.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return scalarText(value, 'block');
}

/** Adds a key to a mapping: behind its last simple field when a simple one is added, else at its end. */
export function addEntry({ text, style }: Editing, parent: MappingNode, key: string, value: Json): TextChange {
  const own = parent.entries.filter((entry) => entry.merged !== true);
  if (parent.flow === true) {
    const notation = flowNotation(text, parent);
    const added = `${keyText(key, notation)}: ${flowText(value, notation)}`;
    const last = own.at(-1);
    if (last === undefined) return { span: { start: parent.span.start + 1, end: parent.span.end - 1 }, newText: added };
    const end = Math.max(endOfFlowEntry(last), last.keySpan.end);
    const before = text.slice(
      own.at(-2) === undefined ? parent.span.start : endOfFlowEntry(own.at(-2)!),
      last.keySpan.start,
    );
    const glue = before.includes('\n') ? `,${style.lineEnd}${' '.repeat(columnOf(text, last.keySpan.start))}` : ', ';
    return { span: { start: end, end }, newText: glue + added };
  }
  const column = columnOf(text, parent.span.start);
  const after = simple(value) ? lastSimple(text, own) : own.at(-1);
  const start = endOfLine(text, after === undefined ? parent.span.end : endOfEntry(text, after));
  const newText = `${style.lineEnd}${' '.repeat(column)}${keyText(key, 'block')}:${afterColon(value, column, style)}`;
  return { span: { start, end: start }, newText };
}

function simple(value: Json): boolean {
  return value === null || typeof value !== 'object';
}

/** The last entry on a single line in front of the big ones; the last of all when there is none. */
function lastSimple(text: string, entries: readonly Entry[]): Entry | undefined {
  const isLine = ({ keySpan, value }: Entry): boolean =>
    value.span.end > value.span.start &&
    value.span.start >= keySpan.end &&
    !text.slice(keySpan.start, value.span.end).includes('\n');
  const big = entries.findIndex((entry) => !isLine(entry));
  return big > 0 ? entries[big - 1] : entries.at(-1);
}

function endOfFlowEntry({ keySpan, value }: Entry): number {
  return Math.max(keySpan.end, value.span.end);
}

export function renameEntry({ text }: Editing, parent: MappingNode, key: string, name: string): TextChange | null {
  const entry = parent.entries.findLast((each) => each.key === key && each.merged !== true);
  if (entry === undefined) return null;
  const notation = text[entry.keySpan.start] === '"' ? 'json' : parent.flow === true ? 'flow' : 'block';
  return { span: entry.keySpan, newText: keyText(name, notation) };
}

/** Takes an entry out of a mapping of several. */
export function removeEntry({ text }: Editing, parent: MappingNode, entry: Entry): TextChange | null {
  const own = parent.entries.filter((each) => each.merged !== true);
  const at = own.indexOf(entry);
  const next = own[at + 1];
  const previous = own[at - 1];
  if (parent.flow === true) {
    if (next !== undefined) return { span: { start: entry.keySpan.start, end: next.keySpan.start }, newText: '' };
    const start = previous === undefined ? entry.keySpan.start : endOfFlowEntry(previous);
    return { span: { start, end: endOfFlowEntry(entry) }, newText: '' };
  }
  const lineStart = entry.keySpan.start - columnOf(text, entry.keySpan.start);
  const before = text.slice(lineStart, entry.keySpan.start);
  const end = endOfEntry(text, entry);
  if (before.trim() === '') {
    if (next === undefined && previous !== undefined) {
      // The last one goes with the line end in front of it, so the text's own end stays.
      return { span: { start: lineEndBefore(text, lineStart), end: endOfLine(text, end) }, newText: '' };
    }
    return { span: { start: lineStart, end: nextLine(text, end) }, newText: '' };
  }
  // Behind the dash of a list's item: the next key moves up to it.
  if (next === undefined || before.includes('?')) return null;
  return { span: { start: entry.keySpan.start, end: next.keySpan.start }, newText: '' };
}

function lineEndBefore(text: string, lineStart: number): number {
  if (lineStart === 0) return 0;
  return text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
}
