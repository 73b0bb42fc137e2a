import type { Fix } from '../manifest/edit.ts';
import { entryOf, nodeAt, type ManifestNode } from '../manifest/tree.ts';
import { nearestChoice } from './choice-fixes.ts';
import type { Finding } from './finding.ts';

export type BatchKind = 'Job' | 'CronJob';

/** What a document claims to be, or plainly means to be. */
export interface Identity {
  readonly kind: BatchKind;
  /** As written; empty when it is missing or no string. */
  readonly apiVersion: string;
  readonly name: string;
  /** What is wrong with kind and apiVersion themselves. */
  readonly findings: readonly Finding[];
}

export const API_VERSION = 'batch/v1';
const KINDS: readonly BatchKind[] = ['Job', 'CronJob'];
const LISTS = ['List', 'JobList', 'CronJobList'];

/** Versions of the batch API that servers no longer have, and the last release that did. */
const REMOVED: Readonly<Record<string, string>> = {
  'batch/v1beta1': '1.24',
  'batch/v2alpha1': '1.20',
};

/**
 * Null for what is no batch Job or CronJob: other kinds, and kinds of the same name in somebody else's API group (one
 * with a domain, as all but Kubernetes' own have). A kind or version that is missing or mistaken is guessed where the
 * other of the two leaves no doubt.
 */
export function identityOf(root: ManifestNode): Identity | null {
  if (root.kind !== 'mapping') return null;
  const apiVersion = textAt(root, 'apiVersion');
  const kind = textAt(root, 'kind');
  const name = textAt(nodeAt(root, ['metadata']), 'name') ?? '';
  const named = KINDS.find((each) => each === kind);
  if (named === undefined && (apiVersion !== API_VERSION || LISTS.includes(kind ?? ''))) return null;
  if (apiVersion?.includes('.') === true) return null;
  const guessed = named ?? (nodeAt(root, ['spec', 'jobTemplate']) === undefined ? 'Job' : 'CronJob');
  const findings = [...versionFindings(root, apiVersion), ...kindFindings(root, kind, guessed)];
  return { kind: guessed, apiVersion: apiVersion ?? '', name, findings };
}

/** True for a `kind: List` of anything, and for lists of Jobs and CronJobs. */
export function isList(root: ManifestNode): boolean {
  return LISTS.includes(textAt(root, 'kind') ?? '');
}

/** Null when the field is missing, null or no string. */
function textAt(root: ManifestNode | undefined, field: string): string | null {
  const node = entryOf(root, field)?.value;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
}

/** Values of a wrong type are decoding's to report. */
function isAbsent(root: ManifestNode, field: string): boolean {
  const node = entryOf(root, field)?.value;
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

function versionFindings(root: ManifestNode, apiVersion: string | null): Finding[] {
  const fixes: Fix[] = [
    {
      title: `Set apiVersion to ${API_VERSION}`,
      edits: [{ kind: 'set', path: ['apiVersion'], value: API_VERSION }],
      preferred: true,
    },
  ];
  const common = { type: 'Decoding', severity: 'error', path: ['apiVersion'], fixes } as const;
  if (isAbsent(root, 'apiVersion'))
    return [{ ...common, rule: 'api/required', message: `apiVersion not set; must be ${API_VERSION}` }];
  if (apiVersion === null || apiVersion === API_VERSION) return [];
  const removed = Object.hasOwn(REMOVED, apiVersion) ? REMOVED[apiVersion] : undefined;
  const last = removed === undefined ? '' : ` (${apiVersion} was last served by Kubernetes ${removed})`;
  const message = `no matches for kind in version "${apiVersion}"; use ${API_VERSION}${last}`;
  return [{ ...common, rule: 'api/removed-version', message }];
}

function kindFindings(root: ManifestNode, kind: string | null, guessed: BatchKind): Finding[] {
  const meant = nearestChoice(kind ?? '', KINDS) ?? guessed;
  const fixes: Fix[] = [
    { title: `Set kind to ${meant}`, edits: [{ kind: 'set', path: ['kind'], value: meant }], preferred: true },
  ];
  const common = { rule: 'api/not-supported', type: 'Decoding', severity: 'error', path: ['kind'], fixes } as const;
  if (isAbsent(root, 'kind'))
    return [{ ...common, rule: 'api/required', message: 'kind not set; must be Job or CronJob' }];
  if (kind === null || kind === guessed) return [];
  return [{ ...common, message: `no kind "${kind}" is registered for version "${API_VERSION}"` }];
}
