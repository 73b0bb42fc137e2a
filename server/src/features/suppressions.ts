import { isRuleName } from '../../core/advice/all-rules.ts';
import type { Span } from '../../core/manifest/tree.ts';
import { namesRule } from '../../core/validation/severity.ts';
import { commentsOf, type Comment } from '../yaml/comments.ts';
import type { LocatedFinding } from './analysis.ts';
import { lineAt } from './lines.ts';

/**
 * `# jobwright-ignore rule[, rule] [-- why]`: at the end of a line it silences that line, alone on a line the next one
 * with content, and above all content of a document the whole document. A rule may be a group, `advice/*`.
 */
export const IGNORE_KEYWORD = 'jobwright-ignore';

/** What one comment silences. */
interface Suppression {
  /** Rule or group, as written. */
  readonly rule: string;
  readonly span: Span;
  /** 0-based line of the document; null for the whole document. */
  readonly line: number | null;
  used: boolean;
}

/** Findings of one document, and which of them a comment silences. */
export interface Suppressed<T extends LocatedFinding> {
  readonly shown: readonly T[];
  readonly silenced: readonly T[];
  /** What is wrong with the comments themselves. */
  readonly notes: readonly LocatedFinding[];
}

/** Sorts the findings of a document by its ignore comments. Costs nothing where the text has none. */
export function suppress<T extends LocatedFinding>(
  text: string,
  lineStarts: readonly number[],
  findings: readonly T[],
): Suppressed<T> {
  if (!text.includes(IGNORE_KEYWORD)) return { shown: findings, silenced: [], notes: [] };
  const suppressions = commentsOf(text).flatMap((comment) => suppressionsIn(comment, lineStarts));
  const byLine = new Map<number | null, Suppression[]>();
  for (const each of suppressions) {
    const others = byLine.get(each.line);
    if (others === undefined) byLine.set(each.line, [each]);
    else others.push(each);
  }
  const shown: T[] = [];
  const silenced: T[] = [];
  for (const finding of findings) {
    const here = byLine.get(lineAt(lineStarts, finding.span.start)) ?? [];
    const found = [...here, ...(byLine.get(null) ?? [])].filter(({ rule }) => namesRule(rule, finding.rule));
    for (const each of found) each.used = true;
    (found.length > 0 ? silenced : shown).push(finding);
  }
  return { shown, silenced, notes: suppressions.flatMap(noteOf) };
}

function suppressionsIn(comment: Comment, lineStarts: readonly number[]): Suppression[] {
  if (!comment.text.startsWith(IGNORE_KEYWORD)) return [];
  const rest = comment.text.slice(IGNORE_KEYWORD.length);
  if (rest !== '' && !/^[\s:]/.test(rest)) return [];
  const line = lineOf(comment, lineStarts);
  const listed = rest.replace(/^\s*:/, '').split(/\s--(?:\s|$)/, 1)[0]!;
  const names = listed.split(/[\s,]+/).filter((name) => name !== '');
  return (names.length === 0 ? [''] : names).map((rule) => ({ rule, span: comment.span, line, used: false }));
}

function lineOf({ ownLine, leading, next, span }: Comment, lineStarts: readonly number[]): number | null {
  if (!ownLine) return lineAt(lineStarts, span.start);
  if (leading) return null;
  return lineAt(lineStarts, next ?? span.start);
}

function noteOf({ rule, span, used }: Suppression): LocatedFinding[] {
  const note = { type: 'Advice', severity: 'hint', path: [], span } as const;
  if (rule === '')
    return [
      {
        ...note,
        rule: 'note/unknown-ignore',
        message: `Name the rules to ignore: # ${IGNORE_KEYWORD} advice/left-unset.`,
      },
    ];
  if (!isRuleName(rule)) return [{ ...note, rule: 'note/unknown-ignore', message: `There is no rule ${rule}.` }];
  return used ? [] : [{ ...note, rule: 'note/unused-ignore', message: `${rule} has nothing to say here.` }];
}
