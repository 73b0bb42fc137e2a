/** A place that keeps the parser from understanding what follows it. */
export interface Derailment {
  readonly message: string;
  /** What to point at. */
  readonly start: number;
  readonly end: number;
  /** What to leave out, so that the rest can be read. */
  readonly blankStart: number;
  readonly blankEnd: number;
}

/** The text with a stretch replaced by spaces; offsets and line ends stay. */
export function leaveOut(text: string, { blankStart, blankEnd }: Derailment): string {
  return text.slice(0, blankStart) + text.slice(blankStart, blankEnd).replace(/[^\r\n]/g, ' ') + text.slice(blankEnd);
}

/** Offset of the end of the line that holds `from`, without its line end; behind `from` at least. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  const end = at === -1 ? text.length : text[at - 1] === '\r' ? at - 1 : at;
  return Math.max(end, Math.min(from + 1, text.length));
}

/** True for the source of a quoted scalar that lacks its closing quote. */
export function isOpenQuote(source: string): boolean {
  const quote = source.charAt(0);
  if (source.length < 2 || !source.endsWith(quote)) return true;
  if (quote === "'") return false;
  let slashes = 0;
  while (source[source.length - 2 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}
