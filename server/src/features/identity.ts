import type { FieldPath } from '../../core/manifest/path.ts';
import { entryOf, nodeAt, type ManifestNode } from '../../core/manifest/tree.ts';
import { API_VERSION, identityOf, isList, type BatchKind } from '../../core/validation/identity.ts';
import { replicatedJobsIn, type ReplicatedJob } from '../../core/validation/job-set.ts';

/** An object that is, or is about to become, a batch Job or CronJob. */
export interface Manifest {
  readonly root: ManifestNode;
  readonly kind: BatchKind;
  /** As written; empty when missing. */
  readonly apiVersion: string;
  /** From the document's root to the object's root: empty, `['items', n]`, or where the template of a JobSet stands. */
  readonly pathPrefix: FieldPath;
  /** 0-based place in the `items` of a List or the `replicatedJobs` of a JobSet; null for a document of its own. */
  readonly item: number | null;
  /** Of the template of a JobSet, whose root has neither kind nor apiVersion: what its Jobs are called. Else null. */
  readonly jobName: string | null;
}

/** The Jobs and CronJobs of a document: itself, the items of a list, or the templates of a JobSet. */
export function manifestsIn(root: ManifestNode | null): readonly Manifest[] {
  if (root?.kind !== 'mapping') return [];
  if (isList(root)) {
    const items = entryOf(root, 'items')?.value;
    if (items?.kind !== 'sequence') return [];
    return items.items.flatMap((item, at) => manifestIn(item, at) ?? []);
  }
  const own = manifestIn(root, null);
  return own === null ? replicatedJobsIn(root).map(templateManifest) : [own];
}

/**
 * The object that a path from the document's root leads into, also while its kind or apiVersion is being typed: then the
 * other of the two has to be there. Null for what is not ours.
 */
export function manifestAround(root: ManifestNode, path: FieldPath): Manifest | null {
  const item = isList(root) && path[0] === 'items' && typeof path[1] === 'number' ? path[1] : null;
  const replicated = replicatedJobsIn(root).find((each) => startsWith(path, each.path));
  if (replicated !== undefined) return templateManifest(replicated);
  const own = item === null ? root : nodeAt(root, ['items', item]);
  if (own === undefined || (item === null && isList(root))) return null;
  const known = manifestIn(own, item);
  if (known !== null) return known;
  const kind = textOf(own, 'kind');
  const apiVersion = textOf(own, 'apiVersion');
  const typed = path.length === (item === null ? 1 : 3) ? path.at(-1) : undefined;
  const isJob = kind === 'Job' || kind === 'CronJob';
  const ours = typed === 'apiVersion' ? isJob : apiVersion === 'batch/v1' && (typed === 'kind' || kind === '');
  return ours
    ? {
        root: own,
        kind: kind === 'CronJob' ? kind : 'Job',
        apiVersion,
        pathPrefix: prefixOf(item),
        item,
        jobName: null,
      }
    : null;
}

/** A text with neither of these holds none of our objects: it need not be read. */
export function mayHoldJobs(text: string): boolean {
  return text.includes('Job') || text.includes('batch/v1');
}

/** True when a text that cannot be read as a whole is plainly meant to be a batch Job or CronJob. */
export function meansJob(text: string): boolean {
  return (
    /^[\s{,"']*kind["']?\s*:\s*["']?(?:Cron)?Job\b/m.test(text) &&
    (/\bapiVersion["']?\s*:\s*["']?batch\//.test(text) || !text.includes('apiVersion'))
  );
}

function manifestIn(root: ManifestNode, item: number | null): Manifest | null {
  const identity = identityOf(root);
  if (identity === null || isSomethingElse(root)) return null;
  const { kind, apiVersion } = identity;
  return { root, kind, apiVersion, pathPrefix: prefixOf(item), item, jobName: null };
}

function templateManifest({ template, index, path, jobName }: ReplicatedJob): Manifest {
  return { root: template, kind: 'Job', apiVersion: API_VERSION, pathPrefix: path, item: index, jobName };
}

function startsWith(path: FieldPath, start: FieldPath): boolean {
  return start.every((segment, at) => segment === path[at]);
}

/**
 * A chart's values and other settings may say `kind: CronJob` too. What names no API, has no spec, and is full of other
 * fields is no object that somebody is about to write.
 */
function isSomethingElse(root: ManifestNode): boolean {
  if (root.kind !== 'mapping' || entryOf(root, 'apiVersion') !== undefined || entryOf(root, 'spec') !== undefined)
    return false;
  return root.entries.filter(({ key }) => !['kind', 'metadata', 'status'].includes(key)).length > 1;
}

function prefixOf(item: number | null): FieldPath {
  return item === null ? [] : ['items', item];
}

/** A field's text; empty when it is missing or no string. */
export function textOf(node: ManifestNode | undefined, field: string): string {
  const value = entryOf(node, field)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : '';
}
