import type { CronJob } from '../kubernetes/generated/types.ts';
import type { Scenario } from '../scenario/scenario-model.ts';
import type { CronTimeline } from '../timeline/cron-timeline.ts';
import { podHoursOfTimeline, seedOfRun, type RunOutcome } from './monte-carlo.ts';
import { simulateCronJob } from './simulate-cronjob.ts';
import type { SimulateOptions } from './simulate.ts';

/** Runs `count` runs of a CronJob from the `first` (0-based) on, each as `simulateMany` does with a Job. */
export function simulateManyCronJobs(
  cronJob: CronJob,
  scenario: Scenario,
  options: SimulateOptions,
  first: number,
  count: number,
): RunOutcome[] {
  return Array.from({ length: count }, (_, at) => {
    const seed = seedOfRun(options.seed, first + at);
    return outcomeOfCronTimeline(simulateCronJob(cronJob, scenario, { ...options, seed }), seed);
  });
}

/** A run of a CronJob as a whole: the worst of its Jobs, and the time of the longest. */
export function outcomeOfCronTimeline({ runs }: CronTimeline, seed: number): RunOutcome {
  const timelines = runs.map(({ timeline }) => timeline);
  const bad = timelines.find(({ end }) => end?.outcome === 'Failed' || end?.outcome === 'Deleted');
  const ended = timelines.filter(({ end }) => end?.outcome === 'Complete' || end?.outcome === 'Failed');
  return {
    seed,
    outcome: bad?.end?.outcome ?? (ended.length === 0 ? 'Unfinished' : 'Complete'),
    reason: bad?.end?.reason ?? ended[0]?.end?.reason ?? '',
    seconds: ended.reduce((longest, { end }) => Math.max(longest, end?.t ?? 0), 0),
    pods: timelines.reduce((sum, { pods }) => sum + pods.length, 0),
    podHours: timelines.reduce((sum, timeline) => sum + podHoursOfTimeline(timeline), 0),
    failed: timelines.filter(({ end }) => end?.outcome === 'Failed').length,
    decidedBy: null,
  };
}
