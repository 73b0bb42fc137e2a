import * as l10n from '@vscode/l10n';
import type { ClusterEvent, Pod, Workload } from '../../server/core/timeline/observed-objects.ts';
import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import { observedTimeline } from '../../server/core/timeline/observed-timeline.ts';
import type { ObservedRun } from '../../server/core/timeline/observed.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import type { Transport } from './client.ts';
import type { Connection } from './connection.ts';
import { contactOf, type Contact, type Stream } from './contact.ts';
import { eventSource, jobSource } from './job-sources.ts';
import { listObjects } from './list.ts';
import { objectStore, type StoreChange } from './object-store.ts';
import { DEFAULT_PACE, pause, type Pace } from './pace.ts';
import type { ClusterProblem } from './problem.ts';
import { ended, gone, type Ending, type WatchEnd } from './watch-end.ts';
import { JobPods } from './watch-job-pods.ts';
import type { SharedCollection } from './shared-collection.ts';
import { timelineFeed, type TimelineFeed } from './timeline-feed.ts';
import { watchCollection, type WatchObserver, type WatchOptions } from './watch.ts';
import { watchSharedJob } from './watch-shared-job.ts';
import { isQueued, watchWorkloads } from './workloads.ts';

export interface JobReference {
  readonly namespace: string;
  readonly name: string;
}

/** The objects behind a timeline, as last heard; what diagnosis takes. */
export interface JobSnapshot {
  readonly job: ObservedJob;
  readonly pods: readonly Pod[];
  readonly events: readonly ClusterEvent[];
  /** Kueue's Workloads of the Job, where it has a queue. */
  readonly workloads?: readonly Workload[];
  /** Wall clock of the server: milliseconds since the epoch. */
  readonly now: number;
}

export interface WatchJobOptions {
  readonly pace?: Pace;
  /** Least milliseconds between two timelines; default 100. */
  readonly throttle?: number;
  /** The list of the namespace's Jobs, where others look at all of it now: it is read instead of a watch of the Job. */
  readonly jobs?: SharedCollection<ObservedJob> | undefined;
}

const THROTTLE_MILLISECONDS = 100;
/** While nothing changes, running pods still grow older. */
const TICK_MILLISECONDS = 1000;
/** How long the event of a Job's end may take to be there. */
const LAST_EVENT_SECONDS = 0.2;

/**
 * Watches one Job until it has ended or is deleted, the signal aborts, or the cluster refuses for good.
 *
 * @param onTimeline gets the first timeline at once, then at most ten a second (one a second while nothing changes), the
 *   last one before this resolves, and none after the signal aborted
 * @param onProblem what limits the view (a missing right), or interrupts it; `retryIn` is set while it goes on trying
 */
export async function watchJob(
  connection: Connection,
  reference: JobReference,
  onTimeline: (timeline: Timeline, snapshot: JobSnapshot) => void,
  onProblem: (problem: ClusterProblem) => void,
  signal: AbortSignal,
  options: WatchJobOptions = {},
): Promise<WatchEnd> {
  return new JobWatch(connection.transport, reference, { onTimeline, onProblem }, signal, options).run();
}

interface Listeners {
  readonly onTimeline: (timeline: Timeline, snapshot: JobSnapshot) => void;
  readonly onProblem: (problem: ClusterProblem) => void;
}

class JobWatch {
  readonly #transport: Transport;
  readonly #reference: JobReference;
  /** How messages call the Job. */
  readonly #called: string;
  readonly #listeners: Listeners;
  readonly #signal: AbortSignal;
  /** Ends the three watches, when the Job has ended or the caller has had enough. */
  readonly #inner = new AbortController();
  readonly #watchOptions: WatchOptions;
  readonly #shared: SharedCollection<ObservedJob> | undefined;
  readonly #feed: TimelineFeed;
  readonly #contact: Contact;
  readonly #pods: JobPods;
  readonly #events = objectStore<ClusterEvent>();
  readonly #workloads = objectStore<Workload>();
  readonly #beside: Promise<unknown>[] = [];
  #job: ObservedJob | null = null;
  #asksQueue = false;
  #ending: Ending | null = null;
  #latest: Pick<WatchEnd, 'timeline' | 'snapshot'> = { timeline: null, snapshot: null };

