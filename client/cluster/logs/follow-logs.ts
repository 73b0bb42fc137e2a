import * as l10n from '@vscode/l10n';
import type { ContainerStatus, Pod } from '../../../server/core/timeline/observed-objects.ts';
import { completionIndex } from '../../../server/core/timeline/observed-pod.ts';
import { readPod } from '../../../server/core/timeline/observed-shapes.ts';
import type { Connection } from '../connection.ts';
import { isPodOf, jobSource, podSource, podsPath } from '../job-sources.ts';
import { listObjects } from '../list.ts';
import { DEFAULT_PACE, pause, retryDelay, type Pace } from '../pace.ts';
import type { ClusterProblem } from '../problem.ts';
import { watchCollection, type WatchSource } from '../watch.ts';
import { streamKey, type LogBook, type LogStream } from './log-book.ts';
import { readPodLog, type LogPlace } from './pod-log.ts';

/** Whose logs are wanted: of a whole Job, of one completion index of it, or of one pod. */
export interface LogTarget {
  readonly namespace: string;
  /** Name of the Job; absent where `pod` says it all. */
  readonly job?: string | undefined;
  readonly pod?: string | undefined;
  readonly index?: number | undefined;
  /** Only this container; absent: every one that has started. */
  readonly container?: string | undefined;
  /** The runs before the last restart, where there are such. */
  readonly previous?: boolean | undefined;
}

export interface FollowLogsOptions {
  readonly pace?: Pace;
  /** Logs read at the same moment; the others wait for a place. */
  readonly atOnce?: number;
  /** Of a log, so many of the last lines. */
  readonly tail?: number;
}

const AT_ONCE = 50;
const TAIL = 10_000;
/** A log that is silent for so long is asked for anew. */
const IDLE_SECONDS = 300;
/** A log that cannot be had so often in a row is given up. */
const ATTEMPTS = 8;

/**
 * Follows the logs of all containers that the target names, into the book: of pods that come later, too, and anew after
 * restarts and cuts. What was read of a pod stays when it is gone.
 *
 * @param onChange the book has something new
 * @param onProblem what keeps pods away for good, or interrupts
 * @returns why it ended: null once the signal aborted
 */
export async function followLogs(
  connection: Connection,
  target: LogTarget,
  book: LogBook,
  { onChange, onProblem }: { readonly onChange: () => void; readonly onProblem: (problem: ClusterProblem) => void },
  signal: AbortSignal,
  options: FollowLogsOptions = {},
): Promise<ClusterProblem | null> {
  const readers = new LogReaders(connection, target, book, onChange, signal, options);
  const found = await podsOf(connection, target, signal);
  if ('problem' in found) return found.problem;
  const problem = await watchCollection(
    connection.transport,
    found.source,
    {
      change(change) {
        if (change.kind === 'remove') readers.gone(change.object);
        else for (const pod of change.kind === 'upsert' ? [change.object] : change.objects) readers.see(pod);
      },
      contact: () => undefined,
      problem: onProblem,
    },
    { signal, ...(options.pace === undefined ? {} : { pace: options.pace }) },
  );
  await readers.idle();
  return problem.kind === 'aborted' ? null : problem;
}

/** The pods whose logs are wanted, as a collection to watch. */
async function podsOf(
  { transport }: Connection,
  { namespace, job: name, pod, index }: LogTarget,
  signal: AbortSignal,
): Promise<{ readonly source: WatchSource<Pod> } | { readonly problem: ClusterProblem }> {
  if (pod !== undefined)
    return {
      source: { collection: { path: podsPath(namespace), fieldSelector: `metadata.name=${pod}` }, read: readPod },
    };
  const jobs = jobSource(transport, namespace, name ?? '');
  const listed = await (jobs.list?.(signal) ?? listObjects(transport, jobs.collection, jobs.read, { signal }));
  if (!listed.ok) return { problem: listed.problem };
  const job = listed.value.items[0];
  if (job === undefined) {
    const message = l10n.t('There is no Job {0}/{1} in this cluster.', namespace, name ?? '');
    return { problem: { kind: 'notFound', status: 404, reason: 'NotFound', message } };
  }
  const { collection, read } = podSource(job, namespace);
  const own = (raw: unknown): Pod | null => {
    const found = read(raw);
    if (found === null || !isPodOf(found, job.metadata.uid)) return null;
    return index === undefined || completionIndex(found) === index ? found : null;
  };
  return { source: { collection, read: own } };
}

interface Reader {
  readonly stream: LogStream;
  readonly place: LogPlace;
  /** As last seen. */
  status: ContainerStatus;
  restarts: number;
  state: 'waiting' | 'reading' | 'done';
  failures: number;
}

