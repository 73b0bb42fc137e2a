import { Lexer, Parser, type CST } from 'yaml';
import type { Budget } from './budget.ts';
import type { Derailment } from './repair.ts';

/** What the lexer and parser of one document yielded. */
export interface TokenTree {
  readonly tokens: readonly CST.Token[];
  /** How many lexical tokens were read. */
  readonly count: number;
  /** Set when a budget ended the reading: what ended it, and where (offset in the given text). */
  readonly ended?: { readonly reason: 'tokens' | 'depth'; readonly offset: number };
  /** A `[` or `{` that is not closed, from which the lexer found no way back. */
  readonly broken: Derailment | null;
}

/**
 * Reads one document's text into a concrete syntax tree, at most `tokens` lexical tokens of it. The parser is fed token
 * by token, so hostile text stops at the budget and not at the end of memory.
 *
 * The server's reader ignores indentation inside brackets and quotes, this lexer does not: with `loose` its minimum is
 * lifted there. Without, a bracket or quote that is not closed ends where the indentation does, so that a half-typed
 * line does not swallow the rest.
 */
export function readTokens(text: string, tokens: number, budget: Budget, loose: boolean): TokenTree {
  const parser = new Parser();
  const lexer = loose ? new LooseLexer() : new Lexer();
  const found: CST.Token[] = [];
  let count = 0;
  let offset = 0;
  let broken: Derailment | null = null;
  let depth = 0;
  let scalar = false;
  for (const lexeme of lexer.lex(text)) {
    count += 1;
    const reason = count > tokens ? 'tokens' : parser.stack.length > budget.depth ? 'depth' : null;
    if (reason !== null) {
      for (const token of parser.end()) found.push(token);
      return { tokens: found, count, ended: { reason, offset }, broken };
    }
    if (lexeme === FLOW_BROKEN) broken ??= unclosed(parser, offset);
    for (const token of parser.next(lexeme)) found.push(token);
    if (isControl(lexeme)) {
      scalar = lexeme === SCALAR;
      continue;
    }
    offset += lexeme.length;
    if (lexer instanceof LooseLexer) {
      if (!scalar) {
        if (lexeme === '[' || lexeme === '{') depth += 1;
        else if (depth > 0 && (lexeme === ']' || lexeme === '}')) depth -= 1;
      }
      const next = text.charCodeAt(offset);
      lexer.free = depth > 0 || next === DOUBLE_QUOTE || next === SINGLE_QUOTE;
    }
    scalar = false;
  }
  broken ??= unclosed(parser, offset);
  for (const token of parser.end()) found.push(token);
  return { tokens: found, count, broken };
}

/**
 * While `free`, the least indentation of the next lines is lifted. The lexer keeps that minimum to itself; what it stores
 * stays right, what it reads is nothing. On the prototype: an accessor for each lexer makes all of them slow.
 */
class LooseLexer extends Lexer {
  free = false;
  least = 0;
}
Object.defineProperty(LooseLexer.prototype, 'indentNext', {
  get(this: LooseLexer) {
    return this.free ? 0 : this.least;
  },
  set(this: LooseLexer, value: number) {
    this.least = value;
  },
});

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;

/** The outermost open flow collection. Up to `end` it is left out, but its own line at least. */
function unclosed(parser: Parser, end: number): Derailment | null {
  const open = parser.stack.find((token) => token.type === 'flow-collection' && token.end.length === 0);
  if (open?.type !== 'flow-collection') return null;
  const { source } = open.start;
  const message = `${source} is not closed: missing ${source === '{' ? '}' : ']'}`;
  return { message, start: open.offset, end: open.offset + 1, blankStart: open.offset, blankEnd: end };
}

const FLOW_BROKEN = '\u0018';
const SCALAR = '\u001f';

/** The lexer's own marks (a document begins, a scalar follows, a flow collection broke off) are no text. */
function isControl(lexeme: string): boolean {
  return lexeme === '\u0002' || lexeme === FLOW_BROKEN || lexeme === SCALAR;
}
