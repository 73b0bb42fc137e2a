import { entryOf, spanOf, type ManifestNode } from '../../core/manifest/tree.ts';
import { isTemplate } from '../yaml/templates.ts';
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
  /** True where it may have more keys than are written there: templates, generators, what a controller fills in. */
  readonly open: boolean;
}

const KINDS: readonly string[] = ['ConfigMap', 'Secret', 'PersistentVolumeClaim', 'ServiceAccount'];
const MENTIONED =
  /\bkind["']?\s*:\s*["']?(?:ConfigMap|Secret|PersistentVolumeClaim|ServiceAccount)\b|\b(?:configMap|secret)Generator\b/;
const DATA = ['data', 'stringData', 'binaryData'];

/** The ConfigMaps, Secrets, claims and service accounts of a text, written or generated. A text that names no such kind is not read. */
export function clusterObjectsIn(text: string, uri: string): readonly ClusterObject[] {
  if (!MENTIONED.test(text)) return [];
  const found: ClusterObject[] = [];
  for (const placed of documentsIn(text)) {
    if (!MENTIONED.test(placed.document.text)) continue;
    const { root } = placed.document.tree;
    if (root === null) continue;
    const object = objectOf(root, placed, uri);
    found.push(...(object === null ? generatedIn(root, placed, uri) : [object]));
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
  const open = keys.size === 0 || isFilledIn(metadata) || isTemplate(placed.document.text);
  return { kind, name, namespace: textOf(metadata, 'namespace'), uri, range, keys, open };
}

/** Labels and annotations by which controllers are asked to put something in. */
function isFilledIn(metadata: ManifestNode | undefined): boolean {
  return ['labels', 'annotations'].some((part) => {
    const map = entryOf(metadata, part)?.value;
    return map?.kind === 'mapping' && map.entries.some(({ key }) => /inject|replicat|reflect/.test(key));
  });
}

const GENERATORS: readonly (readonly [field: string, kind: ClusterKind])[] = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
];

/** What the generators of a kustomization make, by the name that manifests call it. Their keys stand in other files. */
function generatedIn(root: ManifestNode, placed: PlacedDocument, uri: string): readonly ClusterObject[] {
  return GENERATORS.flatMap(([field, kind]) => {
    const list = entryOf(root, field)?.value;
    if (list?.kind !== 'sequence') return [];
    return list.items.flatMap((item): ClusterObject[] => {
      const name = textOf(item, 'name');
      if (name === '') return [];
      const range = rangeOf(placed, spanOf(item, ['name']));
      return [{ kind, name, namespace: textOf(item, 'namespace'), uri, range, keys: new Map(), open: true }];
    });
  });
}
