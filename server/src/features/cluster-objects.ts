import { entryOf, spanOf, type ManifestNode } from '../../core/manifest/tree.ts';
import type { Range } from '../protocol/protocol.ts';
import { documentsIn, type PlacedDocument } from './analysis.ts';
import { textOf } from './identity.ts';
import { rangeOf } from './place.ts';

/** Kinds of objects that a pod calls by name. */
export type ClusterKind = 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';

/** One such object that a file defines. */
export interface ClusterObject {
  readonly kind: ClusterKind;
  readonly name: string;
  /** As written; empty when the file leaves it open. */
  readonly namespace: string;
  readonly uri: string;
  /** Of its name. */
  readonly range: Range;
  /** Keys of a ConfigMap or Secret, and where each stands. */
  readonly keys: ReadonlyMap<string, Range>;
}

const KINDS: readonly string[] = ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'];
const MENTIONED = /\bkind["']?\s*:\s*["']?(?:ConfigMap|Secret|PersistentVolumeClaim|ServiceAccount)\b/;
const DATA = ['data', 'stringData', 'binaryData'];

/** The ConfigMaps, Secrets, claims and service accounts of a text. A text that names no such kind is not read. */
export function clusterObjectsIn(text: string, uri: string): readonly ClusterObject[] {
  if (!MENTIONED.test(text)) return [];
  const found: ClusterObject[] = [];
  for (const placed of documentsIn(text)) {
    if (!MENTIONED.test(placed.document.text)) continue;
    const { root } = placed.document.tree;
    const object = root === null ? null : objectOf(root, placed, uri);
    if (object !== null) found.push(object);
  }
  return found;
}

function objectOf(root: ManifestNode, placed: PlacedDocument, uri: string): ClusterObject | null {
  const kind = KINDS.find((one): one is ClusterKind => one === textOf(root, 'kind'));
  const metadata = entryOf(root, 'metadata')?.value;
  const name = textOf(metadata, 'name');
  if (kind === undefined || name === '' || textOf(root, 'apiVersion') !== 'v1') return null;
  const keys = new Map<string, Range>();
  for (const part of DATA) {
    const data = entryOf(root, part)?.value;
    if (data?.kind !== 'mapping') continue;
    for (const { key, keySpan } of data.entries) keys.set(key, rangeOf(placed, keySpan));
  }
  const range = rangeOf(placed, spanOf(root, ['metadata', 'name']));
  return { kind, name, namespace: textOf(metadata, 'namespace'), uri, range, keys };
}
