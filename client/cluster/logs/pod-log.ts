import * as l10n from '@vscode/l10n';
import { collectionPath } from '../list.ts';
import type { ByteStream, Transport } from '../client.ts';
import type { ClusterProblem } from '../problem.ts';
import { ABORTED, problemOfError } from '../status.ts';
import { onSilence } from '../silence.ts';
import { readLogLine, type LogLine } from './log-line.ts';

/** One container's log. */
export interface LogSource {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The run before the last restart. */
  readonly previous: boolean;
}

export interface LogRequest {
  /** Go on until the container ends. */
  readonly follow: boolean;
  /** Only so many of the last lines, where nothing was read before. */
  readonly tail: number;
  /** Seconds of silence after which a log that is followed is asked for anew: the other side may be gone. */
  readonly idle: number;
}

/** How far a log was read, so that what comes after a cut is neither lost nor told twice. */
export interface LogPlace {
  /** Moment of the last line; null before the first. */
  at: number | null;
  /** The lines that bear that moment. Another run of the container may begin within it, with lines of its own. */
  same: string[];
}

/** So many lines of one moment are kept account of; lines without a time stamp all bear that of the line before. */
const MOST_AT_ONCE = 1000;

/** No line of a log is cut into more than this before it is handed over. */
const LINE_LIMIT = 1024 * 1024;

/**
 * Reads a log from where it was left.
 *
 * @param onLines gets lines as they come, some at a time
 * @returns null when the log came to its end, else why reading ended: reading may go on from the same place
 */
export async function readPodLog(
  transport: Transport,
  source: LogSource,
  { follow, tail, idle }: LogRequest,
  place: LogPlace,
  onLines: (lines: readonly LogLine[]) => void,
  signal: AbortSignal,
): Promise<ClusterProblem | null> {
  const { namespace, pod, container, previous } = source;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
  const parameters = {
    container,
    timestamps: true,
    follow: follow && !previous ? true : undefined,
    previous: previous ? true : undefined,
    // The server takes whole seconds, so some lines come again.
    ...(place.at === null
      ? { tailLines: tail }
      : { sinceTime: new Date(Math.floor(place.at / 1000) * 1000).toISOString() }),
  };
  const opened = await transport.request('GET', collectionPath({ path }, parameters), { signal, stream: true });
  if (!opened.ok) return opened.problem;
  if (opened.value.stream === null) return ABORTED;
  const fresh = linesAfter(place);
  return readLines(opened.value.stream, follow ? idle * 1000 : null, signal, (lines) => {
    const unseen = fresh(lines);
    if (unseen.length > 0) onLines(unseen);
  });
}

/** Leaves out the lines that were read before, and keeps account of those that were not. */
function linesAfter(place: LogPlace): (lines: readonly string[]) => LogLine[] {
  const until = place.at;
  const again = [...place.same];
  let before = place.at ?? 0;
  return (lines) =>
    lines.flatMap((text) => {
      const line = readLogLine(text, before);
      before = line.at;
      if (until !== null && line.at < until) return [];
      const told = line.at === until ? again.indexOf(line.text) : -1;
      if (told !== -1) {
        again.splice(told, 1);
        return [];
      }
      if (line.at !== place.at) place.same = [];
      place.same.push(line.text);
      if (place.same.length > MOST_AT_ONCE) place.same.shift();
      place.at = line.at;
      return [line];
    });
}

function readLines(
  stream: ByteStream,
  idleMilliseconds: number | null,
  signal: AbortSignal,
  onLines: (lines: readonly string[]) => void,
): Promise<ClusterProblem | null> {
  return new Promise((resolve) => {
    const decoder = new TextDecoder();
    let rest = '';
    let ended = false;
    const end = (problem: ClusterProblem | null): void => {
      if (ended) return;
      ended = true;
      silence?.stop();
      signal.removeEventListener('abort', stop);
      stream.destroy();
      resolve(problem);
    };
    const stop = (): void => end(ABORTED);
    const silence = idleMilliseconds === null ? undefined : onSilence(idleMilliseconds, () => end(cut('Silent')));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    stream.on('data', (chunk) => {
      if (ended) return;
      silence?.heard();
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LINE_LIMIT) {
        lines.push(rest);
        rest = '';
      }
      if (lines.length > 0) onLines(lines.map((line) => line.replace(/\r$/, '')));
    });
    stream.on('error', (error) => end(cut(problemOfError(error, '').reason)));
    stream.once('end', () => {
      // A program may end without a last line end.
      if (!ended && rest !== '') onLines([rest]);
      end(null);
    });
    stream.once('close', () => end(cut('ECONNRESET')));
  });
}

function cut(reason: string): ClusterProblem {
  return {
    kind: 'unreachable',
    status: 0,
    reason,
    message: l10n.t('The connection to the cluster was cut ({0}).', reason),
  };
}
