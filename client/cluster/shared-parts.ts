import type { ObservedMeta, Pod } from '../../server/core/timeline/observed-objects.ts';

/** What of a pod's metadata hardly ever changes. */
const LASTING = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
] as const satisfies readonly (keyof ObservedMeta)[];

/**
 * A pod's new version with the unchanged parts of the version before. Each change of a watched pod brings all of it
 * anew; kept as it came, thousands of pods that change would leave old garbage faster than it is collected, while what
 * is dropped at once costs next to nothing.
 */
export function withSharedParts(before: Pod, after: Pod): Pod {
  return { ...shared(before, after, ['spec']), metadata: shared(before.metadata, after.metadata, LASTING) };
}

function shared<T extends object>(before: T, after: T, fields: readonly (keyof T)[]): T {
  const result = { ...after };
  for (const field of fields) if (isSame(before[field], after[field])) result[field] = before[field];
  return result;
}

function isSame(before: unknown, after: unknown): boolean {
  return after !== undefined && JSON.stringify(before) === JSON.stringify(after);
}
