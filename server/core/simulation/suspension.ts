import { wholeSecond } from './clock.ts';
import type { JobRun, SimulatedCondition } from './job-run.ts';

/**
 * Brings the Suspended condition in line with `spec.suspend`. A Job that was never suspended gets none. Suspending takes
 * the startTime away, resuming sets it anew, so that activeDeadlineSeconds starts over. Returns whether it changed.
 */
export function reconcileSuspension(run: JobRun): boolean {
  const { status, clock, recorder } = run;
  const { suspend } = run.spec;
  const known = status.conditions.find(({ type }) => type === 'Suspended');
  if (suspend ? known?.status === 'True' : known === undefined || known.status === 'False') return false;
  const condition: SimulatedCondition = {
    type: 'Suspended',
    status: suspend ? 'True' : 'False',
    reason: suspend ? 'JobSuspended' : 'JobResumed',
    message: suspend ? 'Job suspended' : 'Job resumed',
    since: clock.now,
  };
  status.conditions =
    known === undefined
      ? [...status.conditions, condition]
      : status.conditions.map((each) => (each === known ? condition : each));
  recorder.event('Normal', suspend ? 'Suspended' : 'Resumed', condition.message);
  if (suspend) {
    if (run.behaviour.clearsStartTime) status.startTime = null;
  } else status.startTime = wholeSecond(clock.now);
  recorder.explainCondition(
    'Suspended',
    suspend
      ? 'spec.suspend is true: no pods are made until it is false.'
      : 'spec.suspend is false again: pods are made, and activeDeadlineSeconds counts from now.',
    'spec.suspend',
  );
  return true;
}
