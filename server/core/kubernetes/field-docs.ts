import { segmentKey, type FieldPath } from '../manifest/path.ts';
import { CRON_JOB_DOCS } from './field-docs/cron-job.ts';
import type { FieldDoc, ObjectDocs } from './field-docs/field-doc.ts';
import { JOB_DOCS } from './field-docs/job.ts';
import { METADATA_DOCS } from './field-docs/metadata.ts';
import { POD_DOCS } from './field-docs/pod.ts';
import { POLICY_DOCS } from './field-docs/policies.ts';
import { STATUS_DOCS } from './field-docs/status.ts';
import { SHAPES } from './generated/shapes.ts';
import type { Shape } from './shape.ts';

export type { FieldDoc, ObjectDocs, Since } from './field-docs/field-doc.ts';

/**
 * What the fields mean, by API object (`JobSpec`) and field (`parallelism`): the one table that hover, completion and
 * the reference page read.
 */
export const FIELD_DOCS: Readonly<Record<string, ObjectDocs>> = {
  ...JOB_DOCS,
  ...POLICY_DOCS,
  ...CRON_JOB_DOCS,
  ...STATUS_DOCS,
  ...METADATA_DOCS,
  ...POD_DOCS,
};

/** A field of the API, reached by a path through an object. */
export interface ApiField {
  /** The API object that has it: `JobSpec`. */
  readonly object: string;
  readonly field: string;
  readonly shape: Shape;
  /** Null for a field that Jobwright has no words for. */
  readonly doc: FieldDoc | null;
  /** How many segments of the path lead to the field itself; the rest are list indexes and keys of a free map. */
  readonly depth: number;
}

/** The words for a field, or null. */
export function fieldDoc(object: string, field: string): FieldDoc | null {
  return own(FIELD_DOCS, object, field);
}

/**
 * The API field that a path from the root of a Job or CronJob leads to; for list items and keys of a free map, the field
 * that holds the list or map. Null for the root itself, and for a path that the API does not know.
 */
export function apiFieldAt(kind: 'Job' | 'CronJob', path: FieldPath): ApiField | null {
  let shape: Shape = { type: 'object', ref: kind };
  let found: ApiField | null = null;
  for (const [at, segment] of path.entries()) {
    const key = segmentKey(segment);
    if (shape.type === 'list') {
      if (typeof key !== 'number') return null;
      shape = shape.of;
    } else if (shape.type === 'map') {
      shape = shape.of;
    } else if (shape.type === 'object' && typeof key === 'string') {
      const object = shape.ref;
      const fields: Readonly<Record<string, Shape>> = SHAPES[object]?.fields ?? {};
      const next = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (next === undefined) return null;
      shape = next;
      found = { object, field: key, shape, doc: fieldDoc(object, key), depth: at + 1 };
    } else {
      return null;
    }
  }
  return found;
}

function own(table: Readonly<Record<string, ObjectDocs>>, object: string, field: string): FieldDoc | null {
  const fields = Object.hasOwn(table, object) ? table[object] : undefined;
  return fields !== undefined && Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}
