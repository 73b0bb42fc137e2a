const LF = 10;
const CR = 13;

/** Offsets at which the lines of a text start, as LSP counts lines: after LF, CRLF or a lone CR. The first is 0. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = nextLine(text, 0); at !== -1; at = nextLine(text, at)) starts.push(at);
  return starts;
}

/** How many line ends stand between two offsets. */
export function countLineEnds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = nextLine(text, start); at !== -1 && at <= end; at = nextLine(text, at)) count++;
  return count;
}

/** Where the next line starts; -1 when no line end follows. */
function nextLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LF || (unit === CR && text.charCodeAt(at + 1) !== LF)) return at + 1;
  }
  return -1;
}

/** 0-based line of an offset, by the line starts of the same text. */
export function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
