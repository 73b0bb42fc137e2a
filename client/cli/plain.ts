/**
 * Text of a cluster for a terminal: control characters, which could move the cursor or recolour what stands before, and
 * marks that turn the direction of writing become a space. Line ends too, so that one thing said stays one line.
 */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}
