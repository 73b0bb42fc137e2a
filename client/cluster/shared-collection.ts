import type { Transport } from './client.ts';
import { listObjects, type ApiObject } from './list.ts';
import { objectStore, type StoreChange } from './object-store.ts';
import { DEFAULT_PACE, type Pace } from './pace.ts';
import type { ClusterProblem } from './problem.ts';
import { ABORTED } from './status.ts';
import { watchCollection, type WatchSource } from './watch.ts';

/** How well a collection is known. */
export type CollectionState =
  /** Nobody looks: what there is may be out of date. */
  | { readonly kind: 'idle' }
  /** The first list is on its way. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'current' }
  /** Watching is forbidden: it is asked for again and again, as the problem says. */
  | { readonly kind: 'polled'; readonly problem: ClusterProblem }
  /** Contact is lost, and tried again. */
  | { readonly kind: 'interrupted'; readonly problem: ClusterProblem }
  /** Nothing more is tried. */
  | { readonly kind: 'refused'; readonly problem: ClusterProblem };

/** Hears of a change of the objects, or (null) of the state. */
export type CollectionListener<T> = (change: StoreChange<T> | null) => void;

/** One collection of a cluster that any number of views look at, for the price of one watch. */
export interface SharedCollection<T extends ApiObject> {
  /** By uid; as last heard. */
  readonly objects: ReadonlyMap<string, T>;
  readonly state: CollectionState;
  /**
   * Looks at it: the first who looks begins the watch, and when the last one looks away no request is left. What was
   * heard stays, and is brought up to date when somebody looks again. Returns how to look away.
   */
  look(listener: CollectionListener<T>): () => void;
  /** Begins anew with a list, if anybody looks. */
  refresh(): void;
  /** Lets go of it for good, also of those who look: they hear that it is refused. */
  close(): void;
}

/** A collection that nobody looks at yet. Works in a browser, too. */
export function sharedCollection<T extends ApiObject>(
  transport: Transport,
  source: WatchSource<T>,
  pace: Pace = DEFAULT_PACE,
): SharedCollection<T> {
  const store = objectStore<T>();
  const listeners = new Set<CollectionListener<T>>();
  let state: CollectionState = { kind: 'idle' };
  let stop: AbortController | null = null;
  /** A first list shows its pages as they come; later ones replace what is known when they are whole. */
  let complete = false;

  const tell = (change: StoreChange<T> | null): void => {
    for (const listener of [...listeners]) listener(change);
  };
  const enter = (next: CollectionState): void => {
    if (next.kind === state.kind && (next.kind === 'current' || next.kind === 'loading')) return;
    state = next;
    tell(null);
  };

  const begin = (): void => {
    const mine = new AbortController();
    stop = mine;
    const { signal } = mine;
    enter({ kind: 'loading' });
    const list: WatchSource<T>['list'] =
      source.list ??
      ((by) =>
        listObjects(transport, source.collection, source.read, { signal: by }, (page) => {
          if (complete || signal.aborted) return;
          for (const object of page) store.apply({ kind: 'upsert', object });
          tell({ kind: 'replace', objects: [...store.objects.values()] });
        }));
    const observer = {
      change(change: StoreChange<T>, how: 'listed' | 'seen'): void {
        complete = true;
        store.apply(change);
        if (how === 'seen' && state.kind === 'polled') state = { kind: 'current' };
        tell(change);
      },
      contact(): void {
        if (state.kind !== 'polled') enter({ kind: 'current' });
      },
      problem(problem: ClusterProblem): void {
        enter({ kind: problem.kind === 'forbidden' ? 'polled' : 'interrupted', problem });
      },
    };
    void watchCollection(transport, { ...source, list }, observer, { signal, pace }).then((problem) => {
      if (!signal.aborted) enter({ kind: 'refused', problem });
    });
  };
  const end = (): void => {
    stop?.abort();
    stop = null;
  };

  return {
    get objects() {
      return store.objects;
    },
    get state() {
      return state;
    },
    look(listener) {
      // A listener of its own for each look, so that each look away counts once.
      const own: CollectionListener<T> = (change) => listener(change);
      listeners.add(own);
      if (listeners.size === 1) begin();
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return;
        end();
        state = { kind: 'idle' };
      };
    },
    refresh() {
      if (listeners.size === 0) return;
      end();
      begin();
    },
    close() {
      end();
      enter({ kind: 'refused', problem: ABORTED });
    },
  };
}
