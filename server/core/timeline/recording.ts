import type { ObjectShape, Shape } from '../kubernetes/shape.ts';
import { conformObject } from './conform.ts';
import type { JobStatus, PodPhase, PodRun, StatusChange, Timeline, TimelineEnd } from './timeline.ts';

/**
 * A recorded run as a file: the timeline, and beside it the Job whose run it is. Readers ignore what they do not know, so
 * the file is also what `jobwright why` takes, and a trace (`simulate --format json`) is a recording with less in it.
 */
export type RecordingFile = Timeline & {
  /** Version of this format. */
  readonly recording: 1;
  /** The Job's manifest with what may be a secret masked; null when it is not known. */
  readonly job: object | null;
};

/** A recorded run as read. */
export interface Recording {
  readonly timeline: Timeline;
  readonly job: object | null;
}

/** The fields of a recorded run that are understood; times are seconds since the Job's creation. */
export interface RecordedRun {
  readonly name?: string;
  readonly namespace?: string;
  readonly origin?: string;
  readonly certainty?: string;
  readonly until?: number;
  readonly staleSince?: number;
  readonly completionMode?: string;
  readonly targets?: readonly {
    readonly t?: number;
    readonly parallelism?: number;
    readonly completions?: number;
    readonly suspend?: boolean;
  }[];
  readonly pods?: readonly RecordedPod[];
  readonly statuses?: readonly { readonly t?: number; readonly status?: RecordedStatus; readonly inferred?: boolean }[];
  readonly events?: readonly {
    readonly t?: number;
    readonly type?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly count?: number;
    readonly pod?: number;
  }[];
  readonly waits?: readonly {
    readonly from?: number;
    readonly until?: number;
    readonly index?: number;
    readonly failures?: number;
  }[];
  readonly gaps?: readonly { readonly from?: number; readonly until?: number }[];
  readonly end?: {
    readonly t?: number;
    readonly outcome?: string;
    readonly reason?: string;
    readonly message?: string;
  };
  readonly job?: object;
}

export interface RecordedPod {
  readonly ordinal?: number;
  readonly name?: string;
  readonly index?: number;
  readonly attempt?: number;
  readonly created?: number;
  readonly scheduled?: number;
  readonly started?: number;
  readonly ready?: number;
  readonly deleting?: number;
  readonly finished?: number;
  readonly removed?: number;
  readonly phase?: string;
  readonly exitCode?: number;
  readonly restarts?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly node?: string;
  readonly countedFailed?: boolean;
}

export interface RecordedStatus {
  readonly deleted?: boolean;
  readonly active?: number;
  readonly ready?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly terminating?: number;
  readonly completedIndexes?: string;
  readonly failedIndexes?: string;
  readonly started?: boolean;
  readonly conditions?: readonly string[];
}

const text: Shape = { type: 'string' };
const number: Shape = { type: 'number' };
const flag: Shape = { type: 'boolean' };
const list = (ref: string): Shape => ({ type: 'list', of: { type: 'object', ref } });
const all = (shape: Shape, ...names: string[]): Record<string, Shape> =>
  Object.fromEntries(names.map((name) => [name, shape]));
const table = (fields: Readonly<Record<string, Shape>>): ObjectShape => ({ fields, required: [] });

const SHAPES: Readonly<Record<string, ObjectShape>> = {
  Run: table({
    ...all(text, 'name', 'namespace', 'origin', 'completionMode', 'certainty'),
    ...all(number, 'until', 'staleSince'),
    targets: list('Target'),
    pods: list('Pod'),
    statuses: list('Change'),
    events: list('Event'),
    waits: list('Wait'),
    gaps: list('Gap'),
    end: { type: 'object', ref: 'End' },
    job: { type: 'raw' },
  }),
  Target: table({ ...all(number, 't', 'parallelism', 'completions'), suspend: flag }),
  Pod: table({
    ...all(number, 'ordinal', 'index', 'attempt', 'created', 'scheduled', 'started', 'ready', 'deleting', 'finished'),
    ...all(number, 'removed', 'exitCode', 'restarts'),
    ...all(text, 'name', 'phase', 'reason', 'message', 'node'),
    countedFailed: flag,
  }),
  Change: table({ t: number, status: { type: 'object', ref: 'Status' }, inferred: flag }),
  Status: table({
    ...all(number, 'active', 'ready', 'succeeded', 'failed', 'terminating'),
    ...all(text, 'completedIndexes', 'failedIndexes'),
    ...all(flag, 'started', 'deleted'),
    conditions: { type: 'list', of: text },
  }),
  Event: table({ ...all(number, 't', 'count', 'pod'), ...all(text, 'type', 'reason', 'message') }),
  Wait: table({ from: number, until: number, index: number, failures: number }),
  Gap: table({ from: number, until: number }),
  End: table({ t: number, ...all(text, 'outcome', 'reason', 'message') }),
};

/** What of some JSON is a recorded run; null for something else. */
export function conformRun(value: unknown): RecordedRun | null {
  const run = conformObject(value, 'Run', SHAPES) as RecordedRun | null;
  return run?.pods === undefined || run.statuses === undefined ? null : run;
}

