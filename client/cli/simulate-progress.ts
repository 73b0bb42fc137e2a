import process from 'node:process';

/** How far a long command is, for a person who waits. */
export interface Progress {
  readonly tell: (done: number) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

const CLEAR_LINE = '\r\u001b[K';

/** One line that changes in place on a terminal; nothing at all where the stream is none. */
export function progressOn(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  runs: number,
  name: string,
): Progress {
  if (stream.isTTY !== true) return { tell: () => undefined, clear: () => undefined };
  let shown = '';
  return {
    tell(done) {
      const share = `${Math.floor((100 * done) / runs)} %`;
      if (share === shown) return;
      shown = share;
      stream.write(`${CLEAR_LINE}${name}: ${share} of ${runs} runs, Ctrl-C stops`);
    },
    clear() {
      if (shown !== '') stream.write(CLEAR_LINE);
      shown = '';
    },
  };
}

/** What a person may stop, from `listen` to `done`. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly listen: () => void;
  readonly done: () => void;
}

/** Aborts at the first Ctrl-C after `listen`; a second one ends the process as usual, and so does one before. */
export function interruption(): Interruption {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  return {
    signal: controller.signal,
    listen: () => {
      process.removeListener('SIGINT', abort);
      process.once('SIGINT', abort);
    },
    done: () => void process.removeListener('SIGINT', abort),
  };
}
