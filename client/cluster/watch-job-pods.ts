import type { Pod } from '../../server/core/timeline/observed-objects.ts';
import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type { Transport } from './client.ts';
import type { Contact } from './contact.ts';
import { isPodOf, podSource } from './job-sources.ts';
import { listObjects } from './list.ts';
import { objectStore, type StoreChange } from './object-store.ts';
import type { ClusterProblem } from './problem.ts';
import { withSharedParts } from './shared-parts.ts';
import type { TimelineFeed } from './timeline-feed.ts';
import { watchCollection, type WatchObserver, type WatchOptions } from './watch.ts';

/** Where the pods of a watched Job come from and go to. */
export interface JobPodsOptions {
  readonly transport: Transport;
  readonly namespace: string;
  readonly feed: TimelineFeed;
  readonly contact: Contact;
  /** For watching; its signal ends with the Job. */
  readonly watch: WatchOptions;
  /** Ends only when the caller has had enough. */
  readonly signal: AbortSignal;
}

/** The pods of a watched Job: those of its selector that it owns, with what was missed while nobody heard. */
export class JobPods {
  readonly #options: JobPodsOptions;
  readonly #pods = objectStore<Pod>();

  constructor(options: JobPodsOptions) {
    this.#options = options;
  }

  /** As last heard. */
  get pods(): readonly Pod[] {
    return [...this.#pods.objects.values()];
  }

  /**
   * Watches them until the Job has ended, and then looks at them once more.
   *
   * @param observerOf who hears of contact and problems
   * @param hasEnded whether the Job is Complete or Failed
   * @returns why pods cannot be had; null when watching ended as it should
   */
  async run(
    job: ObservedJob,
    observerOf: (change: WatchObserver<Pod>['change']) => WatchObserver<Pod>,
    hasEnded: () => boolean,
  ): Promise<ClusterProblem | null> {
    const { transport, namespace, contact, watch, signal } = this.#options;
    const source = podSource(job, namespace);
    const { uid } = job.metadata;
    const observer = observerOf((change, how) => this.#takeChange(change, how, uid));
    const problem = await watchCollection(transport, source, observer, watch);
    if (problem.kind !== 'aborted') return problem;
    // Job and pods are two streams: the Job's end may be heard before the ends of its pods.
    if (!hasEnded()) return null;
    const listed = await listObjects(transport, source.collection, source.read, { signal });
    if (!listed.ok) return null;
    // The watch stood until now, so however long it was silent, nothing was missed.
    const heard = contact.lastHeard('pods');
    const since = heard === null || contact.isLost('pods') ? heard : transport.now();
    this.#takeAll(listed.value.items, uid, since);
    return null;
  }

  /** Takes a change of the pods in, leaving out those that only look like the Job's. */
  #takeChange(change: StoreChange<Pod>, how: 'listed' | 'seen', jobUid: string): void {
    const { transport, contact, feed } = this.#options;
    const at = transport.now();
    const live = how === 'seen' && contact.isLive('pods');
    if (change.kind === 'replace') {
      this.#takeAll(change.objects, jobUid, contact.lastHeard('pods'));
      return;
    }
    const { uid } = change.object.metadata;
    const before = this.#pods.objects.get(uid);
    const pod = before === undefined ? change.object : withSharedParts(before, change.object);
    const owned = isPodOf(pod, jobUid);
    if (owned) feed.push({ kind: 'pod', pod, at, live });
    if (owned && change.kind === 'upsert') {
      this.#pods.apply({ kind: 'upsert', object: pod });
    } else if (before !== undefined) {
      // A pod that the Job released is as gone for it as one that was deleted.
      this.#pods.apply({ kind: 'remove', object: pod });
      feed.push({ kind: 'podGone', uid, at, live });
    }
  }

  /** @param since when the pods were last known */
  #takeAll(listed: readonly Pod[], jobUid: string, since: number | null): void {
    const { transport, feed } = this.#options;
    const objects = listed.filter((pod) => isPodOf(pod, jobUid));
    feed.push({ kind: 'pods', pods: objects, at: transport.now(), since });
    this.#pods.apply({ kind: 'replace', objects });
    // The first whole picture need not wait as later ones do.
    if (since === null) feed.flush();
  }
}
