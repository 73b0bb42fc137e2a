/** One of two sentences, by a count that stands in both as `{0}`. */
export function plural(count: number, one: string, many: string): string {
  return (count === 1 ? one : many).replaceAll('{0}', String(count));
}
