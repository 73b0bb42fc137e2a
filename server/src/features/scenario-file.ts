import {
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-protocol';
import { dataOf } from '../../core/manifest/data.ts';
import { type FieldPath, parsePath } from '../../core/manifest/path.ts';
import { spanOf } from '../../core/manifest/tree.ts';
import {
  SCENARIO_FIELDS,
  type ScenarioField,
  type ScenarioPlace,
  type ScenarioType,
} from '../../core/scenario/scenario-fields.ts';
import { parseScenario } from '../../core/scenario/scenario-reader.ts';
import type { Position } from '../protocol/protocol.ts';
import type { Analysis, PlacedDocument } from './analysis.ts';
import { cursorAt } from './cursor.ts';
import { SOURCE } from './diagnostics.ts';
import { placeAt } from './hover-place.ts';
import { documentAt, offsetAt, rangeOf } from './place.ts';

/** Scenario files as a language of their own: what is wrong in them, what may stand there, what it means. */

/** True for the address of a scenario file. Recordings end in `.jobwright.json`, so that ending says nothing. */
export function isScenarioFile(uri: string): boolean {
  return /\.jobwright\.ya?ml$/i.test(uri);
}

/** What is wrong in a document that is a scenario. */
export function scenarioDiagnosticsOf(placed: PlacedDocument): readonly Diagnostic[] {
  const { root, problems } = placed.document.tree;
  const said = (span: { readonly start: number; readonly end: number }, message: string): Diagnostic => ({
    range: rangeOf(placed, span),
    severity: DiagnosticSeverity.Error,
    source: SOURCE,
    message,
  });
  if (problems.length > 0) return problems.map(({ span, message }) => said(span, message));
  if (root === null) return [];
  return parseScenario(dataOf(root, Number)).problems.map(({ path, message }) =>
    said(path === '' ? root.span : spanOf(root, parsePath(path)), message),
  );
}

/** What the field at a position means; null elsewhere. */
export function scenarioHoverAt(analysis: Analysis, position: Position): Hover | null {
  const placed = documentAt(analysis, position.line);
  const { root } = placed.document.tree;
  const place = placed.index > 0 || root === null ? null : placeAt(root, offsetAt(placed, position));
  const name = place?.path.at(-1);
  if (place === null || typeof name !== 'string') return null;
  const field = fieldsAt(place.path.slice(0, -1))?.[name];
  if (field === undefined) return null;
  return {
    range: rangeOf(placed, place.span),
    contents: { kind: MarkupKind.Markdown, value: `**${name}**: ${described(field)}` },
  };
}

/** The fields that may be added here, and the words that a field takes. */
export function scenarioCompletionsAt(analysis: Analysis, position: Position): readonly CompletionItem[] {
  const placed = documentAt(analysis, position.line);
  if (placed.index > 0) return [];
  const { text } = placed.document;
  const offset = offsetAt(placed, position);
  const cursor = cursorAt(text, offset);
  if (cursor === null) return text.trim() === '' ? keys(SCENARIO_FIELDS.scenario, new Set(), null) : [];
  if (cursor.slot === 'value') {
    const name = cursor.path.at(-1);
    const field = typeof name === 'string' ? fieldsAt(cursor.path.slice(0, -1))?.[name] : undefined;
    const range = rangeOf(placed, cursor.value);
    return field === undefined
      ? []
      : wordsOf(field.type).map((word) => ({
          label: word,
          kind: CompletionItemKind.EnumMember,
          textEdit: { range, newText: word },
        }));
  }
  const fields = fieldsAt(cursor.path);
  if (fields === null) return [];
  const range = rangeOf(placed, cursor.word);
  return keys(fields, cursor.present, { range, colon: cursor.colon });
}

function keys(
  fields: Readonly<Record<string, ScenarioField>>,
  present: ReadonlySet<string>,
  place: { readonly range: ReturnType<typeof rangeOf>; readonly colon: boolean } | null,
): readonly CompletionItem[] {
  return Object.entries(fields)
    .filter(([name]) => !present.has(name))
    .map(([name, field], at): CompletionItem => {
      const newText = place?.colon === true ? name : `${name}: `;
      return {
        label: name,
        kind: CompletionItemKind.Field,
        detail: field.default === null ? '' : `default: ${field.default.replaceAll('`', '')}`,
        documentation: { kind: MarkupKind.Markdown, value: described(field) },
        sortText: String(at).padStart(3, '0'),
        insertTextMode: InsertTextMode.asIs,
        ...(place === null ? { insertText: newText } : { textEdit: { range: place.range, newText } }),
      };
    });
}

function described({ meaning, default: otherwise }: ScenarioField): string {
  return `${meaning}.${otherwise === null ? '' : `\n\nDefault: ${otherwise}.`}`;
}

function wordsOf(type: ScenarioType): readonly string[] {
  return type.kind === 'word' ? type.words : type.kind === 'boolean' ? ['true', 'false'] : [];
}

/** The fields of the map at a path from the scenario's root; null where no such map stands. */
function fieldsAt(path: FieldPath): Readonly<Record<string, ScenarioField>> | null {
  let place: ScenarioPlace | null = 'scenario';
  for (let at = 0; at < path.length && place !== null; at++) {
    const name = path[at];
    const type: ScenarioType | undefined = typeof name === 'string' ? SCENARIO_FIELDS[place][name]?.type : undefined;
    place = type === undefined ? null : placeOf(type);
    // A list's items, and the names of a map by name, come before the fields of each.
    if (type?.kind === 'list' || type?.kind === 'named') at++;
  }
  return place === null ? null : SCENARIO_FIELDS[place];
}

function placeOf(type: ScenarioType): ScenarioPlace | null {
  if (type.kind === 'fields' || type.kind === 'list' || type.kind === 'named') return type.of;
  return type.kind === 'capacity' ? 'capacity' : null;
}
