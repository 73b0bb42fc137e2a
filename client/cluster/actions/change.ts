import * as l10n from '@vscode/l10n';
import { gitOpsOf } from '../../../server/core/diagnosis/leftovers.ts';
import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';

/** By this name the server keeps account of the fields that were set here (`managedFields`). */
export const FIELD_MANAGER = 'jobwright';

/** What can be acted on. */
export type ObjectKind = 'Job' | 'CronJob';

export interface ObjectAddress {
  readonly kind: ObjectKind;
  readonly namespace: string;
  readonly name: string;
}

/** An object as the server sent it, with fields that we do not know. */
export type RawObject = Readonly<Record<string, unknown>>;

/** One request that changes something in a cluster. */
export interface Change {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body: unknown;
  /** Of a PATCH: `apply` owns the fields that it names (server-side apply), `merge` sets them and nothing else. */
  readonly patch?: 'apply' | 'merge';
  /** Of an `apply`: takes fields over from the managers that own them. */
  readonly force?: boolean;
}

/** What an action is going to do, in requests and in words, before it does anything. */
export interface ActionPlan {
  /** `Suspend Job team-a/report`: for the question, with the context behind it. */
  readonly title: string;
  /** What follows from it, in sentences, each a line. */
  readonly detail: readonly string[];
  /** The button that does it. */
  readonly button: string;
  /** In order; the first that is refused ends it. */
  readonly changes: readonly Change[];
  /** `Job team-a/report is suspended`, without a full stop. */
  readonly done: string;
  /** The way back, where the API has one. */
  readonly undo: Undo | null;
}

/** `created`: the objects that the changes created are deleted again, pods and all. */
export type Undo = { readonly changes: readonly Change[] | 'created'; readonly done: string };

/** Why an action makes no sense here, in one sentence. */
export interface Refusal {
  readonly refusal: string;
}

export type Planned = ActionPlan | Refusal;

/** Path of all objects of a kind in a namespace. */
export function kindPath(kind: ObjectKind, namespace: string): string {
  return `/apis/batch/v1/namespaces/${encodeURIComponent(namespace)}/${kind === 'Job' ? 'jobs' : 'cronjobs'}`;
}

/** Path of one object. */
export function objectPath({ kind, namespace, name }: ObjectAddress): string {
  return `${kindPath(kind, namespace)}/${encodeURIComponent(name)}`;
}

/** `Job team-a/report`. */
export function sayObject({ kind, namespace, name }: ObjectAddress): string {
  return `${kind} ${namespace}/${name}`;
}

/** Sets fields of this very object: the server refuses with 409 when another one has its name by now. */
export function mergeChange(address: ObjectAddress, uid: string, fields: RawObject): Change {
  return { method: 'PATCH', path: objectPath(address), patch: 'merge', body: { metadata: { uid }, ...fields } };
}

/** True once the Job is Complete or Failed. */
export function isFinished({ status }: ObservedJob): boolean {
  return (
    status?.conditions?.some(
      ({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True',
    ) ?? false
  );
}

/** Who else may change an object back, as sentences: its owner, a GitOps tool. */
export function othersInCharge({ metadata }: ObservedJob | ObservedCronJob): readonly string[] {
  const owner = metadata.ownerReferences?.find(({ controller, kind }) => controller === true && kind !== 'CronJob');
  const keeper = gitOpsOf(metadata);
  return [
    ...(owner === undefined
      ? []
      : [l10n.t('{0} {1} controls it and may change it back.', owner.kind ?? '', owner.name ?? '')]),
    ...(keeper === null ? [] : [l10n.t('{0} manages it and may change it back.', keeper.name)]),
  ];
}

/** Labels that the server puts on a Job and its pods, and that name the Job. */
export const GENERATED_LABELS = [
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
];

/** The label that hands a Job over to Kueue. */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** An object without some of its fields. */
export function without(object: RawObject | undefined, fields: readonly string[]): RawObject {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([field]) => !fields.includes(field)));
}
