import type { DocumentLink, LocationLink } from 'vscode-languageserver-protocol';
import { segmentKey, type FieldPath } from '../../core/manifest/path.ts';
import { nodeAt, type ManifestNode, type Span } from '../../core/manifest/tree.ts';
import type { Position } from '../protocol/protocol.ts';
import type { AnalysedObject, Analysis } from './analysis.ts';
import type { ClusterKind, ClusterObject } from './cluster-objects.ts';
import { textOf, type Manifest } from './identity.ts';
import type { ValueChoice } from './known-values.ts';
import { documentAt, objectAt, offsetAt, rangeOf } from './place.ts';

/** References of a pod to ConfigMaps, Secrets, claims and service accounts that a file of the workspace defines. */

/** By the end of a field's path, list places as `*`: what kind of object it names. */
const NAMES: readonly (readonly [ending: RegExp, kind: ClusterKind])[] = [
  [/\.(?:configMap|configMapRef|configMapKeyRef)\.name$/, 'ConfigMap'],
  [/\.(?:secret|secretRef|secretKeyRef)\.name$/, 'Secret'],
  [/\.secret\.secretName$/, 'Secret'],
  [/\.imagePullSecrets\.\*\.name$/, 'Secret'],
  [/\.persistentVolumeClaim\.claimName$/, 'PersistentVolumeClaim'],
  [/\.serviceAccountName$/, 'ServiceAccount'],
];
/** The same for fields that name a key of the object beside them. */
const KEYS: readonly (readonly [ending: RegExp, kind: ClusterKind])[] = [
  [/\.configMapKeyRef\.key$/, 'ConfigMap'],
  [/\.secretKeyRef\.key$/, 'Secret'],
  [/\.configMap\.items\.\*\.key$/, 'ConfigMap'],
  [/\.secret\.items\.\*\.key$/, 'Secret'],
];

interface Reference {
  readonly span: Span;
  readonly kind: ClusterKind;
  readonly name: string;
  /** Null where the whole object is meant. */
  readonly key: string | null;
}

/** The names of known objects, or the keys of one, that may stand at a path from a Job's or CronJob's root. */
export function namedObjects(
  objects: readonly ClusterObject[],
  manifest: Manifest,
  path: FieldPath,
): readonly ValueChoice[] {
  const place = placeOf(path);
  const kind = kindAt(NAMES, place);
  if (kind !== null) {
    const names = new Map(objects.filter((one) => one.kind === kind).map(({ name, uri }) => [name, uri]));
    return [...names].map(([value, uri]) => ({ value, meaning: `in ${uri.slice(uri.lastIndexOf('/') + 1)}` }));
  }
  const owner = kindAt(KEYS, place);
  if (owner === null) return [];
  const name = ownerName(manifest.root, path);
  const keys = new Set(
    objects.filter((one) => one.kind === owner && one.name === name).flatMap((one) => [...one.keys.keys()]),
  );
  return [...keys].map((value) => ({ value, meaning: `a key of ${name}` }));
}

/** Where the object, or its key, under the cursor is defined. */
export function objectDefinitionsAt(
  analysis: Analysis,
  position: Position,
  objects: readonly ClusterObject[],
): readonly LocationLink[] {
  const placed = documentAt(analysis, position.line);
  const offset = offsetAt(placed, position);
  const object = objectAt(placed.document, offset);
  const reference =
    object === undefined || objects.length === 0
      ? undefined
      : referencesOf(object).find(({ span }) => span.start <= offset && offset <= span.end);
  if (object === undefined || reference === undefined) return [];
  return targetsOf(reference, object, objects).map(({ uri, range }) => ({
    originSelectionRange: rangeOf(placed, reference.span),
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
  }));
}

/** Links from every reference to the file that defines what it names. */
export function objectLinksOf(analysis: Analysis, objects: readonly ClusterObject[]): readonly DocumentLink[] {
  if (objects.length === 0) return [];
  return analysis.documents.flatMap((placed) =>
    placed.document.objects.flatMap((object) =>
      referencesOf(object).flatMap((reference): DocumentLink[] => {
        const [target] = targetsOf(reference, object, objects);
        if (target === undefined) return [];
        const file = target.uri.slice(target.uri.lastIndexOf('/') + 1);
        return [
          {
            range: rangeOf(placed, reference.span),
            target: `${target.uri}#L${target.range.start.line + 1}`,
            tooltip: `${reference.kind} ${reference.name} in ${file}`,
          },
        ];
      }),
    ),
  );
}

function targetsOf(
  { kind, name, key }: Reference,
  { namespace }: AnalysedObject,
  objects: readonly ClusterObject[],
): readonly Pick<ClusterObject, 'uri' | 'range'>[] {
  return objects
    .filter((one) => one.kind === kind && one.name === name)
    .filter((one) => namespace === null || one.namespace === '' || one.namespace === namespace)
    .flatMap(({ uri, range, keys }) => {
      const at = key === null ? range : keys.get(key);
      return at === undefined ? [] : [{ uri, range: at }];
    });
}

/** Every reference of one Job or CronJob; remembered, so that an edit elsewhere in a stream reads nothing again. */
function referencesOf(object: AnalysedObject): readonly Reference[] {
  const known = remembered.get(object);
  if (known !== undefined) return known;
  const references = findReferences(object);
  remembered.set(object, references);
  return references;
}

const remembered = new WeakMap<AnalysedObject, readonly Reference[]>();

/** Linear in the size of the object. */
function findReferences({ root }: AnalysedObject): readonly Reference[] {
  const references: Reference[] = [];
  const look = (node: ManifestNode, place: string, path: FieldPath): void => {
    if (node.aliasOf !== undefined) return;
    if (node.kind === 'sequence') node.items.forEach((item, at) => look(item, `${place}.*`, [...path, at]));
    else if (node.kind === 'mapping')
      for (const { key, value, merged } of node.entries) {
        if (merged !== true) look(value, `${place}.${key}`, [...path, key]);
      }
    else if (typeof node.value === 'string' && node.value !== '') {
      const kind = kindAt(NAMES, place);
      if (kind !== null) references.push({ span: node.span, kind, name: node.value, key: null });
      const owner = kindAt(KEYS, place);
      if (owner !== null)
        references.push({ span: node.span, kind: owner, name: ownerName(root, path), key: node.value });
    }
  };
  look(root, '', []);
  return references;
}

function kindAt(table: typeof NAMES, place: string): ClusterKind | null {
  return table.find(([ending]) => ending.test(place))?.[1] ?? null;
}

/** `.spec.template.spec.volumes.*.configMap.name` */
function placeOf(path: FieldPath): string {
  return path.map((segment) => (typeof segment === 'number' ? '.*' : `.${segmentKey(segment)}`)).join('');
}

/** The name of the object whose key stands at a path: beside the key, or above the list of items. */
function ownerName(root: ManifestNode, path: FieldPath): string {
  const above = path.at(-3) === 'items' ? -3 : -1;
  const owner = nodeAt(root, path.slice(0, above));
  return textOf(owner, 'name') || textOf(owner, 'secretName');
}
