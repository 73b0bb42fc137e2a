import { parseIndexList } from '../kubernetes/index-list.ts';
import { wholeSecond } from './clock.ts';
import { countIndexes, countShared, indexesBelow } from './index-intervals.ts';
import { trueCondition, type JobRun, type SimulatedCondition } from './job-run.ts';
import type { PodClasses } from './pod-classes.ts';

/** How a Job's end was decided: the condition that says so, and the field that led to it. */
export interface JobVerdict {
  readonly condition: SimulatedCondition;
  /** Server-style path of the field that decided. */
  readonly field: string;
  /** One sentence with its numbers. */
  readonly why: string;
}

/**
 * The verdict of one sync, or null while the Job goes on: what an earlier sync decided, then the ways to fail in the
 * controller's order, then the success policy. Completion by count is judged after pods were managed.
 */
export function judgeJob(run: JobRun, classes: PodClasses): JobVerdict | null {
  return (
    earlierVerdict(run) ??
    podFailureVerdict(run, classes) ??
    backoffVerdict(run, classes) ??
    deadlineVerdict(run) ??
    indexVerdict(run, classes) ??
    successPolicyVerdict(run, classes)
  );
}

function failure(run: JobRun, reason: string, message: string, field: string, why: string): JobVerdict {
  return {
    condition: { type: 'FailureTarget', status: 'True', reason, message, since: run.clock.now },
    field,
    why,
  };
}

/** The verdict that completions were reached. */
export function completionVerdict(run: JobRun, classes: PodClasses): JobVerdict {
  const { completions } = run.spec;
  return {
    condition: {
      type: 'SuccessCriteriaMet',
      status: 'True',
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
      since: run.clock.now,
    },
    field: 'spec.completions',
    why:
      completions === null
        ? `completions is unset, ${classes.succeeded} ${classes.succeeded === 1 ? 'pod has' : 'pods have'} succeeded and none is active: the queue counts as done.`
        : `${classes.succeeded} of ${completions} completions have succeeded and no pod is active.`,
  };
}

function earlierVerdict(run: JobRun): JobVerdict | null {
  const met = trueCondition(run.status, 'SuccessCriteriaMet');
  if (met !== null) return { condition: met, field: '', why: '' };
  const target = trueCondition(run.status, 'FailureTarget');
  if (target === null) return null;
  return { condition: { ...target, type: 'Failed', since: run.clock.now }, field: '', why: '' };
}

function podFailureVerdict(run: JobRun, classes: PodClasses): JobVerdict | null {
  for (const { pod, failed, match } of classes.unaccounted) {
    if (!failed || match?.action !== 'FailJob') continue;
    const of = `${run.namespace}/${pod.name}`;
    const by =
      match.by.kind === 'exitCode'
        ? `Container ${match.by.container} for pod ${of} failed with exit code ${match.by.exitCode}`
        : `Pod ${of} has condition ${match.by.type}`;
    const seen = match.by.kind === 'exitCode' ? `exit code ${match.by.exitCode}` : `condition ${match.by.type}`;
    return failure(
      run,
      'PodFailurePolicy',
      `${by} matching FailJob rule at index ${match.rule}`,
      `spec.podFailurePolicy.rules[${match.rule}]`,
      `Pod ${pod.ordinal} ended with ${seen}, which rule ${match.rule} of podFailurePolicy answers with FailJob.`,
    );
  }
  return null;
}

function backoffVerdict(run: JobRun, classes: PodClasses): JobVerdict | null {
  const { backoffLimit, restartsInPlace } = run.spec;
  const message = 'Job has reached the specified backoff limit';
  if (classes.failed > backoffLimit) {
    const why = `${classes.failed} ${classes.failed === 1 ? 'pod has' : 'pods have'} failed, more than backoffLimit ${backoffLimit} allows.`;
    return failure(run, 'BackoffLimitExceeded', message, 'spec.backoffLimit', why);
  }
  const { restarts } = run.pods;
  if (restartsInPlace && (backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit)) {
    const why = `Containers were restarted ${restarts} ${restarts === 1 ? 'time' : 'times'} in place; under restartPolicy OnFailure the Job fails at ${Math.max(1, backoffLimit)}, since backoffLimit is ${backoffLimit}.`;
    return failure(run, 'BackoffLimitExceeded', message, 'spec.backoffLimit', why);
  }
  return null;
}

