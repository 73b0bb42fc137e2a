/**
 * A text with marks in it: `‸` is the cursor, `⟦…⟧` a range. The marks are taken out. (The usual `|` means something in
 * YAML.)
 */
export interface Fixture {
  readonly text: string;
  /** Offset of the cursor; -1 without one. */
  readonly cursor: number;
  /** What stands in each range, in order. */
  readonly marked: readonly string[];
}

/** Reads a fixture. The indentation of its first line with text is taken from all lines. */
export function fixture(source: string): Fixture {
  const lines = source.replace(/^\n/, '').split('\n');
  const indent = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')![0].length;
  const flush = lines.map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line)).join('\n');
  const marked = [...flush.matchAll(/⟦([^⟧]*)⟧/g)].map((match) => match[1]!.replaceAll('‸', ''));
  const plain = flush.replace(/[⟦⟧]/g, '');
  return { text: plain.replace('‸', ''), cursor: plain.indexOf('‸'), marked };
}
