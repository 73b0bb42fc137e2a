import { Lexer } from 'yaml';
import type { Span } from '../../core/manifest/tree.ts';
import { DEFAULT_BUDGET } from './budget.ts';

/** One comment of a text, and what it can speak about. */
export interface Comment {
  /** From `#` to the end of the line. */
  readonly span: Span;
  /** Behind the `#`, without white space around it. */
  readonly text: string;
  /** True when nothing but white space stands before it on its line. */
  readonly ownLine: boolean;
  /** Offset of the first character of content on the first later line that has content; null at the end of the text. */
  readonly next: number | null;
  /** True when no content of the document stands before it. */
  readonly leading: boolean;
}

/** What the lexer says beside text: a document begins, a scalar follows, a flow collection broke off. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);
const SCALAR = '\u001f';

/**
 * The comments of one document's text, in order. A `#` inside a string, a block scalar or a word is none. Linear time;
 * comments behind the budget's last token are not found.
 */
export function commentsOf(text: string, tokens: number = DEFAULT_BUDGET.tokens): readonly Comment[] {
  const comments: { span: Span; text: string; ownLine: boolean; next: number | null; leading: boolean }[] = [];
  let waiting = 0;
  let offset = 0;
  let count = 0;
  let scalar = false;
  let lineHasContent = false;
  let anyContent = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > tokens) break;
    if (MARKS.has(lexeme)) {
      scalar = lexeme === SCALAR;
      continue;
    }
    const start = offset;
    offset += lexeme.length;
    if (!scalar && lexeme.startsWith('#')) {
      comments.push({
        span: { start, end: offset },
        text: lexeme.slice(1).trim(),
        ownLine: !lineHasContent,
        next: null,
        leading: !anyContent,
      });
    } else if (scalar || isContent(lexeme)) {
      for (; waiting < comments.length; waiting++) {
        const comment = comments[waiting]!;
        // What follows on the same line, as after a comment in a block's header, is not its line's next.
        comment.next = start + leadingSpace(lexeme);
      }
      lineHasContent = true;
      anyContent = true;
    }
    const lastLineEnd = lexeme.lastIndexOf('\n');
    if (lastLineEnd !== -1) lineHasContent = lexeme.slice(lastLineEnd + 1).trim() !== '';
    scalar = false;
  }
  return comments;
}

/** Neither white space nor a document marker, a directive or a byte order mark. */
function isContent(lexeme: string): boolean {
  const trimmed = lexeme.trim();
  return trimmed !== '' && trimmed !== '---' && trimmed !== '...' && !trimmed.startsWith('%') && trimmed !== '\ufeff';
}

function leadingSpace(lexeme: string): number {
  return lexeme.length - lexeme.trimStart().length;
}
