import * as l10n from '@vscode/l10n';
import { defaultJob } from '../../../server/core/kubernetes/defaults.ts';
import type { Job, JobSpec } from '../../../server/core/kubernetes/generated/types.ts';
import type { JobStatus, Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatCount, formatDuration, plural } from './duration.ts';
import { readIndexList } from './index-list.ts';
import { statusAt, targetAt } from './status-at.ts';

/** A station of a Job's way from its creation to its end. */
export interface LifecycleNode {
  readonly id: LifecycleId;
  readonly label: string;
  /** Its numbers at the playhead. */
  readonly count: string;
  /** Path of the field that decides here; null where none does. */
  readonly field: string | null;
  /** Why it is there, in one sentence. */
  readonly text: string;
  /** 0-based place in the graph. */
  readonly column: number;
  readonly row: number;
  readonly tone: 'plain' | 'question' | 'succeeded' | 'failed' | 'waiting';
  /** The Job is here at the playhead. */
  readonly lit: boolean;
}

export type LifecycleId =
  | 'created'
  | 'suspended'
  | 'pods'
  | 'backoff'
  | 'succeeded'
  | 'failed'
  | 'policy'
  | 'target'
  | 'limit'
  | 'deadline'
  | 'Complete'
  | 'Failed';

export interface LifecycleEdge {
  readonly from: LifecycleId;
  readonly to: LifecycleId;
  readonly label: string;
  /** Leads back to earlier stations. */
  readonly back: boolean;
}

export interface Lifecycle {
  readonly nodes: readonly LifecycleNode[];
  readonly edges: readonly LifecycleEdge[];
}

/**
 * The way of this very Job, as far as it uses suspension, policies and deadlines, with what counts at `t` seconds. Of a
 * Job whose manifest is not known (`job` null) the limits are not either, and are left out of the words.
 */
export function lifecycleOf(timeline: Timeline, job: Job | null, t: number): Lifecycle {
  const facts = factsAt(timeline, job === null ? null : (defaultJob(job).spec ?? {}), t);
  const stations = STATIONS.filter(({ when }) => when(facts));
  const here = new Set(stations.map(({ id }) => id));
  return {
    nodes: stations.map(({ id, label, column, row, tone, field, count, text, lit }) => ({
      id,
      column,
      row,
      tone,
      label: label(facts),
      count: count(facts),
      field: facts.spec === null ? null : (field?.(facts.spec) ?? null),
      text: text(facts),
      lit: lit(facts),
    })),
    edges: EDGES.filter(
      ({ from, to, unless }) => here.has(from) && here.has(to) && (unless === undefined || !here.has(unless)),
    ).map(({ from, to, label, back }) => ({
      from,
      to,
      back,
      label: typeof label === 'string' ? label : label(facts),
    })),
  };
}

/** One line for those who cannot see the graph. */
export function describeLifecycle({ nodes }: Lifecycle): string {
  const lit = nodes
    .filter((node) => node.lit)
    .map(({ label, count }) => (count === '' ? label : `${label} (${count})`));
  return lit.length === 0
    ? l10n.t('The Job is at no station at this moment.')
    : l10n.t('The Job is at: {0}.', lit.join('; '));
}

/** The cursor stands in this thing's field, or in one inside it. */
export function isMeant({ field }: { readonly field: string | null }, cursor: string | null): boolean {
  if (field === null || cursor === null) return false;
  return cursor === field || cursor.startsWith(`${field}.`) || cursor.startsWith(`${field}[`);
}

interface Facts {
  readonly timeline: Timeline;
  /** With defaults; null where the manifest is not known. */
  readonly spec: JobSpec | null;
  readonly status: JobStatus;
  /** Pods that were created so far. */
  readonly made: number;
  readonly parallelism: number;
  readonly completions: number | null;
  readonly suspended: boolean;
  readonly everSuspended: boolean;
  /** End of the wait that holds pods back now; null when none does. */
  readonly waitsUntil: number | null;
  readonly conditions: ReadonlySet<string>;
}

const NOTHING: JobStatus = { active: 0, succeeded: 0, failed: 0, started: false };

function factsAt(timeline: Timeline, spec: JobSpec | null, t: number): Facts {
  const status = statusAt(timeline, t);
  const target = targetAt(timeline, t);
  return {
    timeline,
    spec,
    status: status === null || status === 'deleted' ? NOTHING : status,
    made: timeline.pods.reduce((sum, { created }) => sum + (created <= t ? 1 : 0), 0),
    parallelism: target?.parallelism ?? 1,
    completions: target?.completions ?? null,
    suspended: target?.suspend === true,
    everSuspended: timeline.targets.some(({ suspend }) => suspend),
    waitsUntil: timeline.waits.find(({ from, until }) => from <= t && t < until)?.until ?? null,
    conditions: new Set(
      status === null || status === 'deleted'
        ? []
        : (status.conditions ?? []).filter((each) => each.includes('=True')).map((each) => each.split('=')[0]!),
    ),
  };
}

