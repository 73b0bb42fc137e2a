import { formatVersion, type KubernetesVersion } from '../kubernetes/versions.ts';
import type { Fix } from '../manifest/edit.ts';
import { formatPath, type FieldPath } from '../manifest/path.ts';

/** A change that the server refuses. */
export interface RefusedChange {
  /** As the server names it. */
  readonly path: FieldPath;
  /** The innermost field that changed. */
  readonly changed: FieldPath;
  /** The server's own words. */
  readonly says: string;
  /** The Job's. */
  readonly name: string;
  readonly suspended: boolean;
  readonly version: KubernetesVersion;
}

/** Parts of a pod's spec that a Job may change while it is suspended. */
const DIRECTIVES: ReadonlySet<unknown> = new Set(['nodeSelector', 'tolerations', 'schedulingGates']);

/** What the server says, what to do instead, and the edit that does it. */
export function sayInstead(change: RefusedChange): { readonly message: string; readonly fixes: readonly Fix[] } {
  const { path, changed, says, name } = change;
  const where = formatPath(changed) === formatPath(path) ? '' : ` (changed: ${formatPath(changed)})`;
  return {
    message: `Invalid value: ${says}${where}. ${insteadOf(change)}`,
    fixes: name === '' ? [] : [rename(name)],
  };
}

function insteadOf({ path, changed, suspended, says, version }: RefusedChange): string {
  if (says !== 'field is immutable') return 'Set parallelism to the same number, or make a new Job.';
  const anew =
    'Make a new Job: give it another name (or generateName, with kubectl create), or delete this one and create it again (kubectl replace --force does both)';
  const later = suspended ? '' : whileSuspended(path, changed, version);
  return `${anew}${later}.`;
}

/** Said where suspending would help. */
function whileSuspended(path: FieldPath, changed: FieldPath, version: KubernetesVersion): string {
  if (path[1] !== 'template') return '';
  const [, , part, field, at, resources] = changed;
  const label = part === 'metadata' && (field === 'labels' || field === 'annotations');
  const directive = part === 'spec' && (DIRECTIVES.has(field) || (field === 'affinity' && at === 'nodeAffinity'));
  const amount = part === 'spec' && (field === 'containers' || field === 'initContainers') && resources === 'resources';
  if (amount && version.minor < 36)
    return `; from Kubernetes 1.36 on (this is ${formatVersion(version)}) it may change while the Job is suspended`;
  return label || directive || amount ? '; or suspend it first: this field may change while no pod of it runs' : '';
}

/** `convert` -> `convert-2`, `convert-2` -> `convert-3`. */
function rename(name: string): Fix {
  const match = /^(.*)-(\d{1,3})$/.exec(name);
  const next = match === null ? `${name}-2` : `${match[1]!}-${Number(match[2]) + 1}`;
  return { title: `Make it a new Job: ${next}`, edits: [{ kind: 'set', path: ['metadata', 'name'], value: next }] };
}
