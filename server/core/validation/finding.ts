import type { Fix } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Span } from '../manifest/tree.ts';

/** The API server's own causes of a refusal (`details.causes[].reason` of an HTTP 422). */
export type ApiCause =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueNotFound'
  | 'FieldValueTypeInvalid';

/**
 * What kind of finding it is: a cause of HTTP 422, a decoding refusal of HTTP 400 (`StrictDecoding`: unknown or
 * duplicate field; `Decoding`: a value of the wrong type), a `Warning:` header, unreadable text, or our own advice.
 */
export type FindingType = ApiCause | 'StrictDecoding' | 'Decoding' | 'Warning' | 'Syntax' | 'Advice';

/** `hint` is for what is merely absent; `information` is for what is worth knowing and never a fault. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One thing to say about one field of one object. */
export interface Finding {
  /** Stable id: `api/required`, `advice/parallelism-capped`. */
  readonly rule: string;
  readonly type: FindingType;
  readonly severity: Severity;
  /** From the object's root, e.g. `['spec', 'template', 'spec', 'restartPolicy']`. */
  readonly path: FieldPath;
  /** One sentence; the API server's own words where it speaks. */
  readonly message: string;
  /** Where to show it, when that is not simply the place of `path` (a key instead of its value, say). */
  readonly span?: Span;
  /** The server stops at decoding errors: true for what it would not have reached. */
  readonly unreached?: boolean;
  readonly fixes?: readonly Fix[];
}

/** The API server's answer to a create, as far as the manifest alone decides it. */
export interface Verdict {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
}
