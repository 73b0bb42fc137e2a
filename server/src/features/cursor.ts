import type { FieldPath } from '../../core/manifest/path.ts';
import type { ManifestNode, Span } from '../../core/manifest/tree.ts';
import { readDocuments } from '../yaml/reader.ts';

/**
 * Where in the manifest the cursor stands, also in a line that is only half typed: a mark is put in the place of the
 * word under the cursor, the document is read again, and the mark is looked for in the tree. So every style of YAML is
 * understood as the reader understands it, and the cursor's neighbours are known.
 */
export interface Cursor {
  /** A name is typed (`key`), or a value, or an item of a list that may still become either (`item`). */
  readonly slot: 'key' | 'value' | 'item';
  /** From the document's root: of the mapping that gets the key, or of the value. */
  readonly path: FieldPath;
  /** Names that stand in the same mapping already. */
  readonly present: ReadonlySet<string>;
  /** The word under the cursor, offsets in the document's text. */
  readonly word: Span;
  /** The word with the quotes that it has: a name is replaced with them. */
  readonly withQuotes: Span;
  /** The whole value that the word is a part of, without quotes; the word itself where a name is typed. */
  readonly value: Span;
  /** Column of the first character of the word, or of its opening quote. */
  readonly column: number;
  /** True when a colon follows the word already. */
  readonly colon: boolean;
  /** True when the word stands inside quotes. */
  readonly quoted: boolean;
  /** True in `{…}` and `[…]`. */
  readonly flow: boolean;
  /** True where the document is written as JSON: names and texts want quotes. */
  readonly json: boolean;
  /** The document as it was read with the mark in it. */
  readonly root: ManifestNode;
}

const MARK = 'JobwrightCursor';
const WORD_BEFORE = /[\w./@*-]*$/;
const WORD_AFTER = /^[\w./@*-]*/;
/** A name, its colon and the beginning of a value, behind any number of dashes. */
const BLOCK_VALUE = /^\s*(?:-\s+)*(?:"[^"]*"|'[^']*'|[^\s#"'{}[\],][^#{}[\],:]*)\s*:\s+(["']?)[^"'{}[\]#]*$/;
const BLOCK_NAME = /^\s*(?:-\s+)*(?:"[^"]*"|'[^']*'|[^\s#"'{}[\],][^#{}[\],:]*)\s*:\s+/;
const BLOCK_KEY = /^\s*(?:-\s+)*["']?[\w./-]*$/;
const FLOW = /[{[,]\s*(?:[\w./-]+\s*:\s+|"[^"\r\n]*"\s*:\s*|'[^'\r\n]*'\s*:\s*)?(["']?)[\w./@*-]*$/;
const JSON_START = /^\s*\{\s*(?:"|\}|$)/;
/** In JSON what comes before may stand lines above, behind any number of blanks; so many are looked through. */
const FARTHEST = 1000;
const COMMENT = /(?:^|\s)#/;

/** The cursor at an offset of a document's text; null inside comments, long texts and other places without a slot. */
export function cursorAt(text: string, offset: number): Cursor | null {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const lineEnd = endOfLine(text, offset);
  const before = text.slice(lineStart, offset);
  const after = text.slice(offset, lineEnd);
  if (COMMENT.test(before)) return null;

  const json = JSON_START.test(text);
  const value = json ? null : BLOCK_VALUE.exec(before);
  const inBlock = !json && BLOCK_KEY.test(before);
  const stretch = json ? text.slice(Math.max(0, offset - FARTHEST), offset) : before;
  const inFlow = value === null && !inBlock ? FLOW.exec(stretch) : null;
  if (value === null && inFlow === null && !inBlock) return null;

  const quote = value?.[1] ?? inFlow?.[1] ?? /["']?(?=[\w./-]*$)/.exec(before)![0];
  const start = offset - WORD_BEFORE.exec(before)![0].length;
  const end = offset + WORD_AFTER.exec(after)![0].length;
  const rest = text.slice(end, lineEnd);
  const colon = /^(?:["']\s*:|\s*:(?:\s|$))/.test(rest);
  const closed = quote !== '' && rest.startsWith(quote);
  const word = { start, end };
  const mark = `${MARK}${quote === '' || closed ? '' : quote}`;
  const valueFrom = value === null ? start : lineStart + valueStart(before, quote);
  const marked =
    value !== null
      ? `${text.slice(0, valueFrom - quote.length)}${MARK}${text.slice(lineEnd)}`
      : `${text.slice(0, start)}${mark}${inFlow === null && !colon && rest.trim() === '' ? ':' : ''}${text.slice(end)}`;
  // An open bracket may still wait for its other half: then the mark's own line is closed.
  const found =
    readMarked(marked) ??
    (inFlow === null
      ? null
      : readMarked(
          `${text.slice(0, start)}${mark}${closing(before.slice(0, start - quote.length - lineStart))}${text.slice(lineEnd)}`,
        ));
  if (found === null) return null;
  return {
    ...found,
    word,
    withQuotes: { start: start - quote.length, end: closed ? end + 1 : end },
    value: value === null ? word : { start: valueFrom, end: offset + valueEnd(after, quote) },
    column: start - quote.length - lineStart,
    colon,
    quoted: quote !== '',
    flow: inFlow !== null,
    json,
  };
}

/** Where the value on a line begins, behind its opening quote. */
function valueStart(before: string, quote: string): number {
  if (quote !== '') return before.lastIndexOf(quote) + 1;
  return BLOCK_NAME.exec(before)![0].length;
}

function valueEnd(after: string, quote: string): number {
  if (quote !== '') return Math.max(after.indexOf(quote), 0) || WORD_AFTER.exec(after)![0].length;
  return after.replace(/\s+#.*$/, '').trimEnd().length;
}

function readMarked(text: string): (Place & Pick<Cursor, 'root'>) | null {
  const root = readDocuments(text)[0]?.root ?? null;
  const place = root === null ? null : findMark(root, []);
  return root === null || place === null ? null : { ...place, root };
}

/** The brackets that a line leaves open, closed. */
function closing(line: string): string {
  let missing = '';
  for (const letter of line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '')) {
    if (letter === '{') missing = `}${missing}`;
    else if (letter === '[') missing = `]${missing}`;
    else if (letter === missing[0]) missing = missing.slice(1);
  }
  return missing;
}

function endOfLine(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at;
  return text.length;
}

type Place = Pick<Cursor, 'slot' | 'path' | 'present'>;

function findMark(node: ManifestNode, path: FieldPath): Place | null {
  switch (node.kind) {
    case 'scalar':
      return node.value === MARK && node.aliasOf === undefined
        ? { slot: typeof path.at(-1) === 'number' ? 'item' : 'value', path, present: NOTHING }
        : null;
    case 'sequence':
      return firstPlace(node.items, (item, at) => findMark(item, [...path, at]));
    case 'mapping': {
      if (node.entries.some(({ key, merged }) => key === MARK && merged !== true)) {
        const present = new Set(node.entries.map(({ key }) => key).filter((key) => key !== MARK));
        return { slot: present.size === 0 && typeof path.at(-1) === 'number' ? 'item' : 'key', path, present };
      }
      return firstPlace(node.entries, ({ key, value }) => findMark(value, [...path, key]));
    }
  }
}

const NOTHING: ReadonlySet<string> = new Set();

function firstPlace<T>(parts: readonly T[], find: (part: T, at: number) => Place | null): Place | null {
  for (const [at, part] of parts.entries()) {
    const place = find(part, at);
    if (place !== null) return place;
  }
  return null;
}
