import { Lexer } from 'yaml';
import type { Span } from '../../core/manifest/tree.ts';
import { DEFAULT_BUDGET } from './budget.ts';

/** An anchor (`&name`) or an alias (`*name`). */
export interface AnchorUse {
  readonly name: string;
  /** Of the name, without its sign. */
  readonly span: Span;
  /** True for an anchor. */
  readonly defines: boolean;
}

/** What the lexer says before a scalar. */
const SCALAR = '\u001f';
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', SCALAR]);

/** The anchors and aliases of one document's text, in order. Linear time; what is behind the budget is not found. */
export function anchorUses(text: string, tokens: number = DEFAULT_BUDGET.tokens): readonly AnchorUse[] {
  if (!text.includes('&')) return [];
  const uses: AnchorUse[] = [];
  let offset = 0;
  let count = 0;
  let scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > tokens) break;
    if (MARKS.has(lexeme)) {
      scalar = lexeme === SCALAR;
      continue;
    }
    const sign = scalar ? '' : lexeme[0];
    if ((sign === '&' || sign === '*') && lexeme.length > 1)
      uses.push({
        name: lexeme.slice(1),
        span: { start: offset + 1, end: offset + lexeme.length },
        defines: sign === '&',
      });
    offset += lexeme.length;
    scalar = false;
  }
  return uses;
}
