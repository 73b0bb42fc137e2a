import { CST } from 'yaml';
import type { ScalarNode } from '../../core/manifest/tree.ts';
import { resolvePlain, resolveTagged, shortTag } from './plain.ts';
import type { Problems } from './problems.ts';
import { readEnd } from './properties.ts';

/** Indicators that no plain scalar begins with. */
const refusedStart = /^[\t,%|>@`]/;

const styles = {
  scalar: 'plain',
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
} as const;

/** Makes the tree's scalar out of a token: unfolds lines, unescapes, and resolves it as the API server does. */
export function readScalar(
  token: CST.FlowScalar | CST.BlockScalar,
  tagToken: CST.SourceToken | null,
  problems: Problems,
): ScalarNode {
  const { source, style } = textOf(token, problems);
  const tag = tagToken === null ? undefined : shortTag(tagToken.source);
  // `!` alone says that it is a string, as quotes do.
  const bare = tagToken === null && style === 'plain';
  const resolved = tag !== undefined ? resolveTagged(tag, source) : bare ? resolvePlain(source) : { value: source };
  const end = token.type === 'block-scalar' ? blockEnd(token) : token.offset + token.source.length;
  const node: ScalarNode = { kind: 'scalar', span: { start: token.offset, end }, value: resolved.value, source, style };
  if (tag === undefined && resolved.unreadable === undefined) return node;
  return {
    ...node,
    ...(tag === undefined ? {} : { tag }),
    ...(resolved.unreadable === undefined ? {} : { unreadable: resolved.unreadable }),
  };
}

function textOf(
  token: CST.FlowScalar | CST.BlockScalar,
  problems: Problems,
): { source: string; style: ScalarNode['style'] } {
  // Nearly every scalar is plain and on one line: what is written is what it says.
  if (token.type === 'scalar' && !token.source.includes('\n') && !refusedStart.test(token.source)) {
    readEnd(token.end, problems);
    return { source: token.source, style: 'plain' };
  }
  const text = CST.resolveAsScalar(token, true, (start, _code, message) => {
    problems.add(sentence(message), start, start + 1);
  });
  if (token.type !== 'block-scalar')
    return { source: text.value, style: token.type === 'alias' ? 'plain' : styles[token.type] };
  return { source: text.value, style: text.type === 'BLOCK_FOLDED' ? 'folded' : 'literal' };
}

/** A plain scalar with nothing in it, where a value was left out. */
export function emptyScalar(at: number, tagToken: CST.SourceToken | null): ScalarNode {
  const span = { start: at, end: at };
  const tag = tagToken === null ? undefined : shortTag(tagToken.source);
  if (tag === undefined)
    return { kind: 'scalar', span, value: tagToken === null ? null : '', source: '', style: 'plain' };
  // A collection's tag is ignored by the server, and so is any that it does not know.
  return { kind: 'scalar', span, source: '', style: 'plain', tag, ...resolveTagged(tag, '') };
}

/** The content's end, without the line end behind it. */
function blockEnd(token: CST.BlockScalar): number {
  let at = token.offset;
  for (const property of token.props) if ('source' in property) at += property.source.length;
  let length = token.source.length;
  while (length > 0 && (token.source[length - 1] === '\n' || token.source[length - 1] === '\r')) length -= 1;
  return length === 0 ? at - countLineEnd(token) : at + length;
}

function countLineEnd(token: CST.BlockScalar): number {
  const last = token.props.at(-1);
  return last?.type === 'newline' ? last.source.length : 0;
}

/** The parser library begins its messages with a capital; ours are parts of a sentence, as the server's are. */
function sentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
