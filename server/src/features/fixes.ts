import type { TextEdit } from 'vscode-languageserver-protocol';
import { within, type Fix } from '../../core/manifest/edit.ts';
import type { Severity } from '../../core/validation/finding.ts';
import { applyChanges, editText, type TextChange } from '../yaml/writer.ts';
import { analyse, type AnalysedDocument, type AnalysedObject, type PlacedDocument } from './analysis.ts';
import { rangeOf } from './place.ts';
import type { Settings } from './settings.ts';
import { shownFindings } from './shown-findings.ts';

/** A fix as changes of its document's text; empty when it cannot be written there. */
export function changesOf(
  document: AnalysedDocument,
  object: AnalysedObject,
  fix: Pick<Fix, 'edits'>,
): readonly TextChange[] {
  const edits = fix.edits.map((edit) => within(object.pathPrefix, edit));
  return editText(document.text, document.tree, edits);
}

/** The same as an editor takes it. */
export function textEditsOf(placed: PlacedDocument, object: AnalysedObject, fix: Pick<Fix, 'edits'>): TextEdit[] {
  return changesOf(placed.document, object, fix).map(({ span, newText }) => ({
    range: rangeOf(placed, span),
    newText,
  }));
}

export interface FixedText {
  readonly text: string;
  /** How many fixes it took. */
  readonly fixes: number;
}

/** What one fix leaves may be mended by the next; a text that is never done is left after so many rounds. */
const ROUNDS = 10;

/**
 * A text after the preferred fix of each finding of these severities, again and again until none is left. What a
 * comment silences is meant as it is. Fixes that touch each other are made one after the other.
 */
export function fixAll(text: string, settings: Settings, severities: ReadonlySet<Severity>): FixedText {
  let fixes = 0;
  let current = text;
  for (let round = 0; round < ROUNDS; round++) {
    const { text: next, fixes: made } = fixOnce(current, settings, severities);
    if (made === 0 || next === current) break;
    fixes += made;
    current = next;
  }
  return { text: current, fixes };
}

function fixOnce(text: string, settings: Settings, severities: ReadonlySet<Severity>): FixedText {
  let fixes = 0;
  const changes = analyse(text, 0).documents.flatMap(({ document, offset }) => {
    const chosen: TextChange[] = [];
    for (const { object, suppressed, severity, fixes: offered } of shownFindings(document, settings)) {
      const fix = offered?.find(({ preferred }) => preferred === true);
      if (fix === undefined || object === null || suppressed === true || !severities.has(severity)) continue;
      const wanted = changesOf(document, object, fix);
      if (wanted.length === 0 || wanted.some((change) => chosen.some((other) => touches(change, other)))) continue;
      chosen.push(...wanted);
      fixes++;
    }
    return chosen
      .sort((a, b) => a.span.start - b.span.start)
      .map(({ span, newText }) => ({ span: { start: offset + span.start, end: offset + span.end }, newText }));
  });
  return { text: applyChanges(text, changes), fixes };
}

function touches({ span: a }: TextChange, { span: b }: TextChange): boolean {
  return a.start <= b.end && b.start <= a.end;
}
