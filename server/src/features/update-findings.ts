import type { KubernetesVersion } from '../../core/kubernetes/versions.ts';
import { spanOf } from '../../core/manifest/tree.ts';
import { judgeObjectUpdate } from '../../core/validation/update.ts';
import type { AnalysedObject, LocatedFinding } from './analysis.ts';

/**
 * What the API server would answer to an apply of one manifest over the object made from another, beside what it would
 * say to the manifest anyway.
 */
export function updateFindings(
  before: AnalysedObject,
  after: AnalysedObject,
  version: KubernetesVersion,
): readonly LocatedFinding[] {
  // What cannot be read is not compared.
  if (isUnreadable(before) || isUnreadable(after) || before.kind !== after.kind) return [];
  const said = new Set(after.findings.map(keyOf));
  return judgeObjectUpdate(after.kind, before.object, after.object, version)
    .filter((finding) => finding.severity === 'error' && !said.has(keyOf(finding)))
    .map(({ shownAt, ...finding }) => ({ ...finding, span: spanOf(after.root, shownAt ?? finding.path) }));
}

/** Whether an apply over the former object would be taken. */
export function acceptsUpdate(before: AnalysedObject, after: AnalysedObject, version: KubernetesVersion): boolean {
  if (isUnreadable(after) || before.kind !== after.kind) return false;
  return !judgeObjectUpdate(after.kind, before.object, after.object, version).some(
    ({ severity }) => severity === 'error',
  );
}

function keyOf({ type, path }: Pick<LocatedFinding, 'type' | 'path'>): string {
  return `${type} ${path.map(String).join('.')}`;
}

/** True when the server could not read the object at all. */
export function isUnreadable({ findings }: AnalysedObject): boolean {
  return findings.some(({ type }) => type === 'Decoding' || type === 'StrictDecoding');
}
