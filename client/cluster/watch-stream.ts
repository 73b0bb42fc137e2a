import type { ByteStream } from './client.ts';
import { onSilence } from './silence.ts';

/** One line of a watch as parsed JSON; undefined for a line that is no JSON. */
export interface WatchLine {
  readonly type: string;
  readonly object: unknown;
}

/** How a watch's stream ended. */
export type StreamEnd =
  /** The server closed it, as it does after `timeoutSeconds`. */
  | { readonly kind: 'closed' }
  /** The connection broke. */
  | { readonly kind: 'broken'; readonly error: unknown }
  /** No byte for too long: the other side may be gone without a word. */
  | { readonly kind: 'silent' }
  /** A line that is no watch event. */
  | { readonly kind: 'malformed' }
  /** The reader had enough. */
  | { readonly kind: 'stopped' };

/** No object is larger than etcd's 1.5 MB (3 MB in some clusters); a longer line is no watch event. */
const LINE_LIMIT = 32 * 1024 * 1024;

/**
 * Reads a watch's lines and hands each to `onLine`, until the stream ends, `onLine` returns false, nothing came for
 * `idleMilliseconds`, or a line is no event. The stream is destroyed in every case.
 */
export function readWatchStream(
  stream: ByteStream,
  idleMilliseconds: number,
  onLine: (line: WatchLine) => boolean,
): Promise<StreamEnd> {
  return new Promise((resolve) => {
    const decoder = new TextDecoder();
    let rest: string[] = [];
    let restLength = 0;
    let ended = false;
    const end = (how: StreamEnd): void => {
      if (ended) return;
      ended = true;
      silence.stop();
      stream.destroy();
      resolve(how);
    };
    const silence = onSilence(idleMilliseconds, () => end({ kind: 'silent' }));
    const take = (line: string): void => {
      if (ended || line.trim() === '') return;
      const parsed = parseLine(line);
      if (parsed === null) end({ kind: 'malformed' });
      else if (!onLine(parsed)) end({ kind: 'stopped' });
    };
    stream.on('data', (chunk) => {
      if (ended) return;
      silence.heard();
      const lines = decoder.decode(chunk, { stream: true }).split('\n');
      const last = lines.pop() ?? '';
      if (lines.length > 0) {
        lines[0] = rest.join('') + (lines[0] ?? '');
        rest = [];
        restLength = 0;
        for (const line of lines) take(line);
      }
      rest.push(last);
      restLength += last.length;
      if (restLength > LINE_LIMIT) end({ kind: 'malformed' });
    });
    stream.on('error', (error) => end({ kind: 'broken', error }));
    // What is left without a line end is half an event: the next watch brings it whole.
    stream.once('end', () => end({ kind: 'closed' }));
    stream.once('close', () => end({ kind: 'broken', error: Object.assign(new Error('cut'), { code: 'ECONNRESET' }) }));
  });
}

function parseLine(line: string): WatchLine | null {
  let value: unknown;
  try {
    value = JSON.parse(line) as unknown;
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { type, object } = value as { readonly type?: unknown; readonly object?: unknown };
  return typeof type === 'string' ? { type, object } : null;
}
