import * as l10n from '@vscode/l10n';
import type { Transport } from './client.ts';
import { failure, success, type Result } from './problem.ts';
import { ABORTED } from './status.ts';

/** The objects of one resource that a list or watch is about. */
export interface Collection {
  /** Path without query, e.g. `/api/v1/namespaces/a/pods`. */
  readonly path: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** An object as the server sends it, as far as lists and watches look. */
export interface ApiObject {
  readonly metadata: { readonly uid: string; readonly name: string; readonly resourceVersion: string };
}

export interface ListOptions {
  readonly signal?: AbortSignal;
  /** Objects asked for at once; default 500, as kubectl does. */
  readonly pageSize?: number;
  /** Stop after so many objects; default 100,000. */
  readonly maximum?: number;
}

/** Hears of each page as it comes, before the list is whole; of some objects twice where a list begins again. */
export type PageListener<T> = (items: readonly T[]) => void;

export interface ListedObjects<T> {
  readonly items: readonly T[];
  /** Where a watch that follows this list begins. */
  readonly resourceVersion: string;
  /** True when `maximum` ended the listing: there are more. */
  readonly truncated: boolean;
}

const PAGE_SIZE = 500;
const MAXIMUM = 100_000;
/** A list whose pages took too long begins again; with so many starts it would never end. */
const STARTS = 3;

/** The path of a request about a collection; parameters that are undefined are left out. */
export function collectionPath(
  collection: Collection,
  parameters: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const { path, ...selectors } = collection;
  const all: Readonly<Record<string, string | number | boolean | undefined>> = { ...selectors, ...parameters };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, String(value));
  return `${path}?${query.toString()}`;
}

/**
 * Lists a collection page by page. `read` turns one raw item into what is kept of it (memory is bounded by that), or
 * null for one that is no such object. When a page's token expires (410), the list begins again.
 */
export async function listObjects<T>(
  transport: Transport,
  collection: Collection,
  read: (raw: unknown) => T | null,
  { signal, pageSize = PAGE_SIZE, maximum = MAXIMUM }: ListOptions = {},
  onPage?: PageListener<T>,
): Promise<Result<ListedObjects<T>>> {
  const bounds = { pageSize, maximum, ...(signal ? { signal } : {}) };
  for (let start = 1; ; start++) {
    const listed = await listPages(transport, collection, read, bounds, onPage);
    if (listed.ok || listed.problem.kind !== 'expired' || start === STARTS) return listed;
  }
}

async function listPages<T>(
  transport: Transport,
  collection: Collection,
  read: (raw: unknown) => T | null,
  { signal, pageSize, maximum }: { signal?: AbortSignal; pageSize: number; maximum: number },
  onPage?: PageListener<T>,
): Promise<Result<ListedObjects<T>>> {
  const items: T[] = [];
  let token: string | undefined;
  for (;;) {
    if (signal?.aborted === true) return failure(ABORTED);
    const path = collectionPath(collection, { limit: pageSize, continue: token });
    const answer = await transport.request('GET', path, signal === undefined ? {} : { signal });
    if (!answer.ok) return answer;
    const page = readPage(answer.value.body);
    if (page === null) return notAList(path);
    const begin = items.length;
    for (const raw of page.items) {
      const item = read(raw);
      if (item !== null) items.push(item);
    }
    onPage?.(items.slice(begin));
    const more = page.continue !== '';
    if (!more || items.length >= maximum)
      return success({ items, resourceVersion: page.resourceVersion, truncated: more });
    token = page.continue;
  }
}

interface Page {
  readonly items: readonly unknown[];
  readonly resourceVersion: string;
  readonly continue: string;
}

function readPage(body: unknown): Page | null {
  if (typeof body !== 'object' || body === null) return null;
  const { items, metadata } = body as {
    readonly items?: unknown;
    readonly metadata?: Readonly<Record<string, unknown>>;
  };
  const version = metadata?.['resourceVersion'];
  const token = metadata?.['continue'];
  // Go writes an empty list as null.
  if (typeof version !== 'string' || !(Array.isArray(items) || items === null)) return null;
  return {
    items: items ?? [],
    resourceVersion: version,
    continue: typeof token === 'string' ? token : '',
  };
}

function notAList(path: string): Result<never> {
  return failure({
    kind: 'malformed',
    status: 200,
    reason: 'NotAList',
    message: l10n.t('The answer to {0} is no list of Kubernetes objects.', path.split('?')[0] ?? path),
  });
}
