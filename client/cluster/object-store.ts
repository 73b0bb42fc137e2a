import type { ApiObject } from './list.ts';

/** A change of what a watch knows: all anew (after a list), one object that came or changed, one that went. */
export type StoreChange<T> =
  | { readonly kind: 'replace'; readonly objects: readonly T[] }
  | { readonly kind: 'upsert'; readonly object: T }
  | { readonly kind: 'remove'; readonly object: T };

/** The objects of one collection as last heard, by uid: two objects that had one name after the other are two. */
export interface ObjectStore<T extends ApiObject> {
  readonly objects: ReadonlyMap<string, T>;
  /** Takes a change in. The store holds nothing but what the cluster holds, so its memory is bounded by that. */
  apply(change: StoreChange<T>): void;
}

/** An empty store. */
export function objectStore<T extends ApiObject>(): ObjectStore<T> {
  let objects = new Map<string, T>();
  return {
    get objects() {
      return objects;
    },
    apply(change) {
      if (change.kind === 'replace') objects = new Map(change.objects.map((object) => [object.metadata.uid, object]));
      else if (change.kind === 'upsert') objects.set(change.object.metadata.uid, change.object);
      else objects.delete(change.object.metadata.uid);
    },
  };
}
