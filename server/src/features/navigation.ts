import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type LinkedEditingRanges,
  type Location,
  type LocationLink,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import {
  envNameProblems,
  dnsLabelProblems,
  portNameProblems,
  qualifiedNameProblems,
} from '../../core/kubernetes/names.ts';
import type { Position, Range } from '../protocol/protocol.ts';
import { anchorUses } from '../yaml/anchors.ts';
import type { Analysis, PlacedDocument } from './analysis.ts';
import { nameUsesOf, sameName, type NameKind, type NameUse } from './name-uses.ts';
import { documentAt, objectAt, offsetAt, rangeOf } from './place.ts';

/** Names that live inside one document: containers, volumes, ports, claims, variables, labels, and YAML's anchors. */

/** What a name at a place means: all its uses, the one under the cursor among them. */
interface Found {
  readonly placed: PlacedDocument;
  readonly here: Use;
  readonly all: readonly Use[];
}

type Use = Pick<NameUse, 'name' | 'span' | 'whole' | 'defines'> & { readonly kind: NameKind | 'anchor' };

function find(analysis: Analysis, position: Position): Found | null {
  const placed = documentAt(analysis, position.line);
  const offset = offsetAt(placed, position);
  const object = objectAt(placed.document, offset);
  if (object === undefined) return null;
  const at = ({ span }: Use): boolean => span.start <= offset && offset <= span.end;
  const anchors = anchorUses(placed.document.text).map((use): Use => ({ ...use, kind: 'anchor', whole: use.span }));
  const anchor = anchors.find(at);
  if (anchor !== undefined) {
    // An anchor that is set again hides the one before: an alias means the nearest above.
    const owner = (use: Use): number =>
      anchors.findLastIndex((one) => one.defines && one.name === use.name && one.span.start <= use.span.start);
    const mine = owner(anchor);
    return { placed, here: anchor, all: anchors.filter((use) => use.name === anchor.name && owner(use) === mine) };
  }
  const uses = nameUsesOf(object, placed.document.text);
  const here = uses.find(at);
  return here === undefined ? null : { placed, here, all: sameName(uses, here) };
}

/** Where the name under the cursor is given. */
export function definitionsAt(analysis: Analysis, uri: string, position: Position): readonly LocationLink[] {
  const found = find(analysis, position);
  if (found === null) return [];
  const { placed, here, all } = found;
  return all
    .filter(({ defines }) => defines)
    .map(({ span, whole }) => ({
      originSelectionRange: rangeOf(placed, here.span),
      targetUri: uri,
      targetRange: rangeOf(placed, whole),
      targetSelectionRange: rangeOf(placed, span),
    }));
}

/** Every place of the name under the cursor; with `declaration` also where it is given. */
export function referencesAt(
  analysis: Analysis,
  uri: string,
  position: Position,
  declaration: boolean,
): readonly Location[] {
  const found = find(analysis, position);
  if (found === null) return [];
  return found.all
    .filter(({ defines }) => declaration || !defines)
    .map(({ span }) => ({ uri, range: rangeOf(found.placed, span) }));
}

/** The same places, as an editor marks them while the cursor stands on one. */
export function highlightsAt(analysis: Analysis, position: Position): readonly DocumentHighlight[] {
  const found = find(analysis, position);
  if (found === null) return [];
  return found.all.map(({ span, defines }) => ({
    range: rangeOf(found.placed, span),
    kind: defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

/**
 * The places of the name under the cursor that change together as a person types, where the editor is set to do so. Only
 * of names that one thing alone has and something calls it by: with two of a name, nobody knows which is meant.
 */
export function linkedRangesAt(analysis: Analysis, position: Position): LinkedEditingRanges | null {
  const found = find(analysis, position);
  if (found === null || !LINKED.has(found.here.kind)) return null;
  const { placed, here, all } = found;
  const places = [...new Map(all.map((use) => [use.span.start, use])).values()];
  if (places.length < 2 || places.filter(({ defines }) => defines).length !== 1) return null;
  // Two ways to write one name (escapes, say) would not stay one name.
  const { text } = placed.document;
  if (places.some(({ span }) => text.slice(span.start, span.end) !== here.name)) return null;
  // What is half typed need not be a name yet.
  return { ranges: places.map(({ span }) => rangeOf(placed, span)), wordPattern: '[-\\w]*' };
}

const LINKED: ReadonlySet<Use['kind']> = new Set(['container', 'volume', 'port']);

/** What a rename would replace; null where there is nothing to rename, or nothing in this text gives the name. */
export function renameRangeAt(
  analysis: Analysis,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | null {
  const found = find(analysis, position);
  if (found === null || !found.all.some(({ defines }) => defines)) return null;
  return { range: rangeOf(found.placed, found.here.span), placeholder: found.here.name };
}

/** A rename, or in plain words why it cannot be. */
export function renameAt(
  analysis: Analysis,
  uri: string,
  position: Position,
  to: string,
): { readonly edit: WorkspaceEdit } | { readonly problem: string } {
  const found = find(analysis, position);
  if (found === null) return { problem: 'There is no name here that stands for something in this document.' };
  const { placed, here, all } = found;
  const problem = problemOf(here.kind, to);
  if (problem !== null) return { problem };
  if (to !== here.name && taken(placed, here, to)) return { problem: `There is a ${here.kind} ${to} already.` };
  const edits = all.map(({ span }): TextEdit => ({ range: rangeOf(placed, span), newText: to }));
  return { edit: { changes: { [uri]: edits } } };
}

function taken(placed: PlacedDocument, { kind, span }: Use, to: string): boolean {
  if (kind === 'anchor') return anchorUses(placed.document.text).some(({ name }) => name === to);
  const object = objectAt(placed.document, span.start);
  return (
    object !== undefined &&
    nameUsesOf(object, placed.document.text).some((use) => use.kind === kind && use.defines && use.name === to)
  );
}

function problemOf(kind: Use['kind'], name: string): string | null {
  return RULES[kind](name) ? null : `${JSON.stringify(name)} cannot be the name of a ${kind}.`;
}

/** What the API server, or YAML, takes as a name. */
const RULES: Readonly<Record<Use['kind'], (name: string) => boolean>> = {
  container: (name) => dnsLabelProblems(name).length === 0,
  volume: (name) => dnsLabelProblems(name).length === 0,
  claim: (name) => dnsLabelProblems(name).length === 0,
  port: (name) => portNameProblems(name).length === 0,
  // `$(NAME)` is read as far as these signs go.
  variable: (name) => envNameProblems(name).length === 0 && /^[\w.-]+$/.test(name),
  label: (name) => qualifiedNameProblems(name).length === 0,
  anchor: (name) => /^[^\s,[\]{}]+$/.test(name),
};
