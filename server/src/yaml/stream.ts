/**
 * One document's stretch of the text. `start` is where its own `---` stands (or the text or line begins), so that what
 * follows the marker on its line keeps its column; `contentStart` is behind the marker.
 */
export interface Chunk {
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

const BYTE_ORDER_MARK = 0xfeff;

/**
 * Splits a stream at its document markers (`---` and `...` in column 0, followed by white space or nothing), as every
 * Kubernetes client does before it sends one document at a time. Comments and directives before the first marker belong
 * to the first document; empty documents count. Linear time; beyond `limit` documents the rest is one chunk.
 */
export function splitStream(text: string, limit: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const begin = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  let start = begin;
  let contentStart = begin;
  // After `...` a document without a marker of its own may follow, but need not.
  let bare = true;
  for (let at = nextMarker(text, begin); at !== -1 && chunks.length < limit - 1; at = nextMarker(text, at + 3)) {
    const skipped = bare && isBlank(text, contentStart, at);
    if (!skipped) chunks.push({ start, contentStart, end: at });
    bare = text.charCodeAt(at) === DOT;
    // Directives before a marker are part of the document that it begins.
    if (bare) start = text.indexOf('\n', at) + 1 || text.length;
    else if (!skipped || !hasDirective(text, contentStart, at)) start = at;
    contentStart = bare ? start : at + 3;
  }
  const last = bare && chunks.length > 0 && isBlank(text, contentStart, text.length);
  if (!last) chunks.push({ start, contentStart, end: text.length });
  return chunks;
}

const DASH = 45;
const DOT = 46;
const NEWLINE = 10;

function nextMarker(text: string, from: number): number {
  let at = from === 0 || text.charCodeAt(from - 1) === BYTE_ORDER_MARK ? from : text.indexOf('\n', from) + 1;
  if (at === 0 && from !== 0) return -1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (
      (code === DASH || code === DOT) &&
      text.charCodeAt(at + 1) === code &&
      text.charCodeAt(at + 2) === code &&
      isWhite(text, at + 3)
    )
      return at;
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return -1;
  }
  return -1;
}

function isWhite(text: string, at: number): boolean {
  if (at >= text.length) return true;
  const code = text.charCodeAt(at);
  return code === 32 || code === 9 || code === NEWLINE || code === 13;
}

/** True when a stretch holds nothing but white space, comments and directives. */
export function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === NEWLINE || code === 13) continue;
    const directive = code === 37 && (at === 0 || text.charCodeAt(at - 1) === NEWLINE);
    if (code !== 35 && !directive) return false;
    const line = text.indexOf('\n', at);
    if (line === -1) return true;
    at = line;
  }
  return true;
}

function hasDirective(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at = text.indexOf('\n', at) + 1 || end) if (text.charCodeAt(at) === 37) return true;
  return false;
}
