import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-protocol';
import type { Severity } from '../../core/validation/finding.ts';
import { docsOf } from '../../core/validation/rules.ts';
import type { AnalysedDocument, LocatedFinding, PlacedDocument } from './analysis.ts';
import { rangeOf } from './place.ts';
import { scenarioDiagnosticsOf } from './scenario-file.ts';
import type { Settings } from './settings.ts';
import { shownFindings } from './shown-findings.ts';

/** The name that every diagnostic carries as its source. */
export const SOURCE = 'Jobwright';

/** Editors show no more of one text; errors go first. */
export const MOST_DIAGNOSTICS = 1000;

/**
 * What to underline in one document, in the editor's places. Answers from memory while the document stays the same.
 * A document that our own rules cannot cope with shows nothing; `failed` is told why, once.
 */
export function diagnosticsOf(
  placed: PlacedDocument,
  settings: Settings,
  failed?: (error: unknown) => void,
): readonly Diagnostic[] {
  const known = judged(placed.document, settings, failed);
  if (known.line !== placed.line) {
    known.placed = known.local.map((diagnostic) => shifted(diagnostic, placed.line));
    known.line = placed.line;
  }
  return known.placed;
}

/** The findings of one document that these settings let through, in order of place. */
export function findingsOf(document: AnalysedDocument, settings: Settings): readonly LocatedFinding[] {
  return shownFindings(document, settings).filter(({ suppressed }) => suppressed !== true);
}

/** At most `MOST_DIAGNOSTICS` of them, the severest kept. */
export function severestFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST_DIAGNOSTICS) return diagnostics;
  return [...diagnostics].sort((a, b) => (a.severity ?? 1) - (b.severity ?? 1)).slice(0, MOST_DIAGNOSTICS);
}

interface Remembered {
  readonly settings: Settings;
  /** As if the document stood at the start of the text. */
  readonly local: readonly Diagnostic[];
  /** Where the document stood last, and the diagnostics there. */
  line: number;
  placed: readonly Diagnostic[];
}

const remembered = new WeakMap<AnalysedDocument, Remembered>();

function judged(document: AnalysedDocument, settings: Settings, failed?: (error: unknown) => void): Remembered {
  const before = remembered.get(document);
  if (before?.settings === settings) return before;
  const here = { index: 0, offset: 0, line: 0, document };
  let local: readonly Diagnostic[] = [];
  try {
    local = settings.scenario
      ? scenarioDiagnosticsOf(here)
      : findingsOf(document, settings).map((finding) => diagnosticOf(here, finding));
  } catch (error) {
    failed?.(error);
  }
  const fresh = { settings, local, line: 0, placed: local };
  remembered.set(document, fresh);
  return fresh;
}

/** One finding as the editor wants it. */
export function diagnosticOf(placed: PlacedDocument, finding: LocatedFinding): Diagnostic {
  const tags = TAGS[finding.rule];
  return {
    range: rangeOf(placed, finding.span),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    codeDescription: { href: docsOf(finding.rule) },
    source: SOURCE,
    message: finding.message,
    ...(tags === undefined ? {} : { tags: [...tags] }),
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Rules about what is out of date: editors strike it through. */
const TAGS: Readonly<Record<string, readonly DiagnosticTag[]>> = {
  'note/unused-ignore': [DiagnosticTag.Unnecessary],
  'api/removed-version': [DiagnosticTag.Deprecated],
};

function shifted(diagnostic: Diagnostic, lines: number): Diagnostic {
  const { start, end } = diagnostic.range;
  return {
    ...diagnostic,
    range: {
      start: { line: start.line + lines, character: start.character },
      end: { line: end.line + lines, character: end.character },
    },
  };
}
