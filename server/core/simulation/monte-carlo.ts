import type { Job } from '../kubernetes/generated/types.ts';
import { createClock, milliseconds } from './clock.ts';
import { startSimulation } from './job-start.ts';
import { mixSeed } from './random.ts';
import { createSilentRecorder } from './run-recorder.ts';
import type { Scenario } from '../scenario/scenario-model.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { SimulatedPod } from './simulated-pod.ts';
import type { SimulateOptions } from './simulate.ts';
import { unfinished } from './timeline-of-run.ts';

/** How one run of many ended. */
export interface RunOutcome {
  /** The seed that gives this very run. */
  readonly seed: number;
  readonly outcome: 'Complete' | 'Failed' | 'Deleted' | 'Unfinished';
  readonly reason: string;
  /** To the final condition, or to where the run was cut. */
  readonly seconds: number;
  readonly pods: number;
  readonly failed: number;
  /** Hours for which its pods held a place in the cluster, all together. */
  readonly podHours: number;
  /** The field that decided a Failed run, as a server-style path; null otherwise. */
  readonly decidedBy: string | null;
}

/** Of many values: the middle one, the one that 95 % do not exceed, and the greatest. */
export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

export interface MonteCarlo {
  /** The seed from which every run's own seed follows. */
  readonly seed: number;
  readonly runs: number;
  /** Ends by how often they came, most often first; `podHours` is what such a run takes on average. */
  readonly ends: readonly {
    readonly outcome: string;
    readonly reason: string;
    readonly count: number;
    readonly podHours: number;
  }[];
  /** Of all runs, unfinished ones with the time at which they were cut. */
  readonly seconds: Quantiles;
  readonly pods: Quantiles;
  /** Which setting decided the failed runs, most often first. */
  readonly decidedBy: readonly { readonly field: string; readonly count: number }[];
}

/** The seed of the n-th run (0-based); the first is the seed itself, so that a single run is the first of many. */
export function seedOfRun(seed: number, run: number): number {
  return run === 0 ? seed : mixSeed(seed, run);
}

/** One run of which only the end is kept: the same end as `simulateJob` with the same seed. */
export function simulateOutcome(job: Job, scenario: Scenario, options: SimulateOptions): RunOutcome {
  const clock = createClock();
  const { simulation } = startSimulation(job, scenario, options, clock, createSilentRecorder());
  clock.runUntil(milliseconds(options.until));
  const { run, kubelet } = simulation;
  const final = run.status.conditions.find(({ type }) => type === 'Complete' || type === 'Failed');
  const common = {
    seed: options.seed,
    pods: run.pods.created,
    failed: run.status.failed,
    podHours: podHoursOf(kubelet.pods, clock.now),
  };
  if (final === undefined)
    return {
      ...common,
      outcome: run.gone ? 'Deleted' : 'Unfinished',
      reason: run.gone ? 'Deleted' : unfinished(run).reason,
      // Of a run that will never end nothing happens any more, long before it is cut.
      seconds: run.gone ? clock.now / 1000 : options.until,
      decidedBy: null,
    };
  return {
    ...common,
    outcome: final.type === 'Complete' ? 'Complete' : 'Failed',
    reason: final.reason,
    seconds: (run.finishedAt ?? clock.now) / 1000,
    decidedBy: final.type === 'Failed' ? run.decidedBy : null,
  };
}

/** The same of a run whose timeline is there; `until` is where it would have been cut, in seconds. */
export function outcomeOfTimeline(timeline: Timeline, { seed, until }: SimulateOptions): RunOutcome {
  const { end, pods, statuses, explanations } = timeline;
  const last = statuses.findLast(({ status }) => !('deleted' in status))?.status;
  const decided = explanations.findLast(({ about }) => about.kind === 'condition' && about.type === 'FailureTarget');
  return {
    seed,
    outcome: end?.outcome ?? 'Unfinished',
    reason: end?.reason ?? '',
    seconds: end === null || end.outcome === 'Unfinished' ? until : end.t,
    pods: pods.length,
    failed: last === undefined || 'deleted' in last ? 0 : last.failed,
    podHours: podHoursOfTimeline(timeline),
    decidedBy: end?.outcome === 'Failed' ? (decided?.field ?? null) : null,
  };
}

/** Hours for which the pods of a timeline held a place in the cluster, all together. */
export function podHoursOfTimeline({ pods, until }: Timeline): number {
  let held = 0;
  for (const { scheduled, finished } of pods)
    if (scheduled !== null) held += Math.max(0, (finished ?? until) - scheduled);
  return held / 3600;
}

function podHoursOf(pods: readonly SimulatedPod[], now: number): number {
  let held = 0;
  for (const { scheduled, finished } of pods)
    if (scheduled !== null) held += Math.max(0, (finished ?? now) - scheduled);
  return held / 3_600_000;
}

/** Runs `count` runs from the `first` (0-based) on. */
export function simulateMany(
  job: Job,
  scenario: Scenario,
  options: SimulateOptions,
  first: number,
  count: number,
): RunOutcome[] {
  return Array.from({ length: count }, (_, at) =>
    simulateOutcome(job, scenario, { ...options, seed: seedOfRun(options.seed, first + at) }),
  );
}

/** Sums many runs up. */
export function summarizeRuns(seed: number, outcomes: readonly RunOutcome[]): MonteCarlo {
  const keyOf = ({ outcome, reason }: RunOutcome): string => `${outcome}\n${reason}`;
  const ends = tally(outcomes.map(keyOf));
  const hours = new Map<string, number>();
  for (const each of outcomes) hours.set(keyOf(each), (hours.get(keyOf(each)) ?? 0) + each.podHours);
  const fields = tally(outcomes.flatMap(({ decidedBy }) => (decidedBy === null ? [] : [decidedBy])));
  return {
    seed,
    runs: outcomes.length,
    ends: ends.map(([key, count]) => {
      const [outcome = '', reason = ''] = key.split('\n');
      return { outcome, reason, count, podHours: (hours.get(key) ?? 0) / count };
    }),
    seconds: quantiles(outcomes.map(({ seconds }) => seconds)),
    pods: quantiles(outcomes.map(({ pods }) => pods)),
    decidedBy: fields.map(([field, count]) => ({ field, count })),
  };
}

function tally(keys: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Quantiles by nearest rank; all 0 of no values. */
export function quantiles(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), worst: sorted.at(-1) ?? 0 };
}
