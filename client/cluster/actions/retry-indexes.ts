import * as l10n from '@vscode/l10n';
import { defaultJob } from '../../../server/core/kubernetes/defaults.ts';
import { formatIndexList, indexesOf, parseIndexList } from '../../../server/core/kubernetes/index-list.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { plural } from '../plural.ts';
import {
  GENERATED_LABELS,
  kindPath,
  isFinished,
  sayObject,
  without,
  type ActionPlan,
  type ObjectAddress,
  type RawObject,
  type Refusal,
} from './change.ts';
import { freeName, LONGEST_NAME } from './job-name.ts';

/** The note on a pod that says which index it has, as annotation and label. */
const INDEX_NOTE = 'batch.kubernetes.io/job-completion-index';
const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';
/** So many indexes are retried at once: each becomes a Job. */
export const MOST_RETRIED = 200;
/** Fields of an Indexed Job that a Job of one pod lacks, and those that the server makes anew. */
const LEFT_OUT = [
  'selector',
  'manualSelector',
  'suspend',
  'completions',
  'parallelism',
  'completionMode',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
  'successPolicy',
];

export interface FailedIndexes {
  /** Sorted. */
  readonly indexes: readonly number[];
  /** False: the Job failed as a whole, and these are those that did not succeed. */
  readonly final: boolean;
}

/** The indexes that a retry is about; a refusal where there are none. */
export function failedIndexesOf(address: ObjectAddress, job: ObservedJob): FailedIndexes | Refusal {
  const object = sayObject(address);
  const { completionMode, completions = 0 } = defaultJob(job).spec ?? {};
  if (completionMode !== 'Indexed')
    return {
      refusal: l10n.t(
        '{0} is not Indexed: it has no indexes to retry. Create it again under a new name instead.',
        object,
      ),
    };
  const read = (text: string): readonly number[] => {
    const list = parseIndexList(text, Infinity);
    return 'problem' in list || list.total > 1_000_000 ? [] : indexesOf(list);
  };
  const failed = read(job.status?.failedIndexes ?? '');
  if (failed.length > 0) return { indexes: failed, final: true };
  const isFailed = job.status?.conditions?.some(({ type, status }) => type === 'Failed' && status === 'True') ?? false;
  if (!isFailed)
    return {
      refusal: isFinished(job)
        ? l10n.t('{0} is Complete: no index of it failed.', object)
        : l10n.t('{0} has no failed index. While it runs, the Job controller retries by itself.', object),
    };
  const done = new Set(read(job.status?.completedIndexes ?? ''));
  const missing = Array.from({ length: Math.min(completions, 100_000) }, (_, index) => index).filter(
    (index) => !done.has(index),
  );
  return missing.length === 0
    ? { refusal: l10n.t('Every index of {0} succeeded.', object) }
    : { indexes: missing, final: false };
}

/**
 * One Job for each index: which index a pod gets cannot be chosen in an Indexed Job, so each runs the same template once
 * with the index as its pods had it (variable, annotation, label, host name).
 *
 * @param raw the Job as the server sent it
 * @param taken names of Jobs that exist
 */
export function retryJobs(
  { namespace, name }: ObjectAddress,
  raw: RawObject,
  indexes: readonly number[],
  taken: ReadonlySet<string>,
): readonly RawObject[] {
  const spec = (raw['spec'] ?? {}) as RawObject;
  const { labels, annotations } = (raw['metadata'] ?? {}) as Readonly<Record<string, RawObject | undefined>>;
  return indexes.map((index) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: freeName(name, `-retry-${index}`, taken),
      namespace,
      ...withNotes('labels', without(labels, GENERATED_LABELS)),
      ...withNotes('annotations', without(annotations, ['kubectl.kubernetes.io/last-applied-configuration'])),
    },
    spec: {
      ...without(spec, LEFT_OUT),
      backoffLimit: spec['backoffLimitPerIndex'] ?? spec['backoffLimit'] ?? 6,
      ...(spec['podFailurePolicy'] === undefined ? {} : { podFailurePolicy: policyOfOne(spec['podFailurePolicy']) }),
      template: templateOfIndex((spec['template'] ?? {}) as RawObject, name, index),
    },
  }));
}

