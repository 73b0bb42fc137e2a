import * as l10n from '@vscode/l10n';
import { indexesOf, parseIndexList } from '../../../server/core/kubernetes/index-list.ts';
import { jobState } from '../../../server/core/timeline/job-state.ts';
import type { Diagnosis } from '../../../server/core/diagnosis/diagnosis.ts';
import type { Pod } from '../../../server/core/timeline/observed-objects.ts';
import { completionIndex } from '../../../server/core/timeline/observed-pod.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import type { ClusterJobs, JobPods } from '../../cluster/cluster.ts';
import type { IndexNode, JobNode, ListedJobNode, PodNode } from './job-node.ts';
import { JOBS_COMMANDS, textOf } from './jobs-host.ts';
import { reasonsOf } from './job-row.ts';
import { messageNode, type Changeable } from './changeable.ts';

/** How many reasons stand above the pods. */
const MOST_REASONS = 2;
/** For so long a diagnosis holds where nothing is heard, in milliseconds. */
const FRESH = 1_000;
const NOTHING_KNOWN = { pods: [], events: [] };

/** A Job of the tree, and what is below it. */
export class JobBranch {
  readonly node: Changeable<ListedJobNode>;
  readonly #cluster: ClusterJobs;
  readonly #pods = new Map<string, Changeable<PodNode>>();
  readonly #indexes = new Map<number, Changeable<IndexNode>>();
  #looked: { readonly pods: JobPods; readonly away: () => void } | null = null;
  /** The last diagnosis: thousands of pods take their time, and several rows ask at one moment. */
  #reasons: { readonly job: ObservedJob; readonly at: number; readonly found: readonly Diagnosis[] } | null = null;

  constructor(node: ListedJobNode, cluster: ClusterJobs) {
    this.node = node;
    this.#cluster = cluster;
  }

  /** Looks at its pods, or looks away. */
  look(wanted: boolean, onChange: () => void): void {
    if (wanted && this.#looked === null) {
      const pods = this.#cluster.podsOf(this.node.object);
      const away = pods.look(() => {
        this.#reasons = null;
        onChange();
      });
      this.#looked = { pods, away };
    } else if (!wanted && this.#looked !== null) {
      this.#looked.away();
      this.#looked = null;
      this.#reasons = null;
      this.#pods.clear();
      this.#indexes.clear();
    }
  }

  /** Why it is where it is, as far as the view knows. */
  reasons(now: number): readonly Diagnosis[] {
    const job = this.node.object;
    const before = this.#reasons;
    if (before !== null && before.job === job && Math.abs(now - before.at) < FRESH) return before.found;
    const pods = this.#looked?.pods;
    const known = pods === undefined ? NOTHING_KNOWN : { pods: pods.pods(), events: pods.events() };
    const found = reasonsOf(job, known, now);
    this.#reasons = { job, at: now, found };
    return found;
  }

  /** Reasons, then its indexes or pods. */
  children(now: number): JobNode[] {
    const { object } = this.node;
    const pods = [...(this.#looked?.pods.pods() ?? [])].sort(youngestFirst);
    const telling = this.reasons(now).filter(
      ({ severity, rule }) => severity !== 'information' || rule === 'why/backoff-wait' || rule === 'why/suspended',
    );
    const reasons = telling.slice(0, MOST_REASONS).map(({ rule, severity, summary, suggestion }, place) =>
      messageNode(`why ${place} ${rule}`, {
        text: summary,
        icon: severity === 'information' ? 'info' : severity,
        ...(suggestion === undefined ? {} : { detail: suggestion }),
        command: { id: JOBS_COMMANDS.open, argument: this.node },
      }),
    );
    const below =
      object.spec?.completionMode === 'Indexed' ? this.#byIndex(pods) : pods.map((pod) => this.#podNode(pod));
    this.#forget(pods);
    return [...reasons, ...below, ...this.#instead(below.length)];
  }

  /** Pods of an index. */
  podsOf({ pods }: IndexNode): JobNode[] {
    return pods.map((pod) => this.#podNode(pod));
  }

  /** What is said where pods are missing. */
  #instead(shown: number): JobNode[] {
    const state = this.#looked?.pods.state ?? { kind: 'idle' };
    switch (state.kind) {
      case 'refused':
      case 'interrupted':
        return [
          messageNode('pods', {
            text: state.problem.message,
            detail: textOf(state.problem),
            icon: state.kind === 'refused' ? 'lock' : 'debug-disconnect',
          }),
        ];
      case 'idle':
      case 'loading':
        return shown === 0
          ? [messageNode('pods', { text: l10n.t('Asking for its pods …'), icon: 'loading~spin' })]
          : [];
      case 'current':
      case 'polled': {
        if (shown > 0) return [];
        const ended = ['Complete', 'Failed'].includes(jobState(this.node.object));
        return [
          messageNode('pods', {
            text: ended ? l10n.t('Its pods are gone.') : l10n.t('It has no pods now.'),
            icon: 'info',
            ...(ended ? { detail: l10n.t('A Job’s pods go with it, or earlier: the cluster deletes old ones.') } : {}),
          }),
        ];
      }
    }
  }

  #byIndex(pods: readonly Pod[]): IndexNode[] {
    const { status } = this.node.object;
    const completed = new Set(indexesIn(status?.completedIndexes, this.node.object));
    const failed = new Set(indexesIn(status?.failedIndexes, this.node.object));
    const byIndex = new Map<number, Pod[]>([...failed].map((index) => [index, []]));
    for (const pod of pods) {
      const index = completionIndex(pod);
      if (index === null) continue;
      const group = byIndex.get(index);
      if (group === undefined) byIndex.set(index, [pod]);
      else group.push(pod);
    }
    return [...byIndex]
      .sort(([a], [b]) => a - b)
      .map(([index, group]) =>
        this.#indexNode(index, completed.has(index) ? 'Complete' : failed.has(index) ? 'Failed' : null, group),
      );
  }

  #indexNode(index: number, state: IndexNode['state'], pods: readonly Pod[]): IndexNode {
    const { context, namespace, name, object: job } = this.node;
    const known = this.#indexes.get(index);
    if (known === undefined) {
      const node: IndexNode = { kind: 'index', context, namespace, name, job, index, state, pods };
      this.#indexes.set(index, node);
      return node;
    }
    return Object.assign(known, { job, state, pods });
  }

  #podNode(pod: Pod): PodNode {
    const { context, namespace, name } = this.node;
    const known = this.#pods.get(pod.metadata.uid);
    if (known === undefined) {
      const node: PodNode = { kind: 'pod', context, namespace, name, pod: pod.metadata.name, object: pod };
      this.#pods.set(pod.metadata.uid, node);
      return node;
    }
    known.object = pod;
    return known;
  }

  #forget(pods: readonly Pod[]): void {
    if (this.#pods.size <= pods.length) return;
    const there = new Set(pods.map(({ metadata }) => metadata.uid));
    for (const uid of this.#pods.keys()) if (!there.has(uid)) this.#pods.delete(uid);
  }
}

function indexesIn(list: string | undefined, { spec }: ObservedJob): readonly number[] {
  const read = parseIndexList(list ?? '', spec?.completions ?? Infinity);
  return 'problem' in read ? [] : indexesOf(read);
}

function youngestFirst({ metadata: a }: Pod, { metadata: b }: Pod): number {
  const [older, younger] = [a.creationTimestamp ?? '', b.creationTimestamp ?? ''];
  return younger === older ? (a.name < b.name ? -1 : 1) : younger < older ? -1 : 1;
}