/** A run as the data of a recording's file. `job` is what `maskedObject` made of the Job. */
export function recordingOf(timeline: Timeline, job: object | null): RecordingFile {
  return { recording: 1, ...timeline, job };
}

const PHASES: ReadonlySet<string> = new Set<PodPhase>(['Pending', 'Running', 'Succeeded', 'Failed']);
const OUTCOMES: ReadonlySet<string> = new Set<TimelineEnd['outcome']>(['Complete', 'Failed', 'Deleted', 'Unfinished']);

/**
 * Reads a recording, or a trace, out of parsed JSON. Whatever it holds, what comes out has the types that it promises.
 *
 * @returns null for something else
 */
export function readRecording(value: unknown): Recording | null {
  const run = conformRun(value);
  if (run === null) return null;
  const { name = 'recorded', namespace, pods = [], statuses = [], events = [], end, origin, staleSince } = run;
  const isIndexed =
    run.completionMode === 'Indexed' ||
    (run.completionMode === undefined && pods.some(({ index }) => index !== undefined));
  const runs = pods.map((pod, place) => podRun(pod, place, isIndexed));
  const latest = [...statuses.map(({ t = 0 }) => t), ...runs.map(({ finished, created }) => finished ?? created)];
  const until = latest.reduce((most, t) => Math.max(most, t), Math.max(run.until ?? 0, end?.t ?? 0));
  const timeline: Timeline = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    certainty: run.certainty === 'simulated' ? 'simulated' : 'observed',
    origin: origin !== undefined && !Number.isNaN(Date.parse(origin)) ? origin : null,
    completionMode: isIndexed ? 'Indexed' : 'NonIndexed',
    targets: (run.targets ?? []).map(({ t = 0, parallelism = 1, completions = null, suspend = false }) => ({
      t,
      parallelism,
      completions,
      suspend,
    })),
    pods: runs,
    statuses: statuses.map(statusChange),
    events: events.map(({ t = 0, type, reason = '', message = '', count = 1, pod }) => ({
      t,
      type: type === 'Warning' ? 'Warning' : 'Normal',
      reason,
      message,
      count,
      ...(pod === undefined ? {} : { pod }),
    })),
    waits: (run.waits ?? []).map(({ from = 0, until: to = from, index = null, failures = 1 }) => ({
      from,
      until: to,
      index,
      failures,
    })),
    explanations: [],
    gaps: (run.gaps ?? []).map(({ from = 0, until: to = from }) => ({ from, until: to })),
    end: end === undefined ? endOfStatuses(statuses) : readEnd(end),
    until,
    ...(staleSince === undefined ? {} : { staleSince }),
  };
  return { timeline, job: run.job ?? null };
}

function podRun(pod: RecordedPod, place: number, isIndexed: boolean): PodRun {
  const ordinal = pod.ordinal ?? place;
  const { reason, message, node, countedFailed } = pod;
  return {
    ordinal,
    name: pod.name ?? `pod-${ordinal}`,
    index: isIndexed ? (pod.index ?? null) : null,
    attempt: pod.attempt ?? (isIndexed ? 0 : ordinal),
    created: pod.created ?? 0,
    scheduled: pod.scheduled ?? null,
    started: pod.started ?? null,
    ready: pod.ready ?? null,
    deleting: pod.deleting ?? null,
    finished: pod.finished ?? null,
    removed: pod.removed ?? null,
    phase: PHASES.has(pod.phase ?? '') ? (pod.phase as PodPhase) : 'Unknown',
    exitCode: pod.phase === 'Succeeded' ? null : (pod.exitCode ?? null),
    restarts: pod.restarts ?? 0,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(node === undefined ? {} : { node }),
    ...(countedFailed === undefined ? {} : { countedFailed }),
  };
}

function statusChange({ t = 0, status = {}, inferred }: NonNullable<RecordedRun['statuses']>[number]): StatusChange {
  if (status.deleted === true) return { t, status: { deleted: true } };
  const { active = 0, succeeded = 0, failed = 0, started = false, ...others } = status;
  const counts: JobStatus = { active, succeeded, failed, started, ...others };
  return { t, status: counts, ...(inferred === undefined ? {} : { inferred }) };
}

function readEnd({
  t = 0,
  outcome = '',
  reason = '',
  message = '',
}: NonNullable<RecordedRun['end']>): TimelineEnd | null {
  return OUTCOMES.has(outcome) ? { t, outcome: outcome as TimelineEnd['outcome'], reason, message } : null;
}

/** Traces of real Jobs have no end of their own: the condition is it. */
function endOfStatuses(statuses: NonNullable<RecordedRun['statuses']>): TimelineEnd | null {
  for (const { t = 0, status } of statuses) {
    for (const condition of status?.conditions ?? []) {
      const [, outcome, reason = ''] = /^(Complete|Failed)=True:?(.*)$/.exec(condition) ?? [];
      if (outcome !== undefined) return { t, outcome: outcome as 'Complete' | 'Failed', reason, message: '' };
    }
  }
  return null;
}
