import { PositionEncodingKind } from 'vscode-languageserver';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

/**
 * Between the client's places and ours. Inside, a character is a UTF-16 code unit, as in a JavaScript string; a client
 * that counts bytes of UTF-8 gets and sends those. Whole messages are converted, so no feature knows of this.
 */
export interface Positions {
  /** A message's places, as the client sent them, as ours; the message itself where nothing has to change. */
  readonly decode: <T>(message: T, uri: string) => T;
  /** The other way. A place in another text counts by that text: beside a `uri`, or in `changes` by its address. */
  readonly encode: <T>(message: T, uri: string) => T;
  /** Takes a client's changes in, one after the other: each counts by the text that the one before left. */
  readonly update: (document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number) => TextDocument;
}

export const UTF16: Positions = {
  decode: (message) => message,
  encode: (message) => message,
  update: (document, changes, version) => TextDocument.update(document, changes, version),
};

/** The first of the client's encodings, in its order of preference, that we can count by. */
export function chosenEncoding(offered: readonly string[] = []): PositionEncodingKind {
  const known: readonly string[] = [PositionEncodingKind.UTF8, PositionEncodingKind.UTF16];
  return offered.find((one) => known.includes(one)) ?? PositionEncodingKind.UTF16;
}

/** Counts bytes. `documentOf` gives the text of an address; of a text that is not known, places stay as they are. */
export function utf8(documentOf: (uri: string) => TextDocument | undefined): Positions {
  const convert =
    (character: (line: string, at: number) => number) =>
    <T>(message: T, uri: string): T => {
      const texts = new Map<string, TextDocument | undefined>();
      const place = (line: number, at: number, of: string): number => {
        if (!texts.has(of)) texts.set(of, documentOf(of));
        const document = texts.get(of);
        return document === undefined ? at : character(lineOf(document, line), at);
      };
      return walk(message, uri, place) as T;
    };
  const decode = convert(unitsOf);
  return {
    decode,
    encode: convert(bytesOf),
    update: (document, changes, version) => {
      for (const change of changes) {
        const ours = 'range' in change ? { ...change, range: rangeIn(document, change.range) } : change;
        TextDocument.update(document, [ours], version);
      }
      return document;
    },
  };
}

type Range = Parameters<TextDocument['getText']>[0] & object;

function rangeIn(document: TextDocument, { start, end }: Range): Range {
  const place = ({ line, character }: Range['start']): Range['start'] => ({
    line,
    character: unitsOf(lineOf(document, line), character),
  });
  return { start: place(start), end: place(end) };
}

function lineOf(document: TextDocument, line: number): string {
  return document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
}

/** Bytes of the first `units` UTF-16 code units of a line. */
function bytesOf(line: string, units: number): number {
  let bytes = 0;
  let at = 0;
  while (at < units && at < line.length) {
    const code = line.codePointAt(at)!;
    bytes += sizeOf(code);
    at += code > 0xffff ? 2 : 1;
  }
  return bytes + Math.max(0, units - at);
}

/** UTF-16 code units of the first `bytes` bytes of a line; a byte inside a character counts as its start. */
function unitsOf(line: string, bytes: number): number {
  let left = bytes;
  let at = 0;
  while (at < line.length) {
    const code = line.codePointAt(at)!;
    if (sizeOf(code) > left) return at;
    left -= sizeOf(code);
    at += code > 0xffff ? 2 : 1;
  }
  return at + left;
}

function sizeOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

type Place = (line: number, character: number, uri: string) => number;

function walk(value: unknown, uri: string, place: Place): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, uri, place));
  // An error, say, is handed on as it is.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const record = value as Readonly<Record<string, unknown>>;
  const { line, character } = record;
  if (typeof line === 'number' && typeof character === 'number')
    return { ...record, character: place(line, character, uri) };
  const here = ['uri', 'targetUri'].map((name) => record[name]).find((each) => typeof each === 'string') ?? uri;
  return Object.fromEntries(
    Object.entries(record).map(([name, child]) => {
      if (name === 'originSelectionRange') return [name, walk(child, uri, place)];
      if (name === 'changes' && typeof child === 'object' && child !== null && !Array.isArray(child))
        return [name, Object.fromEntries(Object.entries(child).map(([of, edits]) => [of, walk(edits, of, place)]))];
      return [name, walk(child, here, place)];
    }),
  );
}
