import type { CST } from 'yaml';
import type { Problems } from './problems.ts';
import { lineEnd } from './repair.ts';
import { extent } from './token-places.ts';

/** What the server's YAML reader refuses and the parser lets pass. */

/** An anchor or tag is well formed and followed by white space. */
export function checkProperty(property: CST.SourceToken | null, text: string, problems: Problems): void {
  if (property === null) return;
  const { offset, source, type } = property;
  const end = offset + source.length;
  if (type === 'anchor') checkAnchorName(property, problems);
  else if (source === '!!') problems.add('did not find expected tag URI', offset, end);
  else if (/[^\s]/.test(text.charAt(end))) problems.add('did not find expected whitespace or line break', offset, end);
}

export function checkAnchorName({ offset, source }: { offset: number; source: string }, problems: Problems): void {
  if (!/^[&*][A-Za-z0-9_-]+$/.test(source))
    problems.add('did not find expected alphabetic or numeric character', offset, offset + source.length);
}

/** A key without `?` is a scalar or a flow collection in its mapping's column. */
export function checkImplicitKey(key: CST.Token | null | undefined, indent: number, problems: Problems): void {
  if (key === null || key === undefined) return;
  const [start, end] = extent(key);
  if (key.type === 'block-seq') problems.add('a list cannot stand where keys of a mapping stand', start, end);
  else if (key.type === 'block-map' || key.type === 'block-scalar')
    problems.add('a key must be on a single line', start, end);
  else if ('indent' in key && key.indent !== indent)
    problems.add('keys of one mapping must begin in the same column', start, end);
}

/** An implicit key and its colon stand on one line, at most 1024 characters apart. */
export function checkKeyLine(key: CST.Token, colon: CST.SourceToken, text: string, problems: Problems): void {
  if (colon.offset - key.offset > 1024) problems.add('a key must not be longer than 1024 characters', ...extent(key));
  else if (text.slice(key.offset, colon.offset).includes('\n'))
    problems.add('a key must be on a single line', key.offset, lineEnd(text, key.offset));
}
