import type { Fix } from '../manifest/edit.ts';

/** Something that the cluster says and that a finding rests on. */
export interface Evidence {
  /** `job/NAME`, `pod/NAME` or `event/REASON`. */
  readonly object: string;
  /** The field read, as `kubectl get -o jsonpath` would name it. */
  readonly field: string;
  /** What it says. Text of the cluster: to be shown, never interpreted. */
  readonly text: string;
  /** RFC 3339, when the cluster says when. */
  readonly at?: string;
}

/**
 * `error`: it stands in the way of the Job's success. `warning`: it may. `information`: why the Job is where it is, which
 * is as it should be.
 */
export type DiagnosisSeverity = 'error' | 'warning' | 'information';

/** One reason why a Job is where it is. */
export interface Diagnosis {
  /** Stable id: `why/image-pull`, `why/backoff-wait`. */
  readonly rule: string;
  readonly severity: DiagnosisSeverity;
  /** One or two sentences with numbers and names. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** What to change. */
  readonly suggestion?: string;
  /** Server-style path in the Job of the field responsible: `spec.backoffLimit`. */
  readonly field?: string;
  /** Changes to the Job's manifest; paths are from the Job's root. */
  readonly fixes?: readonly Fix[];
  /** Milliseconds since the epoch at which this ends by itself or comes true (a wait, a deadline, a TTL). */
  readonly until?: number;
}

/** How many of many equal things are named as evidence. */
export const EVIDENCE_LIMIT = 3;

/** `3 pods` or `the pod NAME`. */
export function sayPods(names: readonly string[]): string {
  return names.length === 1 ? `the pod ${names[0] ?? ''}` : `${names.length} pods`;
}

/** The verb for so many: `was` or `were`. */
export function verbFor(names: readonly unknown[], one: string, many: string): string {
  return names.length === 1 ? one : many;
}

/** The text with its first letter in upper case. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
