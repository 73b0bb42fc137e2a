/** The longest time that a timer can wait. */
const LONGEST = 2_147_483_647;

/** Rings once, at the earliest of the times that it was told since it last rang. */
export class Alarm {
  readonly #ring: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #time = Infinity;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** `time` and `now` in milliseconds since 1970. What is further away than a timer can wait is left out. */
  at(time: number, now: number): void {
    if (time >= this.#time || time - now > LONGEST) return;
    this.stop();
    this.#time = time;
    this.#timer = setTimeout(
      () => {
        this.stop();
        this.#ring();
      },
      Math.max(time - now, 1000),
    );
    // A server that has nothing else to do may end.
    if (typeof this.#timer === 'object') this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#time = Infinity;
  }
}
