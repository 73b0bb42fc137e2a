/**
 * Where a label `width` wide begins so that it stands left of the sign at `x` and under none of the other `signs`.
 * @param gap from a sign's middle to the text, in pixels
 */
export function labelPlace(x: number, width: number, signs: readonly number[], gap: number): number {
  let from = x - gap - width;
  for (const sign of [...signs].sort((a, b) => b - a)) {
    if (sign < x && sign + gap > from) from = Math.min(from, sign - gap - width);
  }
  return from;
}
