import type { ManifestEdit } from '../../../server/core/manifest/edit.ts';

/** Manifests that a rule speaks about, and manifests that it keeps quiet about. */
export interface AdviceCase {
  readonly says: readonly { readonly text: string; readonly findings: readonly string[] }[];
  readonly quiet: readonly string[];
  /** What the first fix of the first finding of the first manifest does. */
  readonly fixed?: readonly ManifestEdit[];
}

export interface JobText {
  /** Lines of the Job's spec. */
  readonly spec?: string;
  /** Lines of the pod's spec, beside containers. */
  readonly pod?: string;
  /** Lines of the only container, or its whole list when it starts with a dash. */
  readonly container?: string;
  readonly metadata?: string;
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ' '.repeat(by) + line + '\n')
    .join('');
}

function specOf({ spec = '', pod = 'restartPolicy: Never', container = '' }: JobText): string {
  const containers = container.startsWith('- ')
    ? indent(container, 4)
    : indent(`- name: worker\n  image: worker:1.0\n${indent(container, 2)}`, 4);
  return `spec:\n${indent(spec, 2)}  template:\n    spec:\n${indent(pod, 6)}      containers:\n${indent(containers, 4)}`;
}

/** The text of a Job that is accepted and says no more than it must. */
export function job(text: JobText = {}): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: example\n${indent(text.metadata ?? '', 2)}${specOf(text)}`;
}

/** The same of a CronJob; `spec` are lines of its own spec, the text is that of its Job. */
export function cronJob(spec: string, text: JobText & { readonly name?: string } = {}): string {
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ${text.name ?? 'example'}\nspec:\n${indent(spec, 2)}  jobTemplate:\n${indent(specOf(text), 4)}`;
}

export const INDEXED = 'completionMode: Indexed\ncompletions: 4\nparallelism: 2';
export const DISRUPTION = '- action: Ignore\n  onPodConditions: [{type: DisruptionTarget}]';
export const onCodes = (action: string, values: string, operator = 'In'): string =>
  `- action: ${action}\n  onExitCodes: {operator: ${operator}, values: [${values}]}`;
export const policy = (...rules: string[]): string => `podFailurePolicy:\n  rules:\n${indent(rules.join('\n'), 2)}`;
export const nodeTerms = (terms: string, more = ''): string =>
  `restartPolicy: Never\naffinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [${terms}]}}}\n${more}`;
