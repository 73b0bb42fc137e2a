import type { JobCondition } from '../kubernetes/generated/types.ts';
import type { ClusterEvent, Pod } from '../timeline/observed-objects.ts';
import { TRACKING_FINALIZER } from '../timeline/observed-pod.ts';
import { stampMilliseconds } from '../timeline/observed-time.ts';
import { conformRun, type RecordedPod } from '../timeline/recording.ts';
import type { DiagnosisInput } from './facts.ts';

/**
 * Makes of a recorded run what a diagnosis takes: the Job and its pods as they were at its end. A run without an origin
 * is set at the epoch, so its times are seconds. Of the spec a recording knows little, so little is said about it.
 *
 * @param value parsed JSON
 * @returns null for something else than a recorded run
 */
export function readRecordedRun(value: unknown): DiagnosisInput | null {
  const run = conformRun(value);
  if (run === null) return null;
  const { name = 'recorded', namespace, pods = [], statuses = [], events = [], targets = [], end } = run;
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
