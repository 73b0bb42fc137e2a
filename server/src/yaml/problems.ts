import type { SyntaxProblem } from '../../core/manifest/tree.ts';

/** Collects the problems of one document, at most `limit`, each place named once. Offsets are in the chunk's text. */
export class Problems {
  list: SyntaxProblem[] = [];
  readonly #limit: number;
  readonly #places = new Set<number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What else is wrong would not be named: no need to look closer. */
  get full(): boolean {
    return this.list.length >= this.#limit;
  }

  add(message: string, start: number, end: number): void {
    if (this.full || this.#places.has(start)) return;
    this.#places.add(start);
    this.list.push({ message, span: { start, end: Math.max(start, end) } });
  }

  /** The reading ended at `offset`: said whatever the limit, and nothing that seemed wrong from there on is said. */
  end(message: string, offset: number): void {
    this.list = this.list.filter(({ span }) => span.end < offset);
    this.list.push({ message, span: { start: offset, end: offset + 1 } });
  }

  /** In source order. */
  sorted(): readonly SyntaxProblem[] {
    return this.list.sort((a, b) => a.span.start - b.span.start);
  }
}

/** A piece of source as a message shows it: its first line, and of that no more than a glance takes in. */
export function glimpse(source: string): string {
  const line = /^[^\r\n]*/.exec(source)![0].trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
