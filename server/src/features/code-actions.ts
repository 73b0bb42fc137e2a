import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-protocol';
import type { Fix } from '../../core/manifest/edit.ts';
import type { Span } from '../../core/manifest/tree.ts';
import { isBlank } from '../yaml/stream.ts';
import type { AnalysedObject, Analysis, LocatedFinding, PlacedDocument } from './analysis.ts';
import { diagnosticOf } from './diagnostics.ts';
import { changesOf } from './fixes.ts';
import { lineAt } from './lines.ts';
import { offsetAt, rangeOf } from './place.ts';
import type { Settings } from './settings.ts';
import { shownFindings } from './shown-findings.ts';
import { IGNORE_KEYWORD } from './suppressions.ts';

/** The fixes of the findings that a range touches. */
export function codeActionsOf(
  analysis: Analysis,
  uri: string,
  range: Range,
  context: CodeActionContext,
  settings: Settings,
): readonly CodeAction[] {
  if (context.only !== undefined && !context.only.some(allowsQuickFix)) return [];
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

function allowsQuickFix(kind: string): boolean {
  return kind === CodeActionKind.Empty || kind === CodeActionKind.QuickFix || kind.startsWith('quickfix.');
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

/** A fix as changes of the text; empty when it cannot be written there. */
function textEditsOf(placed: PlacedDocument, object: AnalysedObject, fix: Fix): TextEdit[] {
  return changesOf(placed.document, object, fix).map(({ span, newText }) => ({
    range: rangeOf(placed, span),
    newText,
  }));
}