const ended = ({ conditions }: Facts): boolean => conditions.has('Complete') || conditions.has('Failed');
const isPerIndex = (spec: JobSpec | null): boolean => spec?.backoffLimitPerIndex !== undefined;

interface Station {
  readonly id: LifecycleId;
  readonly column: number;
  readonly row: number;
  readonly tone: LifecycleNode['tone'];
  readonly when: (facts: Facts) => boolean;
  readonly label: (facts: Facts) => string;
  readonly count: (facts: Facts) => string;
  readonly field?: (spec: JobSpec) => string | null;
  readonly text: (facts: Facts) => string;
  readonly lit: (facts: Facts) => boolean;
}

const always = (): boolean => true;

const STATIONS: readonly Station[] = [
  {
    id: 'created',
    column: 0,
    row: 0,
    tone: 'plain',
    when: always,
    label: () => l10n.t('Created'),
    count: () => '',
    text: () => l10n.t('The API server has accepted the Job.'),
    lit: ({ status, suspended }) => !status.started && !suspended && status.active === 0 && status.succeeded === 0,
  },
  {
    id: 'suspended',
    column: 0,
    row: 1,
    tone: 'waiting',
    when: ({ everSuspended }) => everSuspended,
    label: () => 'Suspended',
    count: () => '',
    field: () => 'spec.suspend',
    text: () => l10n.t('While it is suspended no pod runs; those that ran are deleted, and do not count as failed.'),
    lit: (facts) => facts.suspended && !ended(facts),
  },
  {
    id: 'pods',
    column: 1,
    row: 0,
    tone: 'plain',
    when: always,
    label: ({ parallelism }) => l10n.t('Pods, up to {0}', formatCount(parallelism)),
    count: ({ status }) =>
      `${formatCount(status.active)} active${(status.terminating ?? 0) > 0 ? `, ${formatCount(status.terminating!)} ending` : ''}`,
    field: () => 'spec.parallelism',
    text: ({ completions }) =>
      completions === null
        ? l10n.t('A work queue: so many pods at a time until the first one succeeds, then no new ones.')
        : l10n.t('So many pods at a time, and never more than completions are missing.'),
    lit: ({ status }) => status.active > 0,
  },
  {
    id: 'backoff',
    column: 1,
    row: 1,
    tone: 'waiting',
    when: ({ timeline }) => timeline.waits.length > 0,
    label: () => l10n.t('Waits to retry'),
    count: ({ waitsUntil }) => (waitsUntil === null ? '' : `until ${formatDuration(waitsUntil)}`),
    field: (spec) => (isPerIndex(spec) ? 'spec.backoffLimitPerIndex' : 'spec.backoffLimit'),
    text: () => l10n.t('After failures new pods wait 10 s, then twice as long each time, at most 10 min.'),
    lit: ({ waitsUntil }) => waitsUntil !== null,
  },
  {
    id: 'succeeded',
    column: 2,
    row: 0,
    tone: 'succeeded',
    when: always,
    label: () => l10n.t('Pod succeeded'),
    count: ({ status }) => formatCount(status.succeeded),
    text: () => l10n.t('All containers of the pod have ended with exit code 0.'),
    lit: () => false,
  },
  {
    id: 'failed',
    column: 2,
    row: 1,
    tone: 'failed',
    when: always,
    label: () => l10n.t('Pod failed'),
    count: ({ status }) => formatCount(status.failed),
    text: () => l10n.t('A container has ended with another exit code, or the pod was taken away.'),
    lit: () => false,
  },
  {
    id: 'policy',
    column: 2,
    row: 2,
    tone: 'question',
    when: ({ spec }) => (spec?.podFailurePolicy?.rules?.length ?? 0) > 0,
    label: () => l10n.t('Failure policy?'),
    count: ({ spec }) => {
      const rules = spec?.podFailurePolicy?.rules?.length ?? 0;
      return `${rules} ${rules === 1 ? 'rule' : 'rules'}`;
    },
    field: () => 'spec.podFailurePolicy.rules',
    text: () =>
      l10n.t('The first rule that matches decides: count the failure, ignore it, fail the index or the whole Job.'),
    lit: () => false,
  },
  {
    id: 'target',
    column: 3,
    row: 0,
    tone: 'question',
    when: always,
    label: ({ spec }) => (spec?.successPolicy === undefined ? l10n.t('All succeeded?') : l10n.t('Success policy met?')),
    count: ({ status, completions }) =>
      completions === null ? 'one is enough' : `${formatCount(status.succeeded)} of ${formatCount(completions)}`,
    field: (spec) => (spec.successPolicy === undefined ? 'spec.completions' : 'spec.successPolicy.rules'),
    text: ({ completions }) =>
      completions === null
        ? l10n.t('Without completions the Job is complete once one pod has succeeded and no other is active.')
        : l10n.t('The Job is complete once so many pods have succeeded, or earlier where its success policy says so.'),
    lit: ({ conditions }) => conditions.has('SuccessCriteriaMet') && !conditions.has('Complete'),
  },
  {
    id: 'limit',
    column: 3,
    row: 1,
    tone: 'question',
    when: always,
    label: () => l10n.t('Limit exceeded?'),
    count: limitCount,
    field: (spec) =>
      isPerIndex(spec)
        ? spec.maxFailedIndexes === undefined
          ? 'spec.backoffLimitPerIndex'
          : 'spec.maxFailedIndexes'
        : 'spec.backoffLimit',
    text: ({ spec }) =>
      isPerIndex(spec)
        ? l10n.t('Each index has retries of its own; an index without any left has failed.')
        : l10n.t('One failure more than backoffLimit, counted over all pods, fails the Job.'),
    lit: ({ conditions }) => conditions.has('FailureTarget') && !conditions.has('Failed'),
  },
  {
    id: 'deadline',
    column: 3,
    row: 2,
    tone: 'question',
    when: ({ spec }) => spec?.activeDeadlineSeconds !== undefined,
    label: () => l10n.t('Deadline over?'),
    count: ({ spec }) => formatDuration(spec?.activeDeadlineSeconds ?? 0),
    field: () => 'spec.activeDeadlineSeconds',
    text: () => l10n.t('The time since the Job started, whatever its pods do; suspending stops the clock.'),
    lit: () => false,
  },
  {
    id: 'Complete',
    column: 4,
    row: 0,
    tone: 'succeeded',
    when: always,
    label: () => 'Complete',
    count: ({ conditions, timeline }) => (conditions.has('Complete') ? (timeline.end?.reason ?? '') : ''),
    text: () => l10n.t('Nothing runs any more, and nothing will.'),
    lit: ({ conditions }) => conditions.has('Complete'),
  },
  {
    id: 'Failed',
    column: 4,
    row: 1,
    tone: 'failed',
    when: always,
    label: () => 'Failed',
    count: ({ conditions, timeline }) => (conditions.has('Failed') ? (timeline.end?.reason ?? '') : ''),
    text: () => l10n.t('What still ran was deleted, and nothing will run any more.'),
    lit: ({ conditions }) => conditions.has('Failed'),
  },
];

