import type { CST } from 'yaml';
import type { Span } from '../../core/manifest/tree.ts';
import type { Problems } from './problems.ts';
import { readEnd, readProperties, type Properties } from './properties.ts';
import { extent } from './token-places.ts';

export interface FlowItem {
  readonly item: CST.CollectionItem;
  readonly before: Properties;
}

/** The items of a flow collection with what stands before each; names what is wrong between them. */
export function flowItems(token: CST.FlowCollection, problems: Problems): readonly FlowItem[] {
  const found: FlowItem[] = [];
  for (const [at, item] of token.items.entries()) {
    const offset = item.key?.offset ?? item.sep?.[0]?.offset ?? token.offset + 1;
    const before = readProperties(item.start, 'explicit-key-ind', offset, true, false, problems);
    const { comma } = before;
    const empty =
      before.found === null && before.anchor === null && before.tag === null && !item.key && !item.sep && !item.value;
    if (comma !== null && at === 0) problems.add('unexpected ,', comma.offset, comma.offset + 1);
    else if (empty && comma !== null && token.items[at + 1]?.start.some(isComma) === true)
      problems.add('unexpected ,', before.end, before.end + 1);
    if (empty) continue;
    if (at > 0 && comma === null)
      problems.add(`missing , between the items of ${token.start.source}`, before.end, before.end + 1);
    for (const part of [item.key, item.value])
      if (part?.type === 'block-map' || part?.type === 'block-seq')
        problems.add(`a block mapping or list cannot stand inside ${token.start.source}`, ...extent(part));
    found.push({ item, before });
  }
  return found;
}

/** From bracket to bracket. `cut`: the text was not read to its end, so nothing is amiss when there is none. */
export function flowSpan(token: CST.FlowCollection, cut: boolean, problems: Problems): Span {
  const [close, ...rest] = token.end;
  const wanted = token.start.type === 'flow-map-start' ? '}' : ']';
  if (close?.source !== wanted) {
    if (!cut) problems.add(`${token.start.source} is not closed: missing ${wanted}`, token.offset, token.offset + 1);
    const end = close === undefined ? lastEnd(token) : close.offset + close.source.length;
    return { start: token.offset, end };
  }
  readEnd(rest, problems);
  return { start: token.offset, end: close.offset + 1 };
}

const isComma = (token: CST.SourceToken): boolean => token.type === 'comma';

function lastEnd(token: CST.FlowCollection): number {
  let end = token.offset + 1;
  for (const item of token.items)
    for (const part of [item.key, item.value])
      if (part !== null && part !== undefined && 'source' in part)
        end = Math.max(end, part.offset + part.source.length);
  return end;
}
