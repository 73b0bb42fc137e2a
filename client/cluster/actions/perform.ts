import * as l10n from '@vscode/l10n';
import {
  readCronJob,
  readJob,
  type ObservedCronJob,
  type ObservedJob,
} from '../../../server/core/timeline/observed-shapes.ts';
import type { Connection } from '../connection.ts';
import { listObjects } from '../list.ts';
import { failure, success, type ClusterProblem, type Result } from '../problem.ts';
import {
  FIELD_MANAGER,
  kindPath,
  objectPath,
  sayObject,
  type Change,
  type ObjectAddress,
  type RawObject,
  type Undo,
} from './change.ts';
import { deleteChange } from './delete.ts';

const CONTENT_TYPES = { apply: 'application/apply-patch+yaml', merge: 'application/merge-patch+json' } as const;

/** What came of some changes. */
export interface Performed {
  /** The server's answers, in order: objects, or the Status of a deletion. */
  readonly answers: readonly RawObject[];
  /** What the server warned of, each once. */
  readonly warnings: readonly string[];
  /** Why the change after these was refused; null when all were made. */
  readonly problem: ClusterProblem | null;
}

export interface PerformOptions {
  /** Everything is checked (rights, admission, rules) and nothing is kept. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/** Makes changes one after the other; the first that is refused ends it. */
export async function perform(
  { transport }: Connection,
  changes: readonly Change[],
  { dryRun = false, signal }: PerformOptions = {},
): Promise<Performed> {
  const answers: RawObject[] = [];
  const warnings = new Set<string>();
  for (const change of changes) {
    const { method, body, patch } = change;
    const answer = await transport.request(method, pathOf(change, dryRun), {
      // The server takes the options of a deletion from its body alone, where it has one.
      body: method === 'DELETE' && dryRun ? { ...(body as object), dryRun: ['All'] } : body,
      ...(patch === undefined ? {} : { contentType: CONTENT_TYPES[patch] }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!answer.ok) return { answers, warnings: [...warnings], problem: ofAnotherObject(answer.problem) };
    answers.push(answer.value.body as RawObject);
    for (const warning of answer.value.warnings ?? []) warnings.add(warning);
  }
  return { answers, warnings: [...warnings], problem: null };
}

/** A patch names the object by its uid, too. The server calls another one a wrong value. */
function ofAnotherObject(problem: ClusterProblem): ClusterProblem {
  if (problem.status !== 422 || problem.causes?.some(({ field }) => field === 'metadata.uid') !== true) return problem;
  const message = l10n.t('The object was deleted meanwhile, and another one has its name: nothing was done to that.');
  return { ...problem, kind: 'conflict', message };
}

function pathOf({ method, path, patch, force = false }: Change, dryRun: boolean): string {
  const query = new URLSearchParams();
  if (method !== 'DELETE') {
    query.set('fieldManager', FIELD_MANAGER);
    // A field that this server does not know must not vanish without a word.
    query.set('fieldValidation', 'Strict');
  }
  if (patch === 'apply') query.set('force', String(force));
  if (dryRun && method !== 'DELETE') query.set('dryRun', 'All');
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** True when a dry run was refused because something in the cluster cannot do one: that says nothing of the change. */
export function isDryRunUnsupported({ status, message }: ClusterProblem): boolean {
  return status === 400 && message.includes('does not support dry run');
}

/** The requests that undo, once it is known what was created. */
export function undoChanges({ changes }: Undo, answers: readonly RawObject[]): readonly Change[] {
  if (changes !== 'created') return changes;
  return answers.flatMap((object) => {
    const created = identityOf(object);
    return created === null ? [] : [deleteChange(created.address, created.uid, 'Background')];
  });
}

/** Which object an answer is; null for what is no Job or CronJob. */
export function identityOf(object: RawObject): { readonly address: ObjectAddress; readonly uid: string } | null {
  const { kind } = object;
  const { name, namespace, uid } = (object['metadata'] ?? {}) as RawObject;
  if ((kind !== 'Job' && kind !== 'CronJob') || typeof name !== 'string' || typeof uid !== 'string') return null;
  return { address: { kind, namespace: typeof namespace === 'string' ? namespace : '', name }, uid };
}

/** An object as it is now: read, and as the server sent it. */
export type LiveObject =
  | { readonly kind: 'Job'; readonly object: ObservedJob; readonly raw: RawObject }
  | { readonly kind: 'CronJob'; readonly object: ObservedCronJob; readonly raw: RawObject };

/** Reads one Job or CronJob. */
export async function readObject(
  { transport }: Connection,
  address: ObjectAddress,
  signal?: AbortSignal,
): Promise<Result<LiveObject>> {
  const answer = await transport.request('GET', objectPath(address), signal === undefined ? {} : { signal });
  if (!answer.ok) {
    if (answer.problem.kind !== 'notFound') return answer;
    return failure({ ...answer.problem, message: l10n.t('There is no {0} in this cluster.', sayObject(address)) });
  }
  const raw = answer.value.body as RawObject;
  if (address.kind === 'Job') {
    const object = readJob(raw);
    if (object !== null) return success({ kind: 'Job', object, raw });
  } else {
    const object = readCronJob(raw);
    if (object !== null) return success({ kind: 'CronJob', object, raw });
  }
  return failure({
    kind: 'malformed',
    status: answer.value.status,
    reason: 'NotTheObject',
    message: l10n.t('What the server sent is no {0}.', address.kind),
  });
}

/** The names of a namespace's Jobs or CronJobs, sorted. */
export async function listNames(
  { transport }: Connection,
  kind: ObjectAddress['kind'],
  namespace: string,
): Promise<Result<readonly string[]>> {
  const listed = await listObjects(
    transport,
    { path: kindPath(kind, namespace) },
    (raw) => (raw as { readonly metadata?: { readonly name?: string } } | null)?.metadata?.name ?? null,
  );
  return listed.ok ? success([...listed.value.items].sort()) : listed;
}
