import type { Job, JobCondition } from '../kubernetes/generated/types.ts';
import { momentOf, stampMilliseconds, type Sighting } from './observed-time.ts';
import type { JobStatus, PodRun, StatusChange, TargetChange, TimelineEnd } from './timeline.ts';

/** A Job's status in the timeline's form. */
export function jobStatusOf({ spec, status = {} }: Job): JobStatus {
  const { active = 0, succeeded = 0, failed = 0, ready, terminating, completedIndexes, failedIndexes } = status;
  return {
    active,
    ...(ready === undefined ? {} : { ready }),
    succeeded,
    failed,
    ...(terminating === undefined ? {} : { terminating }),
    // The API leaves an empty list out.
    ...(spec?.completionMode === 'Indexed' ? { completedIndexes: completedIndexes ?? '' } : {}),
    ...(failedIndexes === undefined ? {} : { failedIndexes }),
    started: status.startTime !== undefined,
    conditions: (status.conditions ?? []).map(conditionText),
  };
}

function conditionText({ type = '', status = '', reason = '' }: JobCondition): string {
  return `${type}=${status}:${reason}`;
}

/** A Job's condition of this type, when it is True. */
export function jobCondition(job: Job, type: string): JobCondition | undefined {
  return job.status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}

/** How the Job ended, or null. The time is the condition's, narrowed by the sighting. */
export function jobEndOf(job: Job, sighting: Sighting, origin: number): TimelineEnd | null {
  for (const outcome of ['Complete', 'Failed'] as const) {
    const condition = jobCondition(job, outcome);
    if (condition === undefined) continue;
    const stamp = outcome === 'Complete' ? job.status?.completionTime : undefined;
    const moment = momentOf(condition.lastTransitionTime ?? stamp, sighting) ?? sighting.at;
    const { reason = '', message = '' } = condition;
    return { t: Math.max(0, (moment - origin) / 1000), outcome, reason, message };
  }
  return null;
}

/** The part of the spec that a timeline draws as its goal. An unset parallelism is 1 in the API. */
export function targetOf({ spec }: Job, t: number): TargetChange {
  return {
    t,
    parallelism: spec?.parallelism ?? 1,
    completions: spec?.completions ?? null,
    suspend: spec?.suspend ?? false,
  };
}

/**
 * The statuses before `until` (seconds), counted from pods that were found afterwards: what the Job's status must have
 * been, as far as those pods tell.
 */
export function inferredStatuses(job: Job, pods: readonly PodRun[], origin: number, until: number): StatusChange[] {
  const startTime = stampMilliseconds(job.status?.startTime);
  const started = startTime === null ? Infinity : (startTime - origin) / 1000;
  const steps = pods.flatMap(({ created, finished, phase }) => [
    { t: created, active: 1, succeeded: 0, failed: 0 },
    ...(finished === null
      ? []
      : [{ t: finished, active: -1, succeeded: phase === 'Succeeded' ? 1 : 0, failed: phase === 'Failed' ? 1 : 0 }]),
  ]);
  steps.push({ t: 0, active: 0, succeeded: 0, failed: 0 });
  steps.sort((a, b) => a.t - b.t);
  const statuses: StatusChange[] = [];
  const sum = { active: 0, succeeded: 0, failed: 0 };
  for (const [at, step] of steps.entries()) {
    if (step.t >= until) break;
    sum.active += step.active;
    sum.succeeded += step.succeeded;
    sum.failed += step.failed;
    // Of several steps at one moment only the outcome was ever a status.
    if (steps[at + 1]?.t === step.t) continue;
    statuses.push({ t: Math.max(0, step.t), status: { ...sum, started: started <= step.t }, inferred: true });
  }
  return statuses;
}

/** True when the pods that exist account for everything that the Job's status counts: none came and went unseen. */
export function isAccountedFor({ status = {} }: Job, pods: readonly PodRun[]): boolean {
  const { succeeded = 0, failed = 0, uncountedTerminatedPods } = status;
  const uncounted = (uncountedTerminatedPods?.succeeded?.length ?? 0) + (uncountedTerminatedPods?.failed?.length ?? 0);
  const ended = pods.filter(({ phase, countedFailed }) => phase === 'Succeeded' || countedFailed === true);
  return ended.length >= succeeded + failed + uncounted;
}
