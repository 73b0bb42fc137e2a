import type { ObjectMeta, OwnerReference } from '../kubernetes/generated/types.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  qualifiedNameProblems,
  withoutTrailingDash,
} from '../kubernetes/names.ts';
import { byteLength } from '../kubernetes/text.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkLabels } from './label-selector.ts';
import type { Report } from './report.ts';

const METADATA: FieldPath = ['metadata'];
/** All keys and values of an object's annotations together, in bytes. */
const LARGEST_ANNOTATIONS = 256 * 1024;
/** What the server keeps of a generateName, and what it appends. */
const GENERATED_PREFIX = 58;
const GENERATED_SUFFIX = 'xxxxx';
const STANDARD_FINALIZERS: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** The name that the server goes on with: `metadata.name`, or one like those that it makes from `generateName`. */
export function effectiveName(metadata: ObjectMeta | undefined): string {
  const { name = '', generateName = '' } = metadata ?? {};
  if (name !== '' || generateName === '') return name;
  return generateName.slice(0, GENERATED_PREFIX) + GENERATED_SUFFIX;
}

/** `metadata` of a Job or CronJob on create. The server replaces managedFields that it cannot use, so they never fail. */
export function checkMetadata(metadata: ObjectMeta | undefined, report: Report): void {
  const { generateName = '', namespace = '', finalizers = [], annotations, labels } = metadata ?? {};
  const name = effectiveName(metadata);
  if (generateName !== '')
    report.names([...METADATA, 'generateName'], generateName, dnsSubdomainProblems(withoutTrailingDash(generateName)));
  if (name === '') report.required([...METADATA, 'name'], 'name or generateName is required');
  else report.names([...METADATA, 'name'], name, dnsSubdomainProblems(name));
  if (namespace !== '') report.names([...METADATA, 'namespace'], namespace, dnsLabelProblems(namespace));
  checkLabels(labels, [...METADATA, 'labels'], report);
  checkAnnotations(annotations, [...METADATA, 'annotations'], report);
  checkOwners(withoutRepeats(metadata?.ownerReferences ?? [], report), report);
  checkFinalizers(finalizers, report);
}

/** Annotations of an object or a pod template; keys are judged in lower case. */
export function checkAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  at: FieldPath,
  report: Report,
): void {
  let size = 0;
  for (const [key, value] of Object.entries(annotations ?? {})) {
    size += byteLength(key) + byteLength(value);
    report.names(at, key, qualifiedNameProblems(key.toLowerCase()), { shownAt: [...at, { key }] });
  }
  if (size > LARGEST_ANNOTATIONS) report.tooLong(at, LARGEST_ANNOTATIONS);
}

/** The server drops owner references that stand there twice, to the letter, and only warns of them. */
function withoutRepeats(owners: readonly OwnerReference[], report: Report): readonly OwnerReference[] {
  const seen = new Set<string>();
  const kept: OwnerReference[] = [];
  const repeated: { readonly index: number; readonly uid: string }[] = [];
  for (const [index, owner] of owners.entries()) {
    const text = JSON.stringify(Object.entries(owner).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (seen.has(text)) repeated.push({ index, uid: owner.uid ?? '' });
    else kept.push(owner);
    seen.add(text);
  }
  const [first] = repeated;
  if (first !== undefined)
    report.warn(
      [...METADATA, 'ownerReferences', first.index],
      `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${repeated.map(({ uid }) => uid).join(', ')}`,
    );
  return kept;
}

function checkOwners(owners: readonly OwnerReference[], report: Report): void {
  const at: FieldPath = [...METADATA, 'ownerReferences'];
  let controller = '';
  for (const [index, owner] of owners.entries()) {
    checkOwner(owner, [...at, index], report);
    if (owner.controller !== true) continue;
    const named = `${owner.kind ?? ''}/${owner.name ?? ''}`;
    if (controller === '') controller = named;
    else
      report.invalid(
        at,
        owners,
        `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${named}`,
      );
  }
}

function checkOwner(owner: OwnerReference, at: FieldPath, report: Report): void {
  const { apiVersion = '', kind = '' } = owner;
  const parts = apiVersion.split('/');
  if (apiVersion === '') report.required([...at, 'apiVersion'], 'must not be empty');
  else if (parts.length > 2 || parts.at(-1) === '')
    report.invalid([...at, 'apiVersion'], apiVersion, 'must be <group>/<version> or <version>');
  for (const field of ['kind', 'name', 'uid'] as const)
    if ((owner[field] ?? '') === '') report.required([...at, field], 'must not be empty');
  if (apiVersion === 'v1' && kind === 'Event')
    report.invalid(at, owner, '/v1, Kind=Event is disallowed from being an owner');
}

function checkFinalizers(finalizers: readonly string[], report: Report): void {
  const at: FieldPath = [...METADATA, 'finalizers'];
  for (const [index, finalizer] of finalizers.entries()) {
    report.names(at, finalizer, qualifiedNameProblems(finalizer), { shownAt: [...at, index] });
    if (!finalizer.includes('/') && !STANDARD_FINALIZERS.includes(finalizer))
      report.invalid([...at, index], finalizer, 'name is neither a standard finalizer name nor is it fully qualified');
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
    report.invalid(at, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set');
}
