import { formatPath, type FieldPath, type PathSegment } from '../../../server/core/manifest/path.ts';
import { GENERATED_LABELS, without, type RawObject } from './change.ts';

/** One field that differs; undefined where it is absent. */
export interface FieldChange {
  readonly path: FieldPath;
  readonly before: unknown;
  readonly after: unknown;
}

/** Metadata that the server writes by itself, and that says nothing of a change. */
const SERVER_METADATA = ['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink'];

/** An object without its status and what else the server makes of itself: what a person may have written. */
export function writtenPart(object: RawObject): RawObject {
  const { apiVersion, kind, metadata, spec } = object;
  const rest = without(object, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  const written = kind === 'Job' && isMap(spec) ? withoutSelector(spec) : spec;
  return { apiVersion, kind, metadata: withoutServers(metadata), spec: written, ...rest };
}

/** The selector and its labels are made from the Job's uid, unless the manifest chose its own. */
function withoutSelector(spec: RawObject): RawObject {
  if (spec['manualSelector'] === true) return spec;
  const { template } = spec;
  const kept = without(spec, ['selector', 'manualSelector']);
  if (!isMap(template)) return kept;
  return { ...kept, template: { metadata: withoutServers(template['metadata']), ...without(template, ['metadata']) } };
}

function withoutServers(metadata: unknown): RawObject | undefined {
  const kept = without(isMap(metadata) ? metadata : {}, SERVER_METADATA);
  const labels = without(kept['labels'] as RawObject | undefined, GENERATED_LABELS);
  const all = Object.keys(labels).length === 0 ? without(kept, ['labels']) : { ...kept, labels };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** The innermost fields in which two objects differ, in the order of the first. Lists that grew or shrank count as one. */
export function fieldChanges(before: unknown, after: unknown, path: FieldPath = []): readonly FieldChange[] {
  if (isMap(before) && isMap(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => fieldChanges(before[name], after[name], [...path, segmentOf(path, name)]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item: unknown, index) => fieldChanges(item, after[index], [...path, index]));
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

/** Keys of labels and annotations are written in brackets, as the API server does. */
function segmentOf(path: FieldPath, name: string): PathSegment {
  const last = path.at(-1);
  return last === 'labels' || last === 'annotations' || last === 'nodeSelector' ? { key: name } : name;
}

/** `spec.parallelism: 2 → 5`; long values are cut. */
export function sayFieldChange({ path, before, after }: FieldChange): string {
  return `${formatPath(path)}: ${sayValue(before)} → ${sayValue(after)}`;
}

const LONGEST_VALUE = 40;

function sayValue(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ') : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/**
 * The merge patch (RFC 7386) that makes `before` of `after`: what undoes a change. Lists are taken as a whole. Null where
 * the two are the same.
 */
export function patchBetween(after: RawObject, before: RawObject): RawObject | null {
  const patch: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    patch[name] = isMap(was) && isMap(is) ? patchBetween(is, was) : (was ?? null);
  }
  return Object.keys(patch).length === 0 ? null : patch;
}

function isMap(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
