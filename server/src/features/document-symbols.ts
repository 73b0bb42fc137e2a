import { type DocumentSymbol, type Range, SymbolKind } from 'vscode-languageserver-protocol';
import { entryOf, nodeAt, spanOf, type ManifestNode, type Span } from '../../core/manifest/tree.ts';
import type { FieldPath } from '../../core/manifest/path.ts';
import type { AnalysedDocument, AnalysedObject, Analysis, PlacedDocument } from './analysis.ts';
import { textOf } from './identity.ts';
import { rangeOf } from './place.ts';

/** The outline of a text: its Jobs and CronJobs, in each its containers and the rules of its policies. */
export function documentSymbolsOf(analysis: Analysis): readonly DocumentSymbol[] {
  return analysis.documents.flatMap(symbolsOf);
}

/** The outline of one document; remembered, so that an edit elsewhere in the stream reads nothing again. */
export function symbolsOf(placed: PlacedDocument): readonly DocumentSymbol[] {
  const { document, line } = placed;
  const known = remembered.get(document);
  if (known !== undefined) return known.line === line ? known.symbols : moved(known.symbols, line - known.line);
  const symbols = document.objects.map((object) => objectSymbol(placed, object));
  remembered.set(document, { line, symbols });
  return symbols;
}

const remembered = new WeakMap<AnalysedDocument, { readonly line: number; readonly symbols: DocumentSymbol[] }>();

/** The same symbols as many lines further down. */
function moved(symbols: readonly DocumentSymbol[], by: number): DocumentSymbol[] {
  const shifted = ({ start, end }: Range): Range => ({
    start: { ...start, line: start.line + by },
    end: { ...end, line: end.line + by },
  });
  return symbols.map((symbol) => ({
    ...symbol,
    range: shifted(symbol.range),
    selectionRange: shifted(symbol.selectionRange),
    children: moved(symbol.children ?? [], by),
  }));
}

function objectSymbol(placed: PlacedDocument, object: AnalysedObject): DocumentSymbol {
  const job: FieldPath = object.kind === 'Job' ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
  const children = LISTS.flatMap(({ path, kind, nameOf }) => {
    const list = nodeAt(object.root, [...job, ...path]);
    if (list?.kind !== 'sequence') return [];
    return list.items.flatMap((item, at) => {
      const name = nameOf(item, at);
      return name === '' ? [] : symbol(placed, item, name, path.at(-1)!, kind, []);
    });
  });
  const schedule = textOf(entryOf(object.root, 'spec')?.value, 'schedule');
  const selection = spanOf(object.root, ['metadata', 'name']);
  const detail = [object.kind, schedule].filter((part) => part !== '').join(' ');
  return symbol(placed, object.root, object.name || object.kind, detail, SymbolKind.Object, children, selection);
}

interface OutlinedList {
  /** From the Job's spec. */
  readonly path: readonly string[];
  readonly kind: SymbolKind;
  readonly nameOf: (item: ManifestNode, at: number) => string;
}

const LISTS: readonly OutlinedList[] = [
  { path: ['podFailurePolicy', 'rules'], kind: SymbolKind.Event, nameOf: failureRule },
  { path: ['successPolicy', 'rules'], kind: SymbolKind.Event, nameOf: (_, at) => `rule ${at + 1}` },
  { path: ['template', 'spec', 'initContainers'], kind: SymbolKind.Module, nameOf: named },
  { path: ['template', 'spec', 'containers'], kind: SymbolKind.Module, nameOf: named },
  { path: ['template', 'spec', 'volumes'], kind: SymbolKind.Field, nameOf: named },
];

function named(item: ManifestNode): string {
  return textOf(item, 'name');
}

function failureRule(item: ManifestNode, at: number): string {
  return textOf(item, 'action') || `rule ${at + 1}`;
}

/** One line of an outline; `selection` is what is marked when it is chosen. */
export function symbol(
  placed: PlacedDocument,
  node: ManifestNode,
  name: string,
  detail: string,
  kind: SymbolKind,
  children: DocumentSymbol[],
  selection: Span = { start: node.span.start, end: node.span.start },
): DocumentSymbol {
  const range = rangeOf(placed, node.span);
  const inside = selection.start >= node.span.start && selection.end <= node.span.end;
  const selectionRange = rangeOf(placed, inside ? selection : { start: node.span.start, end: node.span.start });
  return { name, detail, kind, range, selectionRange, children };
}
