import * as l10n from '@vscode/l10n';
import type { Transport } from './client.ts';
import { collectionPath, listObjects, type ApiObject, type Collection, type ListedObjects } from './list.ts';
import type { StoreChange } from './object-store.ts';
import { DEFAULT_PACE, pause, retryDelay, type Pace } from './pace.ts';
import type { ClusterProblem, Result } from './problem.ts';
import { ABORTED, problemOfErrorEvent, problemOfError } from './status.ts';
import { readWatchStream, type StreamEnd, type WatchLine } from './watch-stream.ts';

/** Where a watch takes its objects from. */
export interface WatchSource<T extends ApiObject> {
  readonly collection: Collection;
  /** What is kept of a raw object; null for something that does not belong here. */
  readonly read: (raw: unknown) => T | null;
  /** The full state; default: the collection's list. */
  readonly list?: (signal: AbortSignal) => Promise<Result<ListedObjects<T>>>;
}

/** Who gets what a watch learns. Called in order, never after the watch has ended. */
export interface WatchObserver<T extends ApiObject> {
  /**
   * `how`: `listed` is a state that may hide what came and went since the last word; `seen` is a change as it happened,
   * or after a resume, in order and without a hole.
   */
  readonly change: (change: StoreChange<T>, how: 'listed' | 'seen') => void;
  /** The cluster spoke: what we have is current as of now. */
  readonly contact: () => void;
  /** Contact was lost, or is limited; the watch goes on when `retryIn` is set. */
  readonly problem: (problem: ClusterProblem) => void;
}

export interface WatchOptions {
  readonly signal: AbortSignal;
  readonly pace?: Pace;
}

/** A refusal that no waiting will mend. */
const FINAL_KINDS: ReadonlySet<string> = new Set([
  'kubeconfig',
  'consent',
  'credentials',
  'forbidden',
  'notFound',
  'conflict',
  'invalid',
]);
/** A server that just started refuses for a moment what it will grant, so one that granted it before is asked again. */
const REFUSALS = 4;
/** A watch that the server refuses so often at one resource version begins anew with a list. */
const RESUMES = 3;
/** A server that cannot resume says so in the stream that it opened, at once; only after that is a silent one good news. */
const OPENING_MILLISECONDS = 300;
/** So many lists are had, where watching is forbidden, before it is tried again. */
const POLLS = 12;

/**
 * Lists a collection, then watches it, for as long as it takes: resumes where it was when the connection ends, lists
 * again when that place is too old (410), waits ever longer while the cluster does not answer, polls where watching is
 * forbidden.
 *
 * @returns why it ended: a problem of kind `aborted` when the signal did, else a refusal that no waiting will mend
 */
export async function watchCollection<T extends ApiObject>(
  transport: Transport,
  source: WatchSource<T>,
  observer: WatchObserver<T>,
  { signal, pace = DEFAULT_PACE }: WatchOptions,
): Promise<ClusterProblem> {
  const { collection, read } = source;
  const list = source.list ?? ((by: AbortSignal) => listObjects(transport, collection, read, { signal: by }));
  /** Where to resume; null: list first. */
  let version: string | null = null;
  let failures = 0;
  /** Hopeless refusals one after the other; what else fails meanwhile says nothing about them. */
  let refusals = 0;
  let worked = false;
  /** How many lists are still to be had before watching is tried again. */
  let polls = 0;

  /** Waits before the next attempt; a problem comes back when there will be none. */
  const setback = async (problem: ClusterProblem): Promise<ClusterProblem | null> => {
    failures++;
    // Where one connection broke, those that were kept for later are likely dead, too.
    if (problem.kind === 'unreachable') transport.freshen();
    const hopeless = FINAL_KINDS.has(problem.kind) || (problem.kind === 'server' && problem.status < 500);
    if (hopeless) refusals++;
    if (hopeless && (!worked || refusals >= REFUSALS)) return problem;
    if (failures >= RESUMES && problem.status > 0) version = null;
    const retryIn = retryDelay(pace, failures, problem);
    observer.problem({ ...problem, retryIn });
    await pause(retryIn, signal);
    return null;
  };

  while (!signal.aborted) {
    if (version === null) {
      const listed = await list(signal);
      if (isAborted(signal)) break;
      if (!listed.ok) {
        const final = await setback(listed.problem);
        if (final !== null) return final;
        continue;
      }
      version = listed.value.resourceVersion;
      worked = true;
      refusals = 0;
      observer.change({ kind: 'replace', objects: listed.value.items }, 'listed');
      observer.contact();
    }
    if (polls > 0) {
      polls--;
      failures = 0;
      await pause(pace.poll, signal);
      version = null;
      continue;
    }

    const watched: Watched = await watchOnce(transport, source, observer, version, { signal, pace });
    if (isAborted(signal)) break;
    version = watched.version;
    if (watched.lived) failures = refusals = 0;
    const { problem } = watched;
    if (problem === null) continue;
    if (problem.kind === 'expired') {
      version = null;
      if (failures++ > 0) await pause(retryDelay(pace, failures, problem), signal);
    } else if (problem.kind === 'forbidden') {
      polls = POLLS;
      const message = l10n.t('{0} So the cluster is asked every {1} s instead.', problem.message, pace.poll);
      observer.problem({ ...problem, message, retryIn: pace.poll });
    } else {
      const final = await setback(problem);
      if (final !== null) return final;
    }
  }
  return ABORTED;
}

