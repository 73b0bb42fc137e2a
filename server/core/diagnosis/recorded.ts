import type { JobCondition } from '../kubernetes/generated/types.ts';
import type { ObjectShape, Shape } from '../kubernetes/shape.ts';
import { conformObject } from '../timeline/conform.ts';
import type { ClusterEvent, Pod } from '../timeline/observed-objects.ts';
import { TRACKING_FINALIZER } from '../timeline/observed-pod.ts';
import { stampMilliseconds } from '../timeline/observed-time.ts';
import type { DiagnosisInput } from './facts.ts';

/** The fields of a recorded run (a timeline, or a trace with fewer of them) that a diagnosis reads. */
interface RecordedRun {
  readonly name?: string;
  readonly namespace?: string;
  readonly origin?: string;
  readonly until?: number;
  readonly completionMode?: string;
  readonly targets?: readonly {
    readonly parallelism?: number;
    readonly completions?: number;
    readonly suspend?: boolean;
  }[];
  readonly pods?: readonly RecordedPod[];
  readonly statuses?: readonly { readonly t?: number; readonly status?: RecordedStatus }[];
  readonly events?: readonly {
    readonly t?: number;
    readonly type?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly count?: number;
  }[];
  readonly end?: {
    readonly t?: number;
    readonly outcome?: string;
    readonly reason?: string;
    readonly message?: string;
  };
}

interface RecordedPod {
  readonly ordinal?: number;
  readonly name?: string;
  readonly index?: number;
  readonly created?: number;
  readonly started?: number;
  readonly deleting?: number;
  readonly finished?: number;
  readonly phase?: string;
  readonly exitCode?: number;
  readonly restarts?: number;
  readonly reason?: string;
  readonly message?: string;
}

interface RecordedStatus {
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
    ...all(text, 'name', 'namespace', 'origin', 'completionMode'),
    until: number,
    targets: list('Target'),
    pods: list('Pod'),
    statuses: list('Change'),
    events: list('Event'),
    end: { type: 'object', ref: 'End' },
  }),
  Target: table({ ...all(number, 'parallelism', 'completions'), suspend: flag }),
  Pod: table({
    ...all(number, 'ordinal', 'index', 'created', 'started', 'deleting', 'finished', 'exitCode', 'restarts'),
    ...all(text, 'name', 'phase', 'reason', 'message'),
  }),
  Change: table({ t: number, status: { type: 'object', ref: 'Status' } }),
  Status: table({
    ...all(number, 'active', 'ready', 'succeeded', 'failed', 'terminating'),
    ...all(text, 'completedIndexes', 'failedIndexes'),
    started: flag,
    conditions: { type: 'list', of: text },
  }),
  Event: table({ ...all(number, 't', 'count'), ...all(text, 'type', 'reason', 'message') }),
  End: table({ t: number, ...all(text, 'outcome', 'reason', 'message') }),
};

/**
 * Makes of a recorded run what a diagnosis takes: the Job and its pods as they were at its end. A run without an origin
 * is set at the epoch, so its times are seconds. Of the spec a recording knows little, so little is said about it.
 *
 * @param value parsed JSON
 * @returns null for something else than a recorded run
 */
export function readRecordedRun(value: unknown): DiagnosisInput | null {
  const run = conformObject(value, 'Run', SHAPES) as RecordedRun | null;
  if (run?.pods === undefined || run.statuses === undefined) return null;
  const { name = 'recorded', namespace, pods, statuses, events = [], targets = [], end } = run;
  const origin = stampMilliseconds(run.origin) ?? 0;
  const at = (seconds: number): string => new Date(origin + seconds * 1000).toISOString();
  const last = statuses.filter(({ status }) => status?.active !== undefined).at(-1);
  const status = last?.status ?? {};
  const until = Math.max(0, run.until ?? 0, end?.t ?? 0, last?.t ?? 0, ...pods.map(({ finished = 0 }) => finished));
  const target = targets.at(-1);
  const indexed = run.completionMode === 'Indexed' || status.completedIndexes !== undefined;
  const { conditions = [], started, ...counts } = status;
  return {
    job: {
      metadata: {
        name,
        uid: `recorded-${name}`,
        resourceVersion: '',
        creationTimestamp: at(0),
        ...(namespace === undefined ? {} : { namespace }),
      },
      spec: { ...target, completionMode: indexed ? 'Indexed' : 'NonIndexed' },
      status: {
        ...counts,
        ...(started === true ? { startTime: at(0) } : {}),
        conditions: conditions.map((condition) => readCondition(condition, end?.message, at(last?.t ?? until))),
      },
    },
    pods: pods.map((pod, place) => recordedPod(pod, place, at)),
    events: events.map(({ t = 0, ...event }, place): ClusterEvent => {
      const stamp = at(t);
      return {
        metadata: { name: `event-${place}`, uid: `event-${place}`, resourceVersion: '' },
        involvedObject: { kind: 'Job', name },
        ...event,
        lastTimestamp: stamp,
      };
    }),
    now: origin + until * 1000,
  };
}

/** `Failed=True:BackoffLimitExceeded`. */
function readCondition(condition: string, message: string | undefined, at: string): JobCondition {
  const [, type = condition, status = 'True', reason = ''] = /^([^=]*)=([^:]*):?(.*)$/.exec(condition) ?? [];
  return { type, status, reason, lastTransitionTime: at, ...(message === undefined ? {} : { message }) };
}

function recordedPod(pod: RecordedPod, place: number, at: (seconds: number) => string): Pod {
  const {
    name = `pod-${pod.ordinal ?? place}`,
    phase = 'Pending',
    created = 0,
    started,
    finished,
    deleting,
    index,
  } = pod;
  const disrupted = pod.reason === 'DisruptionTarget';
  const terminated =
    finished === undefined
      ? undefined
      : {
          exitCode: pod.exitCode ?? (phase === 'Succeeded' ? 0 : undefined),
          reason: pod.reason ?? (phase === 'Succeeded' ? 'Completed' : 'Error'),
          message: pod.message,
          startedAt: started === undefined ? undefined : at(started),
          finishedAt: at(finished),
        };
  return {
    metadata: {
      name,
      uid: `${name}-${place}`,
      resourceVersion: '',
      creationTimestamp: at(created),
      finalizers: [TRACKING_FINALIZER],
      ...(deleting === undefined ? {} : { deletionTimestamp: at(deleting) }),
      ...(index === undefined ? {} : { annotations: { 'batch.kubernetes.io/job-completion-index': String(index) } }),
    },
    spec: {},
    status: {
      phase,
      conditions: disrupted ? [{ type: 'DisruptionTarget', status: 'True', message: pod.message }] : [],
      containerStatuses: [
        {
          name: 'main',
          restartCount: pod.restarts ?? 0,
          ...(terminated !== undefined
            ? { state: { terminated } }
            : started === undefined
              ? {}
              : { state: { running: { startedAt: at(started) } } }),
        },
      ],
    },
  };
}
