/** Notices when nothing is heard for a while. */
export interface Silence {
  /** Something was heard. Costs next to nothing, so every chunk of a stream may say so. */
  heard(): void;
  stop(): void;
}

/** Calls back once nothing was heard for so many milliseconds. Works where timers cannot be wound up again: in browsers. */
export function onSilence(milliseconds: number, act: () => void): Silence {
  let last = performance.now();
  let timer: ReturnType<typeof setTimeout>;
  const wait = (remaining: number): void => {
    timer = setTimeout(() => {
      const left = last + milliseconds - performance.now();
      if (left > 1) wait(left);
      else act();
    }, remaining);
  };
  wait(milliseconds);
  return {
    heard() {
      last = performance.now();
    },
    stop: () => clearTimeout(timer),
  };
}
