import type { ReadFinding, ReadTextResult } from '../protocol/protocol.ts';
import { analyse, fieldNamed, type PlacedDocument } from './analysis.ts';
import { manifestOf, manifestsOf } from './manifests.ts';
import { rangeOf } from './place.ts';
import type { Settings } from './settings.ts';
import { type ShownFinding, shownFindings } from './shown-findings.ts';

/** Where a text that no editor has open would be. */
const NOWHERE = 'jobwright:text';

/** A text that need not be open: its Jobs as decoded, and what is to be said about them. */
export function readText(text: string, settings: Settings): ReadTextResult {
  const analysis = analyse(text, 0);
  const objects = manifestsOf(analysis, NOWHERE).map((summary) => manifestOf(analysis, summary)!);
  const findings = analysis.documents.flatMap((placed) =>
    shownFindings(placed.document, settings).flatMap((finding) =>
      finding.suppressed === true ? [] : [findingOf(placed, finding)],
    ),
  );
  return { objects, findings };
}

function findingOf(placed: PlacedDocument, { rule, severity, message, path, span, object }: ShownFinding): ReadFinding {
  return { rule, severity, message, field: fieldNamed(object, path), range: rangeOf(placed, span) };
}
