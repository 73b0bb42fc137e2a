import type { CST } from 'yaml';
import { glimpse, type Problems } from './problems.ts';

/** What stands between two nodes: anchors, tags, indicators, comments and white space. */
export interface Properties {
  readonly anchor: CST.SourceToken | null;
  readonly tag: CST.SourceToken | null;
  /** The indicator that was looked for: `-`, `?` or `:`. */
  readonly found: CST.SourceToken | null;
  readonly comma: CST.SourceToken | null;
  readonly hasNewline: boolean;
  /** Offset behind the last token. */
  readonly end: number;
}

export type Indicator = 'explicit-key-ind' | 'map-value-ind' | 'seq-item-ind' | 'doc-start';

const none: readonly CST.SourceToken[] = [];

/** Reads the tokens before a node and names what may not stand there. `offset` counts when there are none. */
export function readProperties(
  tokens: readonly CST.SourceToken[] | undefined,
  indicator: Indicator,
  offset: number,
  flow: boolean,
  atLineStart: boolean,
  problems: Problems,
): Properties {
  let anchor: CST.SourceToken | null = null;
  let tag: CST.SourceToken | null = null;
  let found: CST.SourceToken | null = null;
  let comma: CST.SourceToken | null = null;
  let hasNewline = false;
  let fresh = atLineStart;
  let spaced = atLineStart;
  let end = offset;
  for (const token of tokens ?? none) {
    end = token.offset + token.source.length;
    switch (token.type) {
      case 'space':
        if (fresh && !flow && token.source.includes('\t'))
          problems.add('tabs are not allowed as indentation', token.offset, end);
        spaced = true;
        continue;
      case 'newline':
        hasNewline = true;
        fresh = true;
        spaced = true;
        continue;
      case 'comment':
        if (!spaced) problems.add('a comment must be separated from what is before it by a space', token.offset, end);
        break;
      case 'anchor':
        if (anchor !== null) problems.add('a value has at most one anchor', token.offset, end);
        if (token.source.length === 1) problems.add('an anchor needs a name', token.offset, end);
        anchor = token;
        break;
      case 'tag':
        if (tag !== null) problems.add('a value has at most one tag', token.offset, end);
        tag = token;
        break;
      case 'comma':
        if (!flow || comma !== null) problems.add('unexpected ,', token.offset, end);
        comma = token;
        break;
      case indicator:
        if (anchor !== null || tag !== null)
          problems.add(`an anchor or tag must come after the ${token.source}`, token.offset, end);
        if (found !== null) problems.add(`unexpected ${token.source}`, token.offset, end);
        found = token;
        // A tab behind `-` or `?` would indent what follows it.
        fresh = indicator === 'seq-item-ind' || indicator === 'explicit-key-ind';
        spaced = false;
        continue;
      default:
        problems.add(`unexpected ${glimpse(token.source)}`, token.offset, end);
    }
    fresh = false;
    spaced = false;
  }
  return { anchor, tag, found, comma, hasNewline, end };
}

/** Names what may not stand behind a value on its line. */
export function readEnd(tokens: readonly CST.SourceToken[] | undefined, problems: Problems, atLineStart = false): void {
  let spaced = atLineStart;
  let fresh = false;
  for (const token of tokens ?? none) {
    const end = token.offset + token.source.length;
    switch (token.type) {
      case 'space':
        if (fresh && token.source.includes('\t'))
          problems.add('tabs are not allowed as indentation', token.offset, end);
        spaced = true;
        break;
      case 'newline':
        fresh = true;
        spaced = true;
        break;
      case 'comment':
        if (!spaced) problems.add('a comment must be separated from what is before it by a space', token.offset, end);
        fresh = false;
        break;
      default:
        problems.add(`unexpected ${glimpse(token.source)} after a value`, token.offset, end);
        fresh = false;
    }
  }
}
