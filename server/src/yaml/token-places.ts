import type { CST } from 'yaml';
import type { ManifestNode } from '../../core/manifest/tree.ts';
import type { Problems } from './problems.ts';
import type { Properties } from './properties.ts';

/** A value that was left out stands right behind its `:`, not before the next key. */
export function valueProperties(between: Properties, key: ManifestNode): Properties {
  const end = between.found === null ? key.span.end : between.found.offset + 1;
  return { ...between, end: Math.max(end, propertyEnd(between)) };
}

export function afterIndicator(found: CST.SourceToken, before: Properties): number {
  return Math.max(found.offset + 1, propertyEnd(before));
}

function propertyEnd({ anchor, tag }: Properties): number {
  return Math.max(
    anchor === null ? 0 : anchor.offset + anchor.source.length,
    tag === null ? 0 : tag.offset + tag.source.length,
  );
}

/** Where a token begins and its own text ends (for a collection, its first character). */
export function extent(token: CST.Token): [number, number] {
  const length = 'source' in token && token.type !== 'block-scalar' ? token.source.length : 1;
  return [token.offset, token.offset + length];
}

/**
 * A key that spans lines is a name without a colon, and behind it the real key: the lines before the last are named
 * as a problem, and the last one is read as the key.
 */
export function lastLineOf(key: CST.Token | null | undefined, problems: Problems): CST.Token | null | undefined {
  if (key?.type !== 'scalar') return key;
  const at = key.source.lastIndexOf('\n');
  if (at === -1) return key;
  const firstLine = /^[^\r\n]*/.exec(key.source)![0];
  problems.add("could not find expected ':'", key.offset, key.offset + firstLine.trimEnd().length);
  const indent = /^[ \t]*/.exec(key.source.slice(at + 1))![0].length;
  const start = at + 1 + indent;
  return { ...key, offset: key.offset + start, source: key.source.slice(start) };
}