/** One reader for each container that has started, so many at once. */
class LogReaders {
  readonly #connection: Connection;
  readonly #target: LogTarget;
  readonly #book: LogBook;
  readonly #onChange: () => void;
  readonly #signal: AbortSignal;
  readonly #pace: Pace;
  readonly #atOnce: number;
  readonly #tail: number;
  readonly #readers = new Map<string, Reader>();
  readonly #running = new Set<Promise<void>>();
  #queue: Reader[] = [];

  constructor(
    connection: Connection,
    target: LogTarget,
    book: LogBook,
    onChange: () => void,
    signal: AbortSignal,
    { pace = DEFAULT_PACE, atOnce = AT_ONCE, tail = TAIL }: FollowLogsOptions,
  ) {
    this.#connection = connection;
    this.#target = target;
    this.#book = book;
    this.#onChange = onChange;
    this.#signal = signal;
    this.#pace = pace;
    this.#atOnce = atOnce;
    this.#tail = tail;
  }

  see(pod: Pod): void {
    const { previous = false, container } = this.#target;
    for (const status of [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]) {
      const { name = '', restartCount: restarts = 0 } = status;
      if (container !== undefined && name !== container) continue;
      if (previous ? restarts === 0 : !hasStarted(status)) continue;
      const stream: LogStream = { pod: pod.metadata.name, container: name, index: completionIndex(pod), previous };
      // A pod of the same name made anew is another one, with a log of its own.
      const key = `${pod.metadata.uid}/${streamKey(stream)}`;
      const known = this.#readers.get(key);
      if (known === undefined) {
        const reader: Reader = {
          stream,
          place: { at: null, same: [] },
          status,
          restarts,
          state: 'waiting',
          failures: 0,
        };
        this.#readers.set(key, reader);
        this.#enqueue(reader);
        continue;
      }
      known.status = status;
      if (restarts === known.restarts) continue;
      known.restarts = restarts;
      if (previous) continue;
      this.#book.note(stream, this.#connection.transport.now(), l10n.t('{0} was restarted ({1})', name, restarts));
      this.#onChange();
      if (known.state === 'done') this.#enqueue(known);
    }
  }

  gone(pod: Pod): void {
    for (const [key, { stream }] of this.#readers) {
      if (!key.startsWith(`${pod.metadata.uid}/`)) continue;
      this.#book.note(stream, this.#connection.transport.now(), 'the pod is gone');
      this.#readers.delete(key);
    }
    this.#onChange();
  }

  /** Resolves when nobody reads any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #enqueue(reader: Reader): void {
    reader.state = 'waiting';
    this.#queue.push(reader);
    this.#fill();
  }

  #fill(): void {
    while (this.#running.size < this.#atOnce && !this.#signal.aborted) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      next.state = 'reading';
      const reading: Promise<void> = this.#read(next).finally(() => {
        this.#running.delete(reading);
        next.state = 'done';
        this.#fill();
      });
      this.#running.add(reading);
    }
  }

  /** Reads until the container's end was read, through cuts. */
  async #read(reader: Reader): Promise<void> {
    const { stream, place } = reader;
    const source = { ...stream, namespace: this.#target.namespace };
    while (!this.#signal.aborted) {
      const restarts = reader.restarts;
      const request = { follow: true, tail: this.#tail, idle: IDLE_SECONDS };
      const problem = await readPodLog(
        this.#connection.transport,
        source,
        request,
        place,
        (lines) => {
          reader.failures = 0;
          this.#book.append(stream, lines);
          this.#onChange();
        },
        this.#signal,
      );
      if (problem?.kind === 'aborted') return;
      if (problem === null) {
        // The server closes a log at the container's end, and when it is shut down itself.
        if (stream.previous || (hasEnded(reader.status) && reader.restarts === restarts)) return;
      } else if (problem.reason !== 'Silent' && this.#isFinal(reader, problem)) return;
      reader.failures++;
      if (problem === null && reader.failures > ATTEMPTS) return;
      await pause(retryDelay(this.#pace, reader.failures, problem), this.#signal);
    }
  }

  #isFinal(reader: Reader, problem: ClusterProblem): boolean {
    const { kind, status, message } = problem;
    const refused = kind === 'forbidden' || kind === 'credentials' || kind === 'notFound' || status === 400;
    // A container that is just starting is refused with 400 for a moment.
    const final = refused && (status !== 400 || reader.failures >= ATTEMPTS || reader.stream.previous);
    if (!final && (refused || reader.failures < ATTEMPTS)) return false;
    if (kind !== 'notFound') {
      this.#book.note(reader.stream, this.#connection.transport.now(), l10n.t('this log cannot be read. {0}', message));
      this.#onChange();
    }
    return true;
  }
}

function hasStarted({ state, restartCount = 0 }: ContainerStatus): boolean {
  return state?.running !== undefined || state?.terminated !== undefined || restartCount > 0;
}

function hasEnded({ state }: ContainerStatus): boolean {
  return state?.terminated !== undefined;
}
