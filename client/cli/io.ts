import { Buffer } from 'node:buffer';
import process from 'node:process';

/** A command of the command line: takes what stands behind its name, and ends with an exit status. */
export type Command = (args: readonly string[], io: Io) => Promise<number>;

/** How a command speaks with the world. Commands never end the process themselves. */
export interface Io {
  /** Writes to standard output, and waits until a slow reader has taken it. Nothing happens once the reader is gone. */
  readonly write: (text: string) => Promise<void>;
  /** Writes to standard error. */
  readonly complain: (text: string) => Promise<void>;
  /** All of standard input. */
  readonly read: () => Promise<Uint8Array>;
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
}

/** Exit statuses, the same for every command. */
export const DONE = 0;
/** At least one error, an expectation missed, a Job that failed. */
export const FOUND = 1;
/** The command could not do its work. */
export const UNABLE = 2;

/** A command could not do its work; the message is the one line that says why. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The process's own streams. A reader that goes away (`| head`) ends the output quietly. */
export function processIo(): Io {
  return {
    write: writerTo(process.stdout),
    complain: writerTo(process.stderr),
    read: readAll,
    terminal: process.stdout.isTTY,
  };
}

function writerTo(stream: NodeJS.WriteStream): (text: string) => Promise<void> {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') process.exitCode = UNABLE;
  });
  return (text) =>
    new Promise((resolve) => {
      if (gone || text === '') resolve();
      else stream.write(text, () => resolve());
    });
}

async function readAll(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(typeof part === 'string' ? Buffer.from(part) : (part as Buffer));
  return Buffer.concat(parts);
}