/** A plan that creates them all. */
export function planRetry(
  address: ObjectAddress,
  job: ObservedJob,
  raw: RawObject,
  taken: ReadonlySet<string>,
): ActionPlan | Refusal {
  const found = failedIndexesOf(address, job);
  if ('refusal' in found) return found;
  const { indexes } = found;
  const list = formatIndexList(indexes);
  if (indexes.length > MOST_RETRIED)
    return {
      refusal: l10n.t(
        '{0} has {1} indexes to retry ({2}): too many to make a Job of each (at most {3}). Create the whole Job again under a new name.',
        sayObject(address),
        indexes.length,
        list.length > 60 ? `${list.slice(0, 60)}…` : list,
        MOST_RETRIED,
      ),
    };
  const jobs = retryJobs(address, raw, indexes, taken);
  const path = kindPath('Job', address.namespace);
  const many = indexes.length > 1;
  return {
    title: many
      ? l10n.t('Retry indexes {0} of {1}', list, sayObject(address))
      : l10n.t('Retry index {0} of {1}', list, sayObject(address)),
    detail: differences(address, job, found),
    button: many ? l10n.t('Create {0} Jobs', indexes.length) : l10n.t('Create the Job'),
    changes: jobs.map((body) => ({ method: 'POST', path, body })),
    done: many
      ? l10n.t('{0} Jobs retry indexes {1} of {2}', indexes.length, list, sayObject(address))
      : l10n.t('1 Job retries index {0} of {1}', list, sayObject(address)),
    undo: {
      changes: 'created',
      done: plural(indexes.length, l10n.t('{0} Job is deleted again'), l10n.t('{0} Jobs are deleted again')),
    },
  };
}

/** What is not as it would be in the Job itself. */
export function differences(address: ObjectAddress, job: ObservedJob, { indexes, final }: FailedIndexes): string[] {
  const { spec = {} } = job;
  const last = indexes.at(-1) ?? 0;
  const uses = (action: string): boolean =>
    spec.podFailurePolicy?.rules?.some((rule) => rule.action === action) ?? false;
  return [
    ...(final ? [] : [l10n.t('The Job failed as a whole: these are the indexes that did not succeed.')]),
    l10n.t(
      'An index cannot be chosen in a new Job, so each becomes a Job of its own, of one pod. {0} itself stays as it is.',
      sayObject(address),
    ),
    l10n.t('Each pod has the same JOB_COMPLETION_INDEX, index annotation and label as before.'),
    hostName(address.name, last) === undefined
      ? l10n.t(
          'Pods have other names, other host names (the old ones would be too long) and the labels of the new Jobs.',
        )
      : l10n.t('Pods have other names and the labels of the new Jobs; their host names are those of before.'),
    ...(spec.backoffLimitPerIndex === undefined ? [] : ['backoffLimitPerIndex becomes backoffLimit.']),
    ...(uses('FailIndex') ? [l10n.t('In podFailurePolicy, FailIndex becomes FailJob.')] : []),
    ...(spec.successPolicy === undefined ? [] : ['successPolicy is left out.']),
  ];
}

/** An Indexed Job sets its pods' host names, whatever the template says; undefined where it would be too long. */
function hostName(job: string, index: number): string | undefined {
  const name = `${job}-${index}`;
  return name.length <= LONGEST_NAME && !name.includes('.') ? name : undefined;
}

/** The template with what the Job controller adds for an index: see addCompletionIndexAnnotation and its neighbours. */
function templateOfIndex(template: RawObject, job: string, index: number): RawObject {
  const metadata = (template['metadata'] ?? {}) as Readonly<Record<string, RawObject | undefined>>;
  const { labels, annotations } = metadata;
  const spec = (template['spec'] ?? {}) as RawObject;
  const hostname = hostName(job, index);
  const withIndex = (containers: unknown): unknown =>
    Array.isArray(containers)
      ? (containers as readonly RawObject[]).map((container) => containerOfIndex(container, index))
      : containers;
  return {
    metadata: {
      ...without(metadata, ['creationTimestamp']),
      labels: { ...without(labels, GENERATED_LABELS), [INDEX_NOTE]: String(index) },
      annotations: { ...annotations, [INDEX_NOTE]: String(index) },
    },
    spec: {
      ...spec,
      ...(hostname === undefined ? {} : { hostname }),
      ...(spec['initContainers'] === undefined ? {} : { initContainers: withIndex(spec['initContainers']) }),
      containers: withIndex(spec['containers']),
    },
  };
}

/** A variable of that name that the template has wins, as in the Job controller. */
function containerOfIndex(container: RawObject, index: number): RawObject {
  const env = (container['env'] ?? []) as readonly { readonly name?: string }[];
  if (env.some(({ name }) => name === INDEX_VARIABLE)) return container;
  return { ...container, env: [...env, { name: INDEX_VARIABLE, value: String(index) }] };
}

/** `FailIndex` is only for Jobs with backoffLimitPerIndex; of a Job that is one index it means the Job. */
function policyOfOne(policy: unknown): unknown {
  const { rules = [], ...rest } = policy as { readonly rules?: readonly RawObject[] };
  return {
    ...rest,
    rules: rules.map((rule) => (rule['action'] === 'FailIndex' ? { ...rule, action: 'FailJob' } : rule)),
  };
}

function withNotes(field: string, notes: RawObject): RawObject {
  return Object.keys(notes).length === 0 ? {} : { [field]: notes };
}
