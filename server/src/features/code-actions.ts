import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Position,
  type Range,
} from 'vscode-languageserver-protocol';
import type { Span } from '../../core/manifest/tree.ts';
import type { Severity } from '../../core/validation/finding.ts';
import { isBlank } from '../yaml/stream.ts';
import { differenceOf } from '../yaml/writer.ts';
import type { AnalysedObject, Analysis, LocatedFinding, PlacedDocument } from './analysis.ts';
import { diagnosticOf } from './diagnostics.ts';
import { fixAll, textEditsOf } from './fixes.ts';
import { lineAt, lineStartsOf } from './lines.ts';
import { offsetAt, rangeOf } from './place.ts';
import { refactoringActions } from './refactorings.ts';
import type { Settings } from './settings.ts';
import { shownFindings } from './shown-findings.ts';
import { IGNORE_KEYWORD } from './suppressions.ts';

/** Mends the whole text, also when it is saved. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.jobwright`;

/** Kinds of the actions that there are, most special first where one holds another. */
export const ACTION_KINDS: readonly string[] = [
  CodeActionKind.QuickFix,
  FIX_ALL,
  CodeActionKind.RefactorExtract,
  CodeActionKind.RefactorRewrite,
];

/** Fixes of the findings that a range touches, refactorings of the Job around it, and one action that fixes it all. */
export function codeActionsOf(
  analysis: Analysis,
  uri: string,
  range: Range,
  context: CodeActionContext,
  settings: Settings,
): readonly CodeAction[] {
  const { only } = context;
  const wants = (kind = ''): boolean =>
    only === undefined || only.some((one) => isWithin(kind, one) || isWithin(one, kind));
  return [
    ...(wants(CodeActionKind.QuickFix) ? quickFixes(analysis, uri, range, settings) : []),
    ...refactoringActions(analysis, uri, range).filter(({ kind }) => wants(kind)),
    // Only when asked for by name, as when saving: it reads every document.
    ...(only !== undefined && wants(FIX_ALL) ? fixAllAction(analysis, uri, settings) : []),
  ];
}

/** `quickfix.ignore` is within `quickfix`, and all kinds are within the empty one. */
function isWithin(kind: string, outer: string): boolean {
  return outer === '' || kind === outer || kind.startsWith(`${outer}.`);
}

/** The text after the preferred fix of each error and warning. */
function fixAllAction({ text }: Analysis, uri: string, settings: Settings): readonly CodeAction[] {
  const { text: fixed, fixes } = fixAll(text, settings, FIXED_SEVERITIES);
  if (fixed === text) return [];
  const {
    span: { start, end },
    newText,
  } = differenceOf(text, fixed);
  const lineStarts = lineStartsOf(text);
  const place = (offset: number): Position => {
    const line = lineAt(lineStarts, offset);
    return { line, character: offset - lineStarts[line]! };
  };
  const range = { start: place(start), end: place(end) };
  return [
    {
      title: fixes === 1 ? 'Fix what is wrong (1 place)' : `Fix all that is wrong (${fixes} places)`,
      kind: FIX_ALL,
      edit: { changes: { [uri]: [{ range, newText }] } },
    },
  ];
}

function quickFixes(analysis: Analysis, uri: string, range: Range, settings: Settings): readonly CodeAction[] {
  const actions: CodeAction[] = [];
  for (const placed of analysis.documents) {
    const lastLine = placed.line + placed.document.lineStarts.length - 1;
    if (placed.line > range.end.line || lastLine < range.start.line) continue;
    const span = { start: offsetAt(placed, range.start), end: offsetAt(placed, range.end) };
    for (const finding of shownFindings(placed.document, settings))
      if (finding.object !== null && finding.suppressed !== true && touches(finding.span, span))
        actions.push(...actionsOf(placed, uri, finding.object, finding), ...ignoring(placed, uri, finding));
  }
  // What mends comes before what hides.
  return [...actions.filter(({ kind }) => kind !== IGNORE), ...actions.filter(({ kind }) => kind === IGNORE)];
}

/** What saving may mend unasked: hints and remarks are for people to decide. */
const FIXED_SEVERITIES: ReadonlySet<Severity> = new Set(['error', 'warning']);

const IGNORE = `${CodeActionKind.QuickFix}.ignore`;

/** A comment above the line. What the API server refuses stays refused, so that is not to be hidden so lightly. */
function ignoring(placed: PlacedDocument, uri: string, finding: LocatedFinding): readonly CodeAction[] {
  const { lineStarts, text } = placed.document;
  const line = lineAt(lineStarts, finding.span.start);
  const start = lineStarts[line]!;
  // Above the first line the comment would speak of the whole document.
  if (finding.severity === 'error' || finding.rule.startsWith('note/') || isBlank(text, 0, start)) return [];
  const indent = /^[ ]*/.exec(text.slice(start, start + 1000))![0];
  const newText = `${indent}# ${IGNORE_KEYWORD} ${finding.rule}${text.includes('\r\n') ? '\r\n' : '\n'}`;
  const range = rangeOf(placed, { start, end: start });
  return [
    {
      title: `Ignore ${finding.rule} here`,
      kind: IGNORE,
      diagnostics: [diagnosticOf(placed, finding)],
      edit: { changes: { [uri]: [{ range, newText }] } },
    },
  ];
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function actionsOf(
  placed: PlacedDocument,
  uri: string,
  object: AnalysedObject,
  finding: LocatedFinding,
): readonly CodeAction[] {
  return (finding.fixes ?? []).flatMap((fix) => {
    const edits = textEditsOf(placed, object, fix);
    if (edits.length === 0) return [];
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(placed, finding)],
      ...(fix.preferred === true ? { isPreferred: true } : {}),
      edit: { changes: { [uri]: edits } },
    };
  });
}
