import type { LazyList } from '../../server/core/timeline/trace.ts';

/** How many items of a list make one piece. */
const ITEMS = 2000;

function isLongList(value: unknown): value is LazyList<unknown> {
  return typeof value === 'object' && value !== null && 'slice' in value && 'length' in value;
}

/** An object as JSON, in pieces: its lists a few thousand items at a time. Its values must be of JSON, or lazy lists. */
export function* jsonPieces(object: object): Generator<string> {
  let separator = '{';
  for (const [name, value] of Object.entries(object) as [string, unknown][]) {
    if (value === undefined) continue;
    const start = `${separator}${JSON.stringify(name)}:`;
    separator = ',';
    if (!isLongList(value)) {
      yield start + JSON.stringify(value);
      continue;
    }
    yield `${start}[`;
    for (let at = 0; at < value.length; at += ITEMS)
      yield `${at === 0 ? '' : ','}${JSON.stringify(value.slice(at, at + ITEMS)).slice(1, -1)}`;
    yield ']';
  }
  yield separator === '{' ? '{}' : '}';
}
