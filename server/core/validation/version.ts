import { featuresOf, type Feature } from '../kubernetes/feature-history.ts';
import { SHAPES } from '../kubernetes/generated/shapes.ts';
import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import type { Shape } from '../kubernetes/shape.ts';
import { formatVersion, NEWEST_MINOR, type KubernetesVersion } from '../kubernetes/versions.ts';
import { segmentKey, type FieldPath } from '../manifest/path.ts';
import type { Finding } from './finding.ts';
import type { BatchKind } from './identity.ts';

const RULE = 'api/version';

/**
 * What an older API server would say to an object beside the newest one's verdict: fields that it does not know, values
 * that it refuses, and fields behind a feature gate that is off, which it drops without a word. Empty for the newest
 * version: that one's verdict is the verdict. Takes the object as decoded.
 *
 * (Fields and gates only, by feature-history.ts.)
 */
export function judgeVersion(kind: BatchKind, object: Job | CronJob, version: KubernetesVersion): Finding[] {
  if (version.minor >= NEWEST_MINOR) return [];
  const findings: Finding[] = [];
  visit(object, { type: 'object', ref: kind }, [], false);
  return findings;

  function visit(value: unknown, shape: Shape, path: FieldPath, dropped: boolean): void {
    if (value === undefined || value === null) return;
    if (shape.type === 'list' && Array.isArray(value))
      for (const [index, item] of value.entries()) visit(item, shape.of, [...path, index], dropped);
    else if (shape.type === 'map' && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) visit(item, shape.of, [...path, { key }], dropped);
    else if (shape.type === 'object' && typeof value === 'object')
      for (const [field, inner] of Object.entries(value))
        visitField(shape.ref, field, inner, [...path, field], dropped);
  }

  function visitField(ref: string, field: string, value: unknown, path: FieldPath, dropped: boolean): void {
    const finding = firstOf(featuresOf(ref, field), value, path, version);
    // In what is dropped, unknown fields still stop the decoding, and nothing else matters; in what is unknown, nothing.
    if (finding !== null && (!dropped || finding.type === 'StrictDecoding')) findings.push(finding);
    const shape = SHAPES[ref]?.fields[field];
    if (shape !== undefined && finding?.type !== 'StrictDecoding')
      visit(value, shape, path, dropped || finding !== null);
  }
}

/** True when the version's server would refuse the object for one of these. */
export function versionRefuses(findings: readonly Finding[]): boolean {
  return findings.some(({ type }) => type !== 'Warning');
}

function firstOf(
  features: readonly Feature[],
  value: unknown,
  path: FieldPath,
  version: KubernetesVersion,
): Finding | null {
  for (const feature of features) {
    const finding = judge(feature, value, path, version);
    if (finding !== null) return finding;
  }
  return null;
}

function judge(feature: Feature, value: unknown, path: FieldPath, version: KubernetesVersion): Finding | null {
  const { gate, since, on, when, refused, within, droppedWhileOff } = feature;
  if (value === undefined || (when !== undefined && !when(value))) return null;
  if (within !== undefined && path.at(-3) !== within) return null;
  if (on !== null && version.minor >= on) return null;
  const here = formatVersion(version);
  const common = { rule: RULE, severity: 'error', path } as const;
  if (version.minor < since) {
    const arrival = ` (Kubernetes ${here}; ${arrivalOf(feature)})`;
    if (refused !== undefined) {
      const { type, message } = refused(value);
      return { ...common, type, message: `${message}${arrival}` };
    }
    return { ...common, type: 'StrictDecoding', message: `unknown field "${nameOf(path)}"${arrival}` };
  }
  const until = on === null ? 'off by default in every known version' : `off by default until ${minorText(on)}`;
  if (refused !== undefined && droppedWhileOff !== true) {
    const { type, message } = refused(value);
    return { ...common, type, message: `${message} (Kubernetes ${here}; feature gate ${gate ?? ''} is ${until})` };
  }
  return {
    rule: RULE,
    type: 'Warning',
    severity: 'warning',
    path,
    message: `Kubernetes ${here} accepts ${nameOf(path)} and drops it: feature gate ${gate ?? ''} is ${until}`,
  };
}

/** When it came, and when nobody had to switch it on any more. */
function arrivalOf({ gate, since, on }: Feature): string {
  if (on === since) return `it comes with ${minorText(since)}`;
  const state = on === null ? 'off by default' : `off by default until ${minorText(on)}`;
  return `it comes with ${minorText(since)}, behind feature gate ${gate ?? ''}, ${state}`;
}

function minorText(minor: number): string {
  return formatVersion({ minor });
}

function nameOf(path: FieldPath): string {
  const last = path.at(-1);
  return last === undefined ? '' : String(segmentKey(last));
}
