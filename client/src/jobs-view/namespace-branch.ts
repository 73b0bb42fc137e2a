import * as l10n from '@vscode/l10n';
import { jobState, type JobState } from '../../../server/core/timeline/job-state.ts';
import type { ClusterJobs, CollectionState, NamespaceJobs } from '../../cluster/cluster.ts';
import { messageNode, type Changeable } from './changeable.ts';
import { JobBranch } from './job-branch.ts';
import { isFiltering, sayFilter, type JobFilter } from './job-filter.ts';
import { groupJobs, type CronJobGroup, type JobGroups } from './job-groups.ts';
import type { CronJobNode, JobNode, ListedJobNode, MessageNode, NamespaceNode } from './job-node.ts';
import { JOBS_COMMANDS, textOf } from './jobs-host.ts';
import type { Row } from './row.ts';

/** A namespace of the tree. */
export class NamespaceBranch {
  readonly node: NamespaceNode;
  readonly jobs: NamespaceJobs;
  readonly #cluster: ClusterJobs;
  readonly #jobs = new Map<string, JobBranch>();
  readonly #cronJobs = new Map<string, Changeable<CronJobNode>>();
  /** Groups of the moment; null when something has changed since. */
  #groups: JobGroups | null = null;
  #filter: JobFilter | null = null;
  #away: (() => void) | null = null;

  constructor(node: NamespaceNode, cluster: ClusterJobs) {
    this.node = node;
    this.#cluster = cluster;
    this.jobs = cluster.namespace(node.namespace);
  }