function limitCount({ spec, status, completions }: Facts): string {
  if (spec === null) return l10n.t('{0} failed', formatCount(status.failed));
  if (spec.backoffLimitPerIndex === undefined)
    return l10n.t('{0} of {1}', formatCount(status.failed), formatCount(spec.backoffLimit ?? 6));
  const failed = readIndexList(status.failedIndexes, completions ?? 0).size;
  return spec.maxFailedIndexes === undefined
    ? plural(failed, l10n.t('{0} index failed'), l10n.t('{0} indexes failed'))
    : l10n.t('{0} of {1} indexes', formatCount(failed), formatCount(spec.maxFailedIndexes));
}

/** How many went this way so far; nothing while none did. */
const gone = (count: number): string => (count === 0 ? '' : formatCount(count));

interface EdgeOfTable extends Omit<LifecycleEdge, 'label'> {
  readonly label: string | ((facts: Facts) => string);
  readonly unless?: LifecycleId;
}

const EDGES: readonly EdgeOfTable[] = [
  { from: 'created', to: 'pods', label: ({ made }) => gone(made), back: false },
  { from: 'created', to: 'suspended', label: '', back: false },
  { from: 'suspended', to: 'pods', label: l10n.t('resumed'), back: false },
  { from: 'pods', to: 'succeeded', label: ({ status }) => gone(status.succeeded), back: false },
  { from: 'pods', to: 'failed', label: ({ status }) => gone(status.failed), back: false },
  { from: 'succeeded', to: 'target', label: '', back: false },
  { from: 'failed', to: 'limit', label: '', back: false, unless: 'policy' },
  { from: 'failed', to: 'policy', label: '', back: false },
  { from: 'policy', to: 'limit', label: l10n.t('count'), back: false },
  { from: 'target', to: 'Complete', label: l10n.t('yes'), back: false },
  { from: 'limit', to: 'Failed', label: l10n.t('yes'), back: false },
  { from: 'deadline', to: 'Failed', label: l10n.t('yes'), back: false },
  { from: 'target', to: 'pods', label: l10n.t('not yet: next pod'), back: true },
  { from: 'limit', to: 'backoff', label: l10n.t('no: retry'), back: true },
  { from: 'limit', to: 'pods', label: l10n.t('no: retry'), back: true, unless: 'backoff' },
  { from: 'backoff', to: 'pods', label: '', back: false },
];
