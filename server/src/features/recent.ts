/** A value that is computed when first asked for, and again when it has been forgotten. */
export interface Recallable<T> {
  readonly get: () => T;
  /** Here it is, found by the way. */
  readonly offer: (value: T) => void;
}

/**
 * Remembers the values that were computed last, so much and no more. (Weak references would not do: they keep everything
 * until the work at hand pauses, and nothing behind the next sweep of memory.)
 */
export class Recent {
  readonly #limit: number;
  readonly #kept: { readonly size: number; readonly forget: () => void }[] = [];
  #size = 0;

  /** `limit`: sizes of what is kept, together; the newest value is kept whatever its size. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  value<T>(size: number, compute: () => T): Recallable<T> {
    let known: { readonly value: T } | null = null;
    const learn = (value: T): T => {
      known = { value };
      this.#keep(size, () => (known = null));
      return value;
    };
    return {
      get: () => (known === null ? learn(compute()) : known.value),
      offer: (value) => {
        if (known === null) learn(value);
      },
    };
  }

  #keep(size: number, forget: () => void): void {
    this.#kept.push({ size, forget });
    this.#size += size;
    while (this.#size > this.#limit && this.#kept.length > 1) {
      const oldest = this.#kept.shift()!;
      this.#size -= oldest.size;
      oldest.forget();
    }
  }
}
