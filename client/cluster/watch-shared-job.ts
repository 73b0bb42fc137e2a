import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { Transport } from './client.ts';
import { getJob } from './job-sources.ts';
import type { StoreChange } from './object-store.ts';
import type { ClusterProblem } from './problem.ts';
import type { SharedCollection } from './shared-collection.ts';
import { ABORTED } from './status.ts';
import type { WatchObserver } from './watch.ts';
import type { JobReference } from './watch-job.ts';

/**
 * Follows one Job through the list of its namespace that views hold, which costs no list and no watch: the Job itself is
 * asked for once, and again when its spec has changed, since the list leaves out most of its template.
 *
 * @param jobs the whole list, not only its first pages
 * @returns `aborted` when the signal did; null when the list is of no use any more: it is refused or let go of, or the
 *   Job itself cannot be had. Then the Job has to be watched by itself.
 */
export function watchSharedJob(
  transport: Transport,
  jobs: SharedCollection<ObservedJob>,
  { namespace, name }: JobReference,
  observer: WatchObserver<ObservedJob>,
  signal: AbortSignal,
): Promise<ClusterProblem | null> {
  return new Promise((resolve) => {
    let over = false;
    /** The Job as it was last asked for, with all that it has. */
    let whole: ObservedJob | null = null;

    const finish = (problem: ClusterProblem | null): void => {
      if (over) return;
      over = true;
      lookAway();
      signal.removeEventListener('abort', stop);
      resolve(problem);
    };
    const stop = (): void => finish(ABORTED);
    /** Asks for the Job; false where it cannot be had. */
    const ask = async (): Promise<boolean> => {
      const got = await getJob(transport, namespace, name, signal);
      if (!got.ok) finish(null);
      else whole = got.value.items[0] ?? null;
      return got.ok && !over;
    };
    const tell = (change: StoreChange<ObservedJob>, how: 'listed' | 'seen'): void => {
      observer.change(change, how);
      observer.contact();
    };
    /** The Job of the list with all that it has; null where it is older than what is known, or cannot be had. */
    const completed = async (listed: ObservedJob): Promise<ObservedJob | null> => {
      if (whole !== null && isOlder(listed, whole)) return null;
      if (!isSameSpec(listed, whole) && !(await ask())) return null;
      return isSameSpec(listed, whole) ? withTemplate(listed, whole) : whole;
    };
    const take = async (change: StoreChange<ObservedJob>): Promise<void> => {
      if (change.kind === 'remove') {
        if (change.object.metadata.name === name) tell(change, 'seen');
        return;
      }
      const isIt = ({ metadata }: ObservedJob): boolean => metadata.name === name;
      const listed = change.kind === 'replace' ? change.objects.find(isIt) : change.object;
      if (listed === undefined) tell({ kind: 'replace', objects: [] }, 'listed');
      else if (isIt(listed)) {
        const job = await completed(listed);
        if (job !== null && change.kind === 'replace') tell({ kind: 'replace', objects: [job] }, 'listed');
        else if (job !== null) tell({ kind: 'upsert', object: job }, 'seen');
      }
    };
    const takeState = ({ state }: Pick<typeof jobs, 'state'>): void => {
      if (state.kind === 'refused') finish(null);
      else if (state.kind === 'interrupted' || state.kind === 'polled') observer.problem(state.problem);
      else if (state.kind === 'current') observer.contact();
    };

    // What is heard while the Job is asked for waits, so that all is told in order.
    let queue: Promise<unknown> = Promise.resolve();
    const later = (act: () => unknown): void => {
      queue = queue.then(() => (over ? undefined : act()));
    };
    const lookAway = jobs.look((change) => {
      const { state } = jobs;
      later(() => (change === null ? takeState({ state }) : take(change)));
    });
    signal.addEventListener('abort', stop, { once: true });
    later(async () => {
      if (await ask()) tell({ kind: 'replace', objects: whole === null ? [] : [whole] }, 'listed');
      if (!over) takeState(jobs);
    });
    if (signal.aborted) stop();
  });
}

/** Whether the template of one is that of the other: what changes a spec counts its generation up. */
function isSameSpec(listed: ObservedJob, whole: ObservedJob | null): whole is ObservedJob {
  return (
    whole !== null &&
    listed.metadata.uid === whole.metadata.uid &&
    listed.metadata.generation === whole.metadata.generation
  );
}

/** Resource versions of one resource are numbers that grow. */
function isOlder({ metadata }: ObservedJob, than: ObservedJob): boolean {
  return Number(metadata.resourceVersion) < Number(than.metadata.resourceVersion);
}

function withTemplate(listed: ObservedJob, { spec }: ObservedJob): ObservedJob {
  return spec === undefined ? listed : { ...listed, spec: { ...listed.spec, template: spec.template } };
}
