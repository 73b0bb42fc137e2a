import type { ByteStream } from '../cluster/client.ts';
import type { Playing } from './demo-cluster.ts';

/** A line that is told once the Job's time has come to `t`, in seconds. */
export interface PacedItem {
  readonly t: number;
  readonly line: string;
}

/** Lines as an API server's stream, each when its time has come. */
export class PacedStream implements ByteStream {
  readonly #play: Playing;
  readonly #items: readonly PacedItem[];
  /** Whether the stream ends after its last line. */
  readonly #ends: boolean;
  readonly #listeners = new Map<string, (value: never) => void>();
  readonly #encoder = new TextEncoder();
  #next = 0;
  #cancel: () => void = () => undefined;
  #destroyed = false;

  constructor(play: Playing, items: readonly PacedItem[], ends: boolean, signal?: AbortSignal) {
    this.#play = play;
    this.#items = items;
    this.#ends = ends;
    signal?.addEventListener('abort', () => this.destroy(), { once: true });
    // Nobody listens yet.
    this.#cancel = play.waitFor(0, () => this.#tell());
  }

  on(event: 'data', listener: (chunk: Uint8Array) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: string, listener: (value: never) => void): this {
    this.#listeners.set(event, listener);
    return this;
  }

  once(event: 'end' | 'close', listener: () => void): this {
    this.#listeners.set(event, listener);
    return this;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#cancel();
    (this.#listeners.get('close') as (() => void) | undefined)?.();
  }

  #tell(): void {
    if (this.#destroyed) return;
    const { t } = this.#play;
    const lines: string[] = [];
    for (let item = this.#items[this.#next]; item !== undefined && item.t <= t; item = this.#items[++this.#next])
      lines.push(`${item.line}\n`);
    const data = this.#listeners.get('data') as ((chunk: Uint8Array) => void) | undefined;
    if (lines.length > 0) data?.(this.#encoder.encode(lines.join('')));
    // The listener may have had enough.
    if (this.#isDestroyed()) return;
    const next = this.#items[this.#next];
    if (next !== undefined) this.#cancel = this.#play.waitFor(next.t, () => this.#tell());
    else if (this.#ends) (this.#listeners.get('end') as (() => void) | undefined)?.();
  }

  #isDestroyed(): boolean {
    return this.#destroyed;
  }
}
