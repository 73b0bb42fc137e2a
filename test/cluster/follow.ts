/** Keeps up with a resource: list, then watch, and again whenever the watch ends. */
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, type Api } from './api.ts';
import type { KubernetesObject } from './objects.ts';

export type Change = 'added' | 'modified' | 'deleted';

export interface Following<T> {
  /** What exists, as last seen, by uid, in the order in which it appeared. */
  readonly objects: ReadonlyMap<string, T>;
  stop(): Promise<void>;
}

/**
 * Calls `listener` for every object that a path lists now, and for each later change, in the server's order. Resolves
 * when the first list has been handed over. Errors of the connection are answered by trying again; what happened in
 * between arrives as one change for each object.
 */
export async function follow<T extends KubernetesObject>(
  api: Api,
  path: string,
  listener: (change: Change, object: T) => void,
): Promise<Following<T>> {
  const objects = new Map<string, T>();
  // A mistake of the listener is no failure of the connection: it must not be answered by trying again.
  const changed: typeof listener = (change, object) => {
    try {
      listener(change, object);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  };
  const end = new AbortController();

  function take(object: T): void {
    const known = objects.get(object.metadata.uid);
    if (known?.metadata.resourceVersion === object.metadata.resourceVersion) return;
    objects.set(object.metadata.uid, object);
    changed(known ? 'modified' : 'added', object);
  }

  async function list(): Promise<string> {
    const found = await api.list<T>(path, { signal: end.signal });
    const present = new Set(found.items.map((object) => object.metadata.uid));
    for (const [uid, object] of [...objects]) {
      if (present.has(uid)) continue;
      objects.delete(uid);
      changed('deleted', object);
    }
    const version = (object: T): number => Number(object.metadata.resourceVersion);
    for (const object of [...found.items].sort((a, b) => version(a) - version(b))) take(object);
    return found.metadata.resourceVersion;
  }

  const isStopped = (): boolean => end.signal.aborted || api.closed.aborted;

  async function watchFrom(version: string): Promise<void> {
    let resourceVersion: string | undefined = version;
    while (!isStopped()) {
      try {
        resourceVersion ??= await list();
        for await (const event of api.watch<T>(path, {
          query: { resourceVersion, allowWatchBookmarks: true },
          signal: end.signal,
        })) {
          if (event.type === 'ERROR') {
            resourceVersion = undefined;
            break;
          }
          resourceVersion = event.object.metadata.resourceVersion;
          if (event.type === 'ADDED' || event.type === 'MODIFIED') take(event.object);
          if (event.type === 'DELETED') {
            objects.delete(event.object.metadata.uid);
            changed('deleted', event.object);
          }
        }
      } catch (error) {
        if (isStopped()) return;
        if (error instanceof ApiError) resourceVersion = undefined;
        await delay(100);
      }
    }
  }

  const watching = watchFrom(await list());
  return {
    objects,
    async stop() {
      end.abort();
      await watching;
    },
  };
}
