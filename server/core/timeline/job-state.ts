/**
 * A Job's state in the words of kubectl's STATUS column. `FailureTarget` and `SuccessCriteriaMet`: the Job is decided,
 * and its last pods are ending.
 */
export type JobState =
  'Complete' | 'Failed' | 'Terminating' | 'Suspended' | 'FailureTarget' | 'SuccessCriteriaMet' | 'Running';

/** Every state, those that need a person first. */
export const JOB_STATES: readonly JobState[] = [
  'Failed',
  'FailureTarget',
  'Running',
  'SuccessCriteriaMet',
  'Suspended',
  'Terminating',
  'Complete',
];

/** The parts of a Job that its state hangs on. */
export interface StatedJob {
  readonly metadata?: { readonly deletionTimestamp?: string | undefined } | undefined;
  readonly status?:
    | {
        readonly conditions?:
          readonly { readonly type?: string | undefined; readonly status?: string | undefined }[] | undefined;
      }
    | undefined;
}

/** The state, decided in the order of kubectl's STATUS column. */
export function jobState({ metadata, status }: StatedJob): JobState {
  const is = (type: string): boolean =>
    status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
  if (is('Complete')) return 'Complete';
  if (is('Failed')) return 'Failed';
  if (metadata?.deletionTimestamp !== undefined) return 'Terminating';
  return (['Suspended', 'FailureTarget', 'SuccessCriteriaMet'] as const).find(is) ?? 'Running';
}
