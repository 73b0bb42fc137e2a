import { defaultCronJob } from '../kubernetes/defaults.ts';
import type { CronJob } from '../kubernetes/generated/types.ts';
import { parseCron } from '../kubernetes/cron.ts';
import { momentsOfActions, patchOfAction, performAction } from './actions.ts';
import { milliseconds } from './clock.ts';
import type { ClusterPlaces } from './cluster-places.ts';
import { endOfChild, explainCron, wallClock, type CronJobRun } from './cron-job-run.ts';
import { nextSlot, scheduleTimes } from './cron-slots.ts';
import { mergePatch } from './merge-patch.ts';
import type { ActionScript } from '../scenario/scenario-model.ts';
import type { JudgeChange } from './spec-changes.ts';

/** Puts what people do to a CronJob, and to its Jobs, on the clock. */
export function scheduleCronActions(
  run: CronJobRun,
  actions: readonly ActionScript[],
  places: ClusterPlaces,
  judge: JudgeChange,
): void {
  for (const { action, moment } of momentsOfActions(actions))
    run.clock.at(moment, () => performCronAction(run, action, places, judge));
}

function performCronAction(run: CronJobRun, action: ActionScript, places: ClusterPlaces, judge: JudgeChange): void {
  const { clock } = run;
  const reachesPods = action.deletePod !== undefined || action.drain !== undefined;
  if (action.target === 'job' || reachesPods) {
    // To every Job that runs now; a pod action alone knows no CronJob.
    const running = [...run.existing].filter((child) => endOfChild(child, clock.now) === null);
    if (running.length === 0) explainCron(run, `The action at ${action.at} s finds no Job that runs.`);
    for (const { simulation } of running)
      performAction(simulation, action, { clock, places, recorder: simulation.run.recorder, judge });
    return;
  }
  if (action.capacity !== undefined) places.setCapacity(action.capacity);
  if (action.controllerRestart === true) {
    for (const child of run.existing) child.simulation.restartController();
    run.queue.add(0);
  }
  if (action.controllerOutage !== undefined) {
    run.awayUntil = clock.now + milliseconds(action.controllerOutage);
    explainCron(run, `The CronJob controller is away for ${action.controllerOutage} s.`, '');
  }
  if (run.gone) {
    explainCron(run, `The action at ${action.at} s finds no CronJob: it is gone.`);
    return;
  }
  if (action.delete === true) {
    run.gone = true;
    explainCron(run, 'A person deletes the CronJob; its Jobs go with it.', '');
    for (const child of run.existing) child.simulation.delete('background');
    return;
  }
  changeCronJob(run, action, judge);
}

function changeCronJob(run: CronJobRun, action: ActionScript, judge: JudgeChange): void {
  const patch = patchOfAction(action);
  if (patch === null) return;
  const changed = mergePatch(run.cronJob, patch) as CronJob;
  const schedule = parseCron(changed.spec?.schedule ?? '');
  const unreadable =
    'problem' in schedule ? { field: 'spec.schedule', message: `spec.schedule: ${schedule.problem}` } : null;
  const refusal = judge('CronJob', run.cronJob, changed) ?? unreadable;
  if (refusal !== null || 'problem' in schedule) {
    explainCron(
      run,
      `The API server refuses the change at ${action.at} s: ${refusal?.message ?? ''}`,
      refusal?.field ?? '',
    );
    return;
  }
  const before = run.cronJob.spec;
  run.cronJob = defaultCronJob(changed);
  const after = run.cronJob.spec ?? {};
  explainCron(run, 'A person changes the CronJob.', 'spec');
  if (before?.schedule === after.schedule && before?.timeZone === after.timeZone) {
    run.queue.add(0);
    return;
  }
  // A new schedule is looked at when its next slot comes.
  const next = nextSlot({
    times: scheduleTimes(schedule, after.timeZone ?? run.controllerTimeZone),
    created: Math.floor(run.start / 1000),
    lastSchedule: run.lastSchedule,
    startingDeadlineSeconds: null,
    now: wallClock(run),
  });
  run.queue.add(Math.max(0, next * 1000 + 100 - run.start - run.clock.now));
}