interface Watched {
  /** Where to resume. */
  readonly version: string;
  /** True when the watch was of use: it brought something, or stood for a while. */
  readonly lived: boolean;
  /** Why it ended; null when that was part of the plan. */
  readonly problem: ClusterProblem | null;
}

/** One watch request, from its beginning to its end. */
async function watchOnce<T extends ApiObject>(
  transport: Transport,
  { collection, read }: WatchSource<T>,
  observer: WatchObserver<T>,
  from: string,
  { signal, pace }: { readonly signal: AbortSignal; readonly pace: Pace },
): Promise<Watched> {
  const timeoutSeconds = Math.ceil(pace.watch * (1 + pace.random() / 2));
  const parameters = { watch: true, allowWatchBookmarks: true, resourceVersion: from, timeoutSeconds };
  const opened = await transport.request('GET', collectionPath(collection, parameters), { signal, stream: true });
  if (!opened.ok) return { version: from, lived: false, problem: opened.problem };
  if (opened.value.stream === null)
    return { version: from, lived: false, problem: problemOfEnd({ kind: 'malformed' }) };
  const opening = setTimeout(() => observer.contact(), OPENING_MILLISECONDS);
  let version = from;
  const refusals: ClusterProblem[] = [];
  let lines = 0;
  const begun = performance.now();
  const end = await readWatchStream(opened.value.stream, pace.idle * 1000, (line): boolean => {
    if (signal.aborted) return false;
    if (line.type === 'ERROR') {
      refusals.push(problemOfErrorEvent(line.object));
      return false;
    }
    lines++;
    const change = changeOf(line, read);
    version = versionOf(line.object) ?? version;
    if (change !== null) observer.change(change, 'seen');
    clearTimeout(opening);
    observer.contact();
    return true;
  });
  clearTimeout(opening);
  const lived = lines > 0 || performance.now() - begun > 1000;
  // A server that closes every watch as soon as it opens must not be asked in a tight loop.
  const problem = refusals[0] ?? (end.kind === 'closed' && !lived ? closedAtOnce() : problemOfEnd(end));
  return { version, lived, problem };
}

const closedAtOnce = (): ClusterProblem => ({
  kind: 'unreachable',
  status: 0,
  reason: 'ClosedAtOnce',
  message: l10n.t('The cluster closes the watch as soon as it is opened.'),
});

/** Asked through a function, since an abort happens while we wait, where the compiler sees no assignment. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function changeOf<T>(line: WatchLine, read: (raw: unknown) => T | null): StoreChange<T> | null {
  if (line.type === 'BOOKMARK') return null;
  const object = read(line.object);
  if (object === null) return null;
  if (line.type === 'DELETED') return { kind: 'remove', object };
  return line.type === 'ADDED' || line.type === 'MODIFIED' ? { kind: 'upsert', object } : null;
}

function versionOf(object: unknown): string | null {
  const metadata = (object as { readonly metadata?: { readonly resourceVersion?: unknown } | null } | null)?.metadata;
  return typeof metadata?.resourceVersion === 'string' ? metadata.resourceVersion : null;
}

/** Null for ends that are part of the plan: then the watch resumes at once. */
function problemOfEnd(end: StreamEnd): ClusterProblem | null {
  switch (end.kind) {
    case 'stopped':
    case 'closed':
      return null;
    case 'silent':
      return lost('Silent', l10n.t('The cluster has been silent for too long; the connection is opened anew.'));
    case 'malformed':
      return {
        ...lost('NotJson', l10n.t('The cluster sent something that is no watch event; the watch is opened anew.')),
        kind: 'malformed',
        status: 200,
      };
    case 'broken': {
      const { reason } = problemOfError(end.error, '');
      return lost(reason, l10n.t('The connection to the cluster was cut ({0}).', reason));
    }
  }
}

function lost(reason: string, message: string): ClusterProblem {
  return { kind: 'unreachable', status: 0, reason, message };
}
