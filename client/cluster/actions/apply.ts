import * as l10n from '@vscode/l10n';
import type { ClusterProblem } from '../problem.ts';
import {
  FIELD_MANAGER,
  kindPath,
  mergeChange,
  objectPath,
  sayObject,
  without,
  type ActionPlan,
  type Change,
  type ObjectAddress,
  type RawObject,
} from './change.ts';
import { fieldChanges, patchBetween, sayFieldChange, writtenPart } from './difference.ts';

/** A manifest as it is sent: in its namespace, without a status. */
export function manifestToSend(kind: ObjectAddress['kind'], namespace: string, manifest: RawObject): RawObject {
  const metadata = manifest['metadata'] as RawObject | undefined;
  return { ...without(manifest, ['status']), apiVersion: 'batch/v1', kind, metadata: { ...metadata, namespace } };
}

/** The manifest under another name. */
export function renamed(manifest: RawObject, name: string): RawObject {
  const metadata = manifest['metadata'] as RawObject | undefined;
  return { ...manifest, metadata: { ...without(metadata, ['generateName']), name } };
}

/** Applies a manifest: creates the object, or makes the fields that the manifest names what it says (server-side apply). */
export function applyChange(address: ObjectAddress, manifest: RawObject, force = false): Change {
  return { method: 'PATCH', path: objectPath(address), patch: 'apply', body: manifest, force };
}

/** Creates an object; the server names it where the manifest has only a `generateName`. */
export function createChange({ kind, namespace }: Omit<ObjectAddress, 'name'>, manifest: RawObject): Change {
  return { method: 'POST', path: kindPath(kind, namespace), body: manifest };
}

/** What creating this manifest does. `warnings`: what the server said to a dry run. */
export function planCreate(address: ObjectAddress, manifest: RawObject, warnings: readonly string[]): ActionPlan {
  const object = sayObject(address);
  const suspended = (manifest['spec'] as RawObject | undefined)?.['suspend'] === true;
  const begins =
    address.kind === 'CronJob' ? l10n.t('It runs by its schedule from now on.') : l10n.t('Its pods are made at once.');
  const prefix = (manifest['metadata'] as RawObject | undefined)?.['name'] === undefined;
  return {
    title: l10n.t('Create {0}', object),
    detail: [
      suspended ? l10n.t('It is suspended: nothing runs until it is resumed.') : begins,
      ...warnings.map((warning) => l10n.t('The server warns: {0}', warning)),
    ],
    button: l10n.t('Create'),
    changes: [prefix ? createChange(address, manifest) : applyChange(address, manifest)],
    done: l10n.t('{0} is created', object),
    undo: { changes: 'created', done: l10n.t('{0} is deleted again', object) },
  };
}

/** So many changed fields are told in the question; the difference shows all. */
const MOST_TOLD = 8;

/**
 * What applying does to an object that exists; null where it changes nothing.
 *
 * @param live the object as it is
 * @param after the object as a dry run left it
 * @param force takes fields over that other managers own
 */
export function planApply(
  address: ObjectAddress,
  manifest: RawObject,
  live: RawObject,
  after: RawObject,
  { warnings, force }: { readonly warnings: readonly string[]; readonly force: boolean },
): ActionPlan | null {
  const [before, next] = [writtenPart(live), writtenPart(after)];
  const changes = fieldChanges(before, next);
  const back = patchBetween(next, before);
  if (changes.length === 0 || back === null) return null;
  const { uid } = live['metadata'] as { readonly uid: string };
  const { metadata: noted, ...fields } = back;
  const way = mergeChange(address, uid, fields);
  const more = changes.length - MOST_TOLD;
  return {
    title: l10n.t('Apply the manifest to {0}', sayObject(address)),
    detail: [
      ...changes.slice(0, MOST_TOLD).map(sayFieldChange),
      ...(more > 0 ? [`… and ${more} more`] : []),
      ...warnings.map((warning) => l10n.t('The server warns: {0}', warning)),
    ],
    button: l10n.t('Apply'),
    changes: [applyChange(address, manifest, force)],
    done: l10n.t('The manifest is applied to {0}', sayObject(address)),
    undo: {
      changes: [{ ...way, body: { ...fields, metadata: { ...(noted as RawObject | undefined), uid } } }],
      done: l10n.t('{0} is as it was before', sayObject(address)),
    },
  };
}

/** The same where the cluster can try nothing beforehand, because a webhook takes no dry run. */
export function planBlindApply(address: ObjectAddress, manifest: RawObject, force: boolean): ActionPlan {
  return {
    title: l10n.t('Apply the manifest to {0}', sayObject(address)),
    detail: [l10n.t('A webhook of the cluster takes no dry run: what changes is not known beforehand.')],
    button: l10n.t('Apply'),
    changes: [applyChange(address, manifest, force)],
    done: l10n.t('The manifest is applied to {0}', sayObject(address)),
    undo: null,
  };
}

/** Who owns the fields that an apply would change. */
export interface Conflict {
  /** Others than us: `kubectl (.spec.parallelism)`. Empty where all was set by our own patches (Suspend, Undo). */
  readonly others: readonly string[];
}

/** Whose fields an apply would change; null where the server refused for something else. */
export function conflictIn({ status, causes = [] }: ClusterProblem): Conflict | null {
  const conflicts = causes.filter(({ reason }) => reason === 'FieldManagerConflict');
  if (status !== 409 || conflicts.length === 0) return null;
  const fields = new Map<string, string[]>();
  for (const { message, field } of conflicts) {
    const manager = /^conflict with "([^"]*)"/.exec(message)?.[1] ?? 'another manager';
    if (manager !== FIELD_MANAGER) fields.set(manager, [...(fields.get(manager) ?? []), field]);
  }
  return { others: [...fields].map(([manager, owned]) => `${manager} (${owned.join(', ')})`) };
}

/** The fields that may not change, as the server names them; empty where the server refused for something else too. */
export function immutableFields({ status, causes = [] }: ClusterProblem): readonly string[] {
  if (status !== 422 || causes.length === 0) return [];
  const fixed = causes.every(
    ({ message }) => message.includes('field is immutable') || message.includes('can only be modified in tandem'),
  );
  return fixed ? causes.map(({ field }) => field) : [];
}
