import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-protocol';
import { dataOf } from '../../core/manifest/data.ts';
import { entryOf, type ManifestNode } from '../../core/manifest/tree.ts';
import type { Analysis, PlacedDocument } from './analysis.ts';
import { symbol } from './document-symbols.ts';

/** The outline of a scenario file: how pods behave, the rules and the actions one by one. */
export function scenarioSymbolsOf({ documents }: Analysis): readonly DocumentSymbol[] {
  const [placed] = documents;
  const root = placed?.document.tree.root;
  if (placed === undefined || root?.kind !== 'mapping') return [];
  return root.entries.flatMap(({ key, value }) => {
    const items = value.kind === 'sequence' ? itemsOf(placed, key, value.items) : [];
    return symbol(placed, value, key, items.length > 0 ? '' : inWords(value), SymbolKind.Field, items);
  });
}

function itemsOf(placed: PlacedDocument, list: string, items: readonly ManifestNode[]): DocumentSymbol[] {
  return items.map((item) => {
    const head = entryOf(item, HEADS[list] ?? '');
    const name = head === undefined ? 'every pod' : `${head.key} ${inWords(head.value)}`;
    const rest = item.kind === 'mapping' ? item.entries.filter((entry) => entry !== head) : [];
    const detail = rest.map(({ key, value }) => `${key} ${inWords(value)}`).join(', ');
    return symbol(placed, item, name, detail, SymbolKind.Event, []);
  });
}

/** The field that tells the items of a list apart. */
const HEADS: Readonly<Record<string, string>> = { pods: 'match', actions: 'at' };

/** A value on one line, cut short. */
function inWords(node: ManifestNode): string {
  const text = JSON.stringify(dataOf(node, Number));
  const plain = text.replace(/["{}]/g, '').replaceAll(':', ' ').replaceAll(',', ', ');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
