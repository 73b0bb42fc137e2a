import { formatPath, parsePath } from '../../core/manifest/path.ts';
import { spanOf } from '../../core/manifest/tree.ts';
import type {
  EditManifestParams,
  EditManifestResult,
  FieldAtParams,
  FieldAtResult,
  FieldRangesParams,
  FieldRangesResult,
  ManifestAddress,
  ManifestObject,
  ManifestSummary,
  Range,
} from '../protocol/protocol.ts';
import type { AnalysedObject, Analysis, PlacedDocument } from './analysis.ts';
import { textEditsOf } from './fixes.ts';
import { placeAt } from './hover-place.ts';
import { documentAt, objectAt, offsetAt, rangeOf } from './place.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { versionOf } from './shown-findings.ts';

/** The answers to "which Job is here": what a panel or a command needs to know about a text. */

/** Every Job and CronJob of a text, in order; at most `most` of them. */
export function manifestsOf(analysis: Analysis, uri: string, most = Infinity): readonly ManifestSummary[] {
  const manifests: ManifestSummary[] = [];
  for (const placed of analysis.documents)
    for (const object of placed.document.objects) {
      if (manifests.length >= most) return manifests;
      manifests.push(summaryOf(uri, placed, object));
    }
  return manifests;
}

/** One of them, decoded; null when the address names none (any more). */
export function manifestOf(
  analysis: Analysis,
  address: ManifestAddress,
  settings: Settings = DEFAULT_SETTINGS,
): ManifestObject | null {
  const found = find(analysis, address);
  if (found === undefined) return null;
  const { placed, object } = found;
  return {
    summary: summaryOf(address.uri, placed, object),
    version: analysis.version,
    object: object.object,
    kubernetesMinor: versionOf(settings).minor,
    errors: object.findings.filter(({ severity }) => severity === 'error').length,
  };
}

/** Where fields stand, by the paths that the API server would write; a field that the text lacks gets its parent. */
export function fieldRangesOf(analysis: Analysis, params: FieldRangesParams): FieldRangesResult {
  const found = find(analysis, params);
  const ranges: Record<string, Range> = {};
  if (found === undefined) return ranges;
  for (const field of params.fields) ranges[field] = rangeOf(found.placed, spanOf(found.object.root, parsePath(field)));
  return ranges;
}

/** Edits by path as changes of the text that an object stands in. */
export function editManifest(analysis: Analysis, params: EditManifestParams): EditManifestResult {
  const found = find(analysis, params);
  if (found === undefined) return [];
  return textEditsOf(found.placed, found.object, params);
}

/** The field at a place, for what the panel lights; null outside of Jobs, and between fields. */
export function fieldAt(analysis: Analysis, { uri, position }: FieldAtParams): FieldAtResult {
  const placed = documentAt(analysis, position.line);
  const offset = offsetAt(placed, position);
  const object = objectAt(placed.document, offset);
  const place = object === undefined ? null : placeAt(object.root, offset);
  if (object === undefined || place === null) return null;
  return { uri, document: placed.index, item: object.item, field: formatPath(place.path) };
}

function summaryOf(uri: string, placed: PlacedDocument, object: AnalysedObject): ManifestSummary {
  return {
    uri,
    document: placed.index,
    item: object.item,
    kind: object.kind,
    name: object.name,
    namespace: object.namespace,
    range: rangeOf(placed, object.span),
    accepted: object.accepted,
  };
}

function find(
  analysis: Analysis,
  address: ManifestAddress,
): { readonly placed: PlacedDocument; readonly object: AnalysedObject } | undefined {
  const placed = analysis.documents[address.document];
  const object = placed?.document.objects.find(({ item }) => item === address.item);
  return placed === undefined || object === undefined ? undefined : { placed, object };
}
