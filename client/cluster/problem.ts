/** Why something could not be had from a cluster: data, not exceptions, so that every caller can show it in its place. */

/** A right that the person lacks, in the words of `kubectl auth can-i`. */
export interface MissingRight {
  readonly verb: string;
  readonly resource: string;
  /** Absent for cluster-wide resources, and for a list over all namespaces. */
  readonly namespace?: string;
}

/**
 * - `kubeconfig`: missing, broken or incomplete configuration.
 * - `consent`: the context runs an exec plugin, and nobody allowed that yet (`command` names it).
 * - `credentials`: the server knows nobody by these credentials (401), or they could not be had.
 * - `forbidden`: a right is missing (403; `right` names it).
 * - `unreachable`: no answer: down, wrong address, refused, timed out, TLS.
 * - `notFound`: the object does not exist (404).
 * - `conflict`: the object is there already, is another one, or has fields that somebody else owns (409).
 * - `invalid`: the server takes no such object or change (422).
 * - `expired`: the resource version is too old (410); the watch handles it itself.
 * - `busy`: asked to come back later (429, or 503 with Retry-After).
 * - `server`: any other refusal or failure of the server.
 * - `malformed`: an answer that is not what the API promises.
 * - `aborted`: the caller's signal ended it.
 */
export type ProblemKind =
  | 'kubeconfig'
  | 'consent'
  | 'credentials'
  | 'forbidden'
  | 'unreachable'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'expired'
  | 'busy'
  | 'server'
  | 'malformed'
  | 'aborted';

/** One thing that is wrong with what was sent. */
export interface ProblemCause {
  /** `FieldValueInvalid`, `FieldManagerConflict`, … */
  readonly reason: string;
  readonly message: string;
  /** The API's path of the field. */
  readonly field: string;
}

export interface ClusterProblem {
  readonly kind: ProblemKind;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The API's reason (`Forbidden`, `NotFound`, …) or the system's code (`ECONNREFUSED`, …). */
  readonly reason: string;
  /** One clear sentence for a person. Holds no credential. */
  readonly message: string;
  /** What a person can do about it, when we know. */
  readonly suggestion?: string;
  /** Of kind `consent`: the program that the kubeconfig wants to run. */
  readonly command?: string;
  readonly right?: MissingRight;
  /** Of kinds `conflict` and `invalid`, where the server says them. */
  readonly causes?: readonly ProblemCause[];
  /** Seconds that the server asked to wait. */
  readonly retryAfter?: number;
  /** Set while a watch goes on trying: seconds until the next attempt. Absent: nothing more will be tried. */
  readonly retryIn?: number;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ClusterProblem };

/** A successful result. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A result that says why there is none. */
export function failure(problem: ClusterProblem): { readonly ok: false; readonly problem: ClusterProblem } {
  return { ok: false, problem };
}