function deadlineVerdict(run: JobRun): JobVerdict | null {
  const { activeDeadlineSeconds, suspend } = run.spec;
  const { startTime } = run.status;
  if (activeDeadlineSeconds === null || startTime === null || suspend) return null;
  if (run.clock.now - startTime < activeDeadlineSeconds * 1000) return null;
  return failure(
    run,
    'DeadlineExceeded',
    'Job was active longer than specified deadline',
    'spec.activeDeadlineSeconds',
    `The Job has been active for ${activeDeadlineSeconds} s, all that activeDeadlineSeconds allows.`,
  );
}

function indexVerdict(run: JobRun, classes: PodClasses): JobVerdict | null {
  if (classes.failedIndexes === null) return null;
  const failed = countIndexes(classes.failedIndexes);
  const { maxFailedIndexes, completions } = run.spec;
  if (maxFailedIndexes !== null && failed > maxFailedIndexes)
    return failure(
      run,
      'MaxFailedIndexesExceeded',
      'Job has exceeded the specified maximal number of failed indexes',
      'spec.maxFailedIndexes',
      `${failed} ${failed === 1 ? 'index has' : 'indexes have'} failed, more than maxFailedIndexes ${maxFailedIndexes} allows.`,
    );
  if (failed === 0 || failed + countIndexes(classes.succeededIndexes) < (completions ?? 0)) return null;
  return failure(
    run,
    'FailedIndexes',
    'Job has failed indexes',
    'spec.backoffLimitPerIndex',
    endedIndexes(completions ?? 0, failed),
  );
}

function endedIndexes(all: number, failed: number): string {
  if (all === 1) return 'The only index has failed for good.';
  return failed === all
    ? `All ${all} indexes have failed for good.`
    : `All ${all} indexes have ended, ${failed} of them by failing for good.`;
}

function successPolicyVerdict(run: JobRun, classes: PodClasses): JobVerdict | null {
  const rules = run.spec.successPolicy?.rules ?? [];
  if (!run.indexed || classes.succeededIndexes.length === 0) return null;
  for (const [at, { succeededIndexes, succeededCount }] of rules.entries()) {
    if (succeededIndexes === undefined && succeededCount === undefined) continue;
    const listed = succeededIndexes === undefined ? null : parseIndexList(succeededIndexes, Infinity);
    if (listed !== null && 'problem' in listed) continue;
    // After a shrink the rule speaks of the indexes that are left.
    const wanted = listed === null ? null : indexesBelow(listed.intervals, run.spec.completions ?? 0);
    if (wanted?.length === 0) continue;
    const { succeededIndexes: done } = classes;
    const of = wanted === null ? countIndexes(done) : countShared(wanted, done);
    const needed = Math.min(succeededCount ?? Infinity, wanted === null ? Infinity : countIndexes(wanted));
    if (of < needed) continue;
    return {
      condition: {
        type: 'SuccessCriteriaMet',
        status: 'True',
        reason: 'SuccessPolicy',
        message: `Matched rules at index ${at}`,
        since: run.clock.now,
      },
      field: `spec.successPolicy.rules[${at}]`,
      why: `${of} ${of === 1 ? 'index' : 'indexes'}${listed === null ? '' : ` of ${succeededIndexes ?? ''}`} ${of === 1 ? 'has' : 'have'} succeeded, and rule ${at} of successPolicy asks for ${needed === 0 ? '0: one is needed all the same' : needed}.`,
    };
  }
  return null;
}

/** Milliseconds until activeDeadlineSeconds is up; null where there is none to wait for. */
export function deadlineLeft(run: JobRun): number | null {
  const { activeDeadlineSeconds, suspend } = run.spec;
  if (activeDeadlineSeconds === null || suspend || run.status.startTime === null) return null;
  return Math.max(0, wholeSecond(run.status.startTime) + activeDeadlineSeconds * 1000 - run.clock.now);
}