  /** Looks at its Jobs, or looks away. */
  look(wanted: boolean, onChange: () => void): void {
    if (wanted && this.#away === null) {
      this.#groups = null;
      this.#away = this.jobs.look(() => {
        this.#groups = null;
        onChange();
      });
    } else if (!wanted && this.#away !== null) {
      this.#away();
      this.#away = null;
    }
  }

  /** Looks at the pods of the Jobs whose rows are wanted, and away from the others. */
  lookAtPods(wanted: (node: ListedJobNode) => boolean, onChange: () => void): void {
    for (const branch of this.#jobs.values()) branch.look(wanted(branch.node), onChange);
  }

  /** Looks away from everything, and forgets it. */
  close(): void {
    this.look(false, () => undefined);
    for (const branch of this.#jobs.values()) branch.look(false, () => undefined);
    this.#jobs.clear();
  }

  get looked(): boolean {
    return this.#away !== null;
  }

  groups(filter: JobFilter): JobGroups {
    if (this.#groups === null || this.#filter !== filter) {
      this.#groups = groupJobs(this.jobs.allJobs(), this.jobs.cronJobs.objects.values(), filter);
      this.#filter = filter;
    }
    return this.#groups;
  }

  children(filter: JobFilter): JobNode[] {
    const groups = this.groups(filter);
    this.#forget();
    return [
      ...this.#limits(),
      ...groups.cronJobs.map((group) => this.#cronJobNode(group)),
      ...groups.alone.map((job) => this.jobBranch(job).node),
      ...this.#instead(groups, filter),
    ];
  }

  group(node: CronJobNode, filter: JobFilter): CronJobGroup | undefined {
    return this.groups(filter).cronJobs.find(({ uid }) => this.#cronJobs.get(uid) === node);
  }

  jobsOf(node: CronJobNode, filter: JobFilter): JobNode[] {
    const jobs = this.group(node, filter)?.jobs ?? [];
    if (jobs.length === 0) return [messageNode('none', { text: l10n.t('None of its Jobs is left.'), icon: 'info' })];
    return jobs.map((job) => this.jobBranch(job).node);
  }

  jobBranch(job: ListedJobNode['object']): JobBranch {
    const { context, namespace } = this.node;
    const { uid, name } = job.metadata;
    const known = this.#jobs.get(uid);
    if (known === undefined) {
      const branch = new JobBranch({ kind: 'job', context, namespace, name, object: job }, this.#cluster);
      this.#jobs.set(uid, branch);
      return branch;
    }
    known.node.object = job;
    return known;
  }

  /** The branch of a node that was shown; undefined once its Job is gone. */
  branchOf({ object }: ListedJobNode): JobBranch | undefined {
    return this.#jobs.get(object.metadata.uid);
  }

  row(filter: JobFilter): Row {
    const { namespace } = this.node;
    const { state } = this.jobs.jobs;
    const { shown, all } = this.groups(filter);
    const states = new Map<JobState, number>();
    for (const job of this.jobs.allJobs()) states.set(jobState(job), (states.get(jobState(job)) ?? 0) + 1);
    const count = isFiltering(filter)
      ? l10n.t('{0} of {1} Jobs', shown, all)
      : all === 1
        ? l10n.t('1 Job')
        : `${all} Jobs`;
    const counts = [
      ...(state.kind === 'idle' && all === 0 ? [] : [count]),
      // A filter says itself which states are meant.
      ...(['Running', 'Failed'] as const).flatMap((word) =>
        states.has(word) && !isFiltering(filter) ? [`${states.get(word) ?? 0} ${word.toLowerCase()}`] : [],
      ),
    ];
    const limited = sayState(state);
    return {
      label: namespace,
      description: [...(state.kind === 'refused' ? [] : counts), ...(limited === '' ? [] : [limited])].join(' · '),
      icon: { name: state.kind === 'interrupted' ? 'debug-disconnect' : 'symbol-namespace' },
      tooltip: [
        `Namespace ${namespace} on ${this.node.context}`,
        ...[...states].map(([word, number]) => `${word}: ${number}`),
        ...('problem' in state ? [textOf(state.problem)] : []),
      ],
    };
  }

  /** What keeps the list from being whole, above it. */
  #limits(): MessageNode[] {
    const { jobs, cronJobs } = this.jobs;
    const messages: MessageNode[] = [];
    if (jobs.state.kind === 'interrupted')
      messages.push(
        messageNode('interrupted', {
          text: jobs.state.problem.message,
          detail: l10n.t('{0} It is tried again by itself; what is shown is as last seen.', textOf(jobs.state.problem)),
          icon: 'debug-disconnect',
          command: { id: JOBS_COMMANDS.retry, argument: this.node },
        }),
      );
    if (jobs.state.kind === 'refused') messages.push(...this.#refused(jobs.state.problem));
    else if (cronJobs.state.kind === 'refused')
      messages.push(
        messageNode('cronjobs', {
          text: cronJobs.state.problem.message,
          detail: l10n.t(
            '{0} Jobs are shown below the CronJobs that they name as their owners.',
            textOf(cronJobs.state.problem),
          ),
          icon: 'lock',
        }),
      );
    return messages;
  }

  #refused(problem: Parameters<typeof textOf>[0]): MessageNode[] {
    if (problem.kind !== 'forbidden')
      return [
        messageNode('refused', {
          text: problem.message,
          detail: l10n.t('{0} Click to try again.', textOf(problem)),
          icon: 'error',
          command: { id: JOBS_COMMANDS.retry, argument: this.node },
        }),
      ];
    const missing = [...this.jobs.named]
      .filter(([, { objects, state }]) => objects.size === 0 && state.kind !== 'loading' && state.kind !== 'idle')
      .map(([name, { state }]) =>
        messageNode(`named ${name}`, {
          text:
            'problem' in state && state.kind !== 'polled'
              ? `${name}: ${state.problem.message}`
              : l10n.t('There is no Job {0}.', name),
          icon: 'warning',
        }),
      );
    return [
      messageNode('forbidden', { text: problem.message, detail: textOf(problem), icon: 'lock' }),
      messageNode('by name', {
        text: l10n.t('Show a Job by its name…'),
        detail: l10n.t('Who may only get Jobs can see those whose names they know.'),
        icon: 'search',
        command: { id: JOBS_COMMANDS.addJob, argument: this.node },
      }),
      ...missing,
    ];
  }

  /** What is said where no Job is shown. */
  #instead({ shown, all, cronJobs }: JobGroups, filter: JobFilter): MessageNode[] {
    const { state } = this.jobs.jobs;
    if (shown > 0) return [];
    if (state.kind === 'loading' || state.kind === 'idle')
      return [messageNode('loading', { text: l10n.t('Asking for its Jobs …'), icon: 'loading~spin' })];
    if (state.kind === 'refused' || state.kind === 'interrupted') return [];
    if (all > 0)
      return [
        messageNode('filtered', {
          text: l10n.t('None of {0} Jobs is {1}: show all', all, sayFilter(filter)),
          icon: 'filter',
          command: { id: JOBS_COMMANDS.clearFilter },
        }),
      ];
    return cronJobs.length > 0
      ? []
      : [messageNode('empty', { text: l10n.t('There are no Jobs in this namespace.'), icon: 'info' })];
  }

  #cronJobNode({ uid, name, cronJob }: CronJobGroup): CronJobNode {
    const { context, namespace } = this.node;
    const known = this.#cronJobs.get(uid);
    if (known === undefined) {
      const node: CronJobNode = { kind: 'cronjob', context, namespace, name, object: cronJob };
      this.#cronJobs.set(uid, node);
      return node;
    }
    known.object = cronJob;
    return known;
  }

  /** Lets go of the branches of Jobs that are gone. */
  #forget(): void {
    const there = new Set(this.jobs.allJobs().map(({ metadata }) => metadata.uid));
    for (const [uid, branch] of this.#jobs) {
      if (there.has(uid)) continue;
      branch.look(false, () => undefined);
      this.#jobs.delete(uid);
    }
  }
}

function sayState(state: CollectionState): string {
  switch (state.kind) {
    case 'loading':
      return l10n.t('listing …');
    case 'polled':
      return l10n.t('asked every {0} s', state.problem.retryIn ?? '?');
    case 'interrupted':
      return 'connection interrupted';
    case 'idle':
    case 'current':
    case 'refused':
      return '';
  }
}