  constructor(
    transport: Transport,
    reference: JobReference,
    listeners: Listeners,
    signal: AbortSignal,
    { pace = DEFAULT_PACE, throttle = THROTTLE_MILLISECONDS, jobs }: WatchJobOptions,
  ) {
    this.#shared = jobs;
    this.#transport = transport;
    this.#reference = reference;
    this.#called = `Job ${reference.namespace}/${reference.name}`;
    this.#listeners = listeners;
    this.#signal = signal;
    this.#watchOptions = { signal: this.#inner.signal, pace };
    this.#feed = timelineFeed(throttle, (run) => this.#emit(run));
    this.#contact = contactOf(
      () => transport.now(),
      (observation) => this.#feed.push(observation),
    );
    this.#pods = new JobPods({
      transport,
      namespace: reference.namespace,
      feed: this.#feed,
      contact: this.#contact,
      watch: this.#watchOptions,
      signal,
    });
  }

  async run(): Promise<WatchEnd> {
    const stop = (): void =>
      this.#end({ outcome: 'Stopped', message: l10n.t('Watching {0} was stopped.', this.#called) });
    if (this.#signal.aborted) stop();
    this.#signal.addEventListener('abort', stop, { once: true });
    const ticker = setInterval(() => this.#contact.tick(), TICK_MILLISECONDS);

    const problem = await this.#watchJob();
    this.#end({ outcome: 'Problem', message: problem.message, problem });
    await Promise.all(this.#beside);
    clearInterval(ticker);
    this.#signal.removeEventListener('abort', stop);
    return this.#conclude();
  }

  /** Through the list that others look at, and by itself where there is none or it came to nothing. */
  async #watchJob(): Promise<ClusterProblem> {
    const { namespace, name } = this.#reference;
    const observer = this.#observer<ObservedJob>('job', (change, how) => this.#takeJobChange(change, how));
    const { signal } = this.#inner;
    const shared =
      this.#shared && (await watchSharedJob(this.#transport, this.#shared, this.#reference, observer, signal));
    if (shared != null) return shared;
    return watchCollection(this.#transport, jobSource(this.#transport, namespace, name), observer, this.#watchOptions);
  }

  /** The first ending counts. */
  #end(ending: Ending): void {
    this.#ending ??= ending;
    this.#inner.abort();
  }

  async #conclude(): Promise<WatchEnd> {
    let ending = this.#ending ?? { outcome: 'Stopped', message: '' };
    if (ending.outcome === 'Deleted') {
      ending = await this.#lookForSuccessor(ending);
      this.#feed.push({ kind: 'jobGone', message: ending.message, at: this.#transport.now(), live: true });
    }
    if (!this.#signal.aborted) this.#feed.flush();
    this.#feed.close();
    return { problem: null, recreated: null, ...this.#latest, ...ending };
  }

  #observer<T extends ObservedJob | Pod>(stream: Stream, change: WatchObserver<T>['change']): WatchObserver<T> {
    return {
      change,
      contact: () => this.#contact.heard(stream),
      problem: (problem) => {
        this.#contact.lost(stream, problem);
        this.#listeners.onProblem(problem);
      },
    };
  }

  #emit(run: ObservedRun): void {
    const timeline = observedTimeline(run);
    if (timeline === null || run.job === null || this.#signal.aborted) return;
    const snapshot: JobSnapshot = {
      job: run.job,
      pods: this.#pods.pods,
      events: [...this.#events.objects.values()],
      workloads: [...this.#workloads.objects.values()],
      now: this.#transport.now(),
    };
    this.#latest = { timeline, snapshot };
    this.#listeners.onTimeline(timeline, snapshot);
  }

  #takeJobChange(change: StoreChange<ObservedJob>, how: 'listed' | 'seen'): void {
    if (change.kind === 'upsert') {
      this.#takeJob(change.object, how === 'seen' && this.#contact.isLive('job'));
    } else if (change.kind === 'remove') {
      if (change.object.metadata.uid === this.#job?.metadata.uid) this.#end(gone(this.#called, null));
    } else {
      const found = change.objects[0];
      if (found !== undefined) this.#takeJob(found, false);
      else if (this.#job !== null) this.#end(gone(this.#called, null));
      else this.#end({ outcome: 'NotFound', message: l10n.t('There is no {0} in this cluster.', this.#called) });
    }
  }

  #takeJob(job: ObservedJob, live: boolean): void {
    if (this.#job !== null && this.#job.metadata.uid !== job.metadata.uid) {
      this.#end(gone(this.#called, job.metadata.uid));
      return;
    }
    const isFirst = this.#job === null;
    this.#job = job;
    this.#feed.push({ kind: 'job', job, at: this.#transport.now(), live });
    if (isFirst) this.#beside.push(this.#watchPods(job), this.#watchEvents(job));
    if (!this.#asksQueue && isQueued(job)) this.#beside.push(this.#watchQueue(job));
    const condition = job.status?.conditions?.find(
      ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
    );
    if (condition !== undefined) this.#end(ended(this.#called, condition));
  }

  async #watchPods(job: ObservedJob): Promise<void> {
    const problem = await this.#pods.run(
      job,
      (change) => this.#observer('pods', change),
      () => this.#hasEnded,
    );
    if (problem !== null) this.#listeners.onProblem(problem);
  }

  /** True once the Job ended by itself. */
  get #hasEnded(): boolean {
    return this.#ending?.outcome === 'Complete' || this.#ending?.outcome === 'Failed';
  }

  /** Events are a courtesy of the cluster: who may not see them, or loses them for a while, is told nothing. */
  async #watchEvents(job: ObservedJob): Promise<void> {
    const source = eventSource(this.#reference.namespace, job.metadata.uid);
    const change = (taken: StoreChange<ClusterEvent>): void => {
      this.#events.apply(taken);
      const objects = taken.kind === 'replace' ? taken.objects : taken.kind === 'upsert' ? [taken.object] : [];
      for (const event of objects) this.#feed.push({ kind: 'event', event, at: this.#transport.now() });
    };
    const nothing = (): void => undefined;
    const observer = { change, contact: nothing, problem: nothing };
    await watchCollection(this.#transport, source, observer, this.#watchOptions);
    if (!this.#hasEnded) return;
    // The event of the end is written after the end; one look for it is enough, since events are lossy anyway.
    await pause(LAST_EVENT_SECONDS, this.#signal);
    const { collection, read } = source;
    const listed = await listObjects(this.#transport, collection, read, { signal: this.#signal });
    if (listed.ok) change({ kind: 'replace', objects: listed.value.items });
  }

  /** What Kueue says of a Job that its queue holds back; from then on, since it may be held back again. */
  #watchQueue(job: ObservedJob): Promise<void> {
    this.#asksQueue = true;
    const take = (change: StoreChange<Workload>): void => {
      this.#workloads.apply(change);
      this.#feed.touch();
    };
    return watchWorkloads(this.#transport, job, this.#reference.namespace, take, this.#watchOptions);
  }

  /** Whether another Job took the name in the meantime. */
  async #lookForSuccessor(deleted: Ending): Promise<Ending> {
    if (deleted.recreated != null || this.#signal.aborted) return deleted;
    const { namespace, name } = this.#reference;
    const { collection, read } = jobSource(this.#transport, namespace, name);
    const found = await listObjects(this.#transport, collection, read, { signal: this.#signal });
    const other = found.ok ? found.value.items[0]?.metadata.uid : undefined;
    return other === undefined || other === this.#job?.metadata.uid ? deleted : gone(this.#called, other);
  }
}
