import type {
  BackoffWait,
  Explanation,
  PodMoment,
  StatusChange,
  TargetChange,
  TimelineEvent,
} from '../timeline/timeline.ts';
import type { VirtualClock } from './clock.ts';
import { countIndexes, intervalsText, type IndexIntervals } from './index-intervals.ts';
import type { ControlledSpec, ControlledStatus, SimulatedCondition } from './job-run.ts';
import type { SimulatedPod } from './simulated-pod.ts';

/** Keeps what happens in a run, for its timeline. All moments are milliseconds, what it yields is in seconds. */
export interface RunRecorder {
  /** Whether sentences are kept: ask before composing one that costs. */
  readonly explains: boolean;
  /** Notes the status as it is, `delay` milliseconds from now, unless it is as before. Returns whether it changed. */
  status(status: ControlledStatus, indexed: boolean, delay: number): boolean;
  deleted(): void;
  event(type: 'Normal' | 'Warning', reason: string, message: string, pod?: SimulatedPod, delay?: number): void;
  explainPod(pod: SimulatedPod, moment: PodMoment, text: string, field: string, delay?: number): void;
  explainCondition(type: SimulatedCondition['type'], text: string, field: string): void;
  explainJob(text: string, field?: string): void;
  /** Creation of pods is held back until a moment, for an index or (null) for the whole Job. */
  wait(until: number, index: number | null, failures: number, text: () => string, field: string): void;
  /** Pods may be made (again), for an index or the whole Job: a wait that was to last longer is over. */
  waitOver(index: number | null): void;
  /** No pods are made any more, or for now: nothing waits. */
  allWaitsOver(): void;
  target(spec: ControlledSpec): void;
}

/** A recorder and what it has kept. */
export interface KeptRun extends RunRecorder {
  readonly statuses: StatusChange[];
  readonly events: TimelineEvent[];
  readonly explanations: Explanation[];
  readonly waits: BackoffWait[];
  readonly targets: TargetChange[];
}

/** Seconds of a moment. */
export function seconds(moment: number): number {
  return moment / 1000;
}

interface StatusKey {
  readonly numbers: readonly (number | null)[];
  readonly completed: IndexIntervals;
  readonly failed: IndexIntervals | null;
  readonly conditions: readonly SimulatedCondition[];
}

function sameIndexes(a: IndexIntervals | null, b: IndexIntervals | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return (
    countIndexes(a) === countIndexes(b) && a.at(0)?.first === b.at(0)?.first && intervalsText(a) === intervalsText(b)
  );
}

function sameStatus(a: StatusKey, b: StatusKey): boolean {
  return (
    a.numbers.every((value, at) => value === b.numbers[at]) &&
    a.conditions === b.conditions &&
    sameIndexes(a.completed, b.completed) &&
    sameIndexes(a.failed, b.failed)
  );
}

/** A recorder that keeps everything; its times count from `origin`, a moment of the clock. */
export function createRecorder(clock: VirtualClock, origin = 0): KeptRun {
  const statuses: StatusChange[] = [];
  const events: TimelineEvent[] = [];
  const explanations: Explanation[] = [];
  const waits: BackoffWait[] = [];
  const targets: TargetChange[] = [];
  let last: StatusKey | null = null;
  /** Waits that go on: where they stand in the list, and until which moment they are to last. */
  const open = new Map<number | null, { readonly at: number; readonly until: number }>();
  /** The last sentence about pods: the next pods of the same sync join it. */
  let told = { at: -1, text: '', pods: { moment: 'created' as PodMoment, through: -1 } };
  const since = (moment: number): number => seconds(moment - origin);

  function close(index: number | null): void {
    const known = open.get(index);
    if (known === undefined) return;
    open.delete(index);
    const wait = waits[known.at]!;
    waits[known.at] = { ...wait, until: Math.min(wait.until, since(clock.now)) };
  }

  return {
    explains: true,
    statuses,
    events,
    explanations,
    waits,
    targets,
    status(status, indexed, delay) {
      const { active, ready, terminating, succeeded, failed, startTime } = status;
      const key: StatusKey = {
        numbers: [active, ready, terminating, succeeded, failed, startTime === null ? 0 : 1],
        completed: status.completedIndexes,
        failed: status.failedIndexes,
        conditions: status.conditions,
      };
      if (last !== null && sameStatus(last, key)) return false;
      last = key;
      const conditions = status.conditions.map((each) => `${each.type}=${each.status}:${each.reason}`);
      statuses.push({
        t: since(clock.now + delay),
        status: {
          active,
          ...(ready === null ? {} : { ready }),
          succeeded,
          failed,
          ...(terminating === null ? {} : { terminating }),
          ...(indexed ? { completedIndexes: intervalsText(status.completedIndexes) } : {}),
          ...(status.failedIndexes === null ? {} : { failedIndexes: intervalsText(status.failedIndexes) }),
          started: startTime !== null,
          ...(conditions.length === 0 ? {} : { conditions }),
        },
      });
      return true;
    },
    deleted() {
      statuses.push({ t: since(clock.now), status: { deleted: true } });
    },
    event(type, reason, message, pod, delay = 0) {
      const t = since(clock.now + delay);
      events.push({ t, type, reason, message, count: 1, ...(pod === undefined ? {} : { pod: pod.ordinal }) });
    },
    explainPod({ ordinal }, moment, text, field, delay = 0) {
      const { pods } = told;
      if (told.at === clock.now && told.text === text && pods.moment === moment && pods.through === ordinal - 1) {
        pods.through = ordinal;
        return;
      }
      const about = { kind: 'pod' as const, ordinal, moment, through: ordinal };
      told = { at: clock.now, text, pods: about };
      explanations.push({ t: since(clock.now + delay), about, text, field });
    },
    explainCondition(type, text, field) {
      explanations.push({ t: since(clock.now), about: { kind: 'condition', type }, text, field });
    },
    explainJob(text, field) {
      explanations.push({
        t: since(clock.now),
        about: { kind: 'job' },
        text,
        ...(field === undefined ? {} : { field }),
      });
    },
    wait(until, index, failures, text, field) {
      if (open.get(index)?.until === until) return;
      // Another failure, or a success, has set the wait anew.
      close(index);
      const from = since(clock.now);
      open.set(index, { at: waits.length, until });
      waits.push({ from, until: since(until), index, failures });
      explanations.push({ t: from, about: { kind: 'wait', until: since(until), index }, text: text(), field });
    },
    waitOver: close,
    allWaitsOver() {
      for (const index of [...open.keys()]) close(index);
    },
    target({ parallelism, completions, suspend }) {
      const previous = targets.at(-1);
      const same =
        previous?.parallelism === parallelism && previous.completions === completions && previous.suspend === suspend;
      if (!same) targets.push({ t: since(clock.now), parallelism, completions, suspend });
    },
  };
}

/** A recorder that keeps nothing, for runs of which only the end matters. */
export function createSilentRecorder(): RunRecorder {
  const ignore = (): void => undefined;
  return {
    explains: false,
    status: () => true,
    deleted: ignore,
    event: ignore,
    explainPod: ignore,
    explainCondition: ignore,
    explainJob: ignore,
    wait: ignore,
    waitOver: ignore,
    allWaitsOver: ignore,
    target: ignore,
  };
}
