import { matchFailurePolicy, type FailureMatch, type PodFailure } from '../kubernetes/failure-policy.ts';
import type { JobSpec } from '../kubernetes/generated/types.ts';
import type { Condition, ContainerStatus, Pod, PodStatus } from './observed-objects.ts';
import { momentOf, stampMilliseconds, type Sighting } from './observed-time.ts';
import type { PodMoment, PodPhase, PodRun } from './timeline.ts';

/** Keeps a finished pod until the Job controller has counted it; taken off before a pod is deleted uncounted. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
const INDEX = 'batch.kubernetes.io/job-completion-index';
const FAILURES = 'batch.kubernetes.io/job-index-failure-count';
const IGNORED_FAILURES = 'batch.kubernetes.io/job-index-ignored-failure-count';

/** What the run of a pod depends on, beside the pod. */
export interface PodSurroundings {
  /** Milliseconds since the epoch of t = 0. */
  readonly origin: number;
  readonly ordinal: number;
  /** How many pods of the same index came before it. */
  readonly earlier: number;
  readonly spec: JobSpec | undefined;
  /** True once the Job has met its success criteria: pods that end from then on are not counted. */
  readonly succeeded: boolean;
}

/**
 * A pod's run as far as this state of it tells, together with what was known before: moments that later states forget
 * (when it became ready, how its first container began) stay.
 */
export function podRunOf(pod: Pod, before: PodRun | null, sighting: Sighting, surroundings: PodSurroundings): PodRun {
  const { origin, ordinal, earlier } = surroundings;
  const { metadata, status = {} } = pod;
  const inferred = new Set<PodMoment>(before?.inferred);
  const relative = (milliseconds: number | null): number | null =>
    milliseconds === null ? null : (milliseconds - origin) / 1000;
  const seen = (stamp: string | undefined): number | null => relative(momentOf(stamp, sighting));

  /** The first known moment counts, but one that was inferred gives way to one that was observed. */
  const settle = (
    moment: PodMoment,
    known: number | null | undefined,
    observed: number | null,
    guess: number | null,
  ) => {
    if (known != null && !inferred.has(moment)) return known;
    if (observed !== null) {
      inferred.delete(moment);
      return observed;
    }
    if (known != null) return known;
    if (guess !== null) inferred.add(moment);
    return guess;
  };
  /** Clocks of nodes differ, and stamps are cut to seconds: what follows is never before what it follows. */
  const notBefore = (least: number | null, moment: number | null): number | null =>
    moment === null || least === null ? moment : Math.max(moment, least);

  const phase = phaseOf(status.phase);
  const ended = phase === 'Succeeded' || phase === 'Failed';
  const created = settle('created', before?.created, seen(metadata.creationTimestamp), relative(sighting.at)) ?? 0;
  const scheduled = notBefore(
    created,
    settle('scheduled', before?.scheduled, seen(transition(status, 'PodScheduled', 'True')), null),
  );
  const startGuess = phase === 'Pending' ? null : relative(stampMilliseconds(status.startTime));
  const started = notBefore(
    scheduled ?? created,
    settle('started', before?.started, seen(firstStart(status)), startGuess),
  );
  const ready = notBefore(started, settle('ready', before?.ready, seen(transition(status, 'Ready', 'True')), null));
  const deleting = notBefore(
    created,
    settle('deleting', before?.deleting, relative(deletionAsked(pod, sighting)), null),
  );
  const finishGuess = seen(transition(status, 'Ready', 'False')) ?? deleting ?? relative(sighting.at);
  const finished = ended
    ? notBefore(started ?? created, settle('finished', before?.finished, seen(lastFinish(status)), finishGuess))
    : null;

  const index = completionIndex(pod);
  const notes = metadata.annotations ?? {};
  const attempts = notes[FAILURES] === undefined ? earlier : count(notes[FAILURES]) + count(notes[IGNORED_FAILURES]);
  const failure = phase === 'Failed' ? endOfFailedPod(status) : {};
  const node = pod.spec?.nodeName ?? before?.node;
  return {
    ordinal,
    name: metadata.name,
    index,
    attempt: index === null ? ordinal : attempts,
    created,
    scheduled,
    started,
    ready,
    deleting,
    finished,
    removed: null,
    phase,
    exitCode: failure.exitCode ?? null,
    restarts: restartsOf(status),
    ...(failure.reason === undefined ? {} : { reason: failure.reason }),
    ...(failure.message === undefined ? {} : { message: failure.message }),
    ...(node === undefined ? {} : { node }),
    ...(isCounted(pod, before, { phase, finished, deleting }, surroundings) ? { countedFailed: true } : {}),
    ...(inferred.size === 0 ? {} : { inferred: [...inferred] }),
  };
}

/** The run of a pod whose object is gone. `live`: its deletion was seen; else it was only found missing. */
export function removedRun(run: PodRun, removed: number, live: boolean): PodRun {
  const inferred: PodMoment[] = [...(run.inferred ?? []), ...(live ? [] : (['removed'] as const))];
  return { ...run, removed: Math.max(removed, run.created), ...(inferred.length === 0 ? {} : { inferred }) };
}

/** The pod's completion index, or null in a NonIndexed Job. */
export function completionIndex(pod: Pod): number | null {
  const text = pod.metadata.annotations?.[INDEX] ?? pod.metadata.labels?.[INDEX];
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** What a podFailurePolicy looks at in a failed pod: app containers before init containers, as the controller does. */
export function podFailureOf(status: PodStatus): PodFailure {
  const exitCodes = containersOf(status).flatMap(({ name, state }) => {
    const exitCode = state?.terminated?.exitCode;
    return exitCode === undefined ? [] : [{ container: name ?? '', exitCode }];
  });
  const conditions = (status.conditions ?? []).map(({ type = '', status: value = '' }) => ({ type, status: value }));
  return { exitCodes, conditions };
}

/** The podFailurePolicy rule that takes a failed pod, or null. */
export function failureMatchOf(pod: Pod, spec: JobSpec | undefined): FailureMatch | null {
  if (pod.status?.phase !== 'Failed') return null;
  return matchFailurePolicy(spec?.podFailurePolicy, podFailureOf(pod.status));
}

/** App containers in the order of their statuses, then init containers. */
export function containersOf(status: PodStatus): readonly ContainerStatus[] {
  return [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
}

/** The condition of this type when it has this status. */
export function conditionOf(status: PodStatus | undefined, type: string, value = 'True'): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type && condition.status === value);
}

/** In-place restarts of all its containers. */
export function restartsOf(status: PodStatus): number {
  return containersOf(status).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}

function phaseOf(phase: string | undefined): PodPhase {
  switch (phase) {
    case 'Pending':
    case 'Running':
    case 'Succeeded':
    case 'Failed':
      return phase;
    case undefined:
      return 'Pending';
    default:
      return 'Unknown';
  }
}

function count(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function transition(status: PodStatus, type: string, value: string): string | undefined {
  return conditionOf(status, type, value)?.lastTransitionTime;
}

/** When the first of its app containers began, unless restarts made the pod forget it. */
function firstStart({ containerStatuses = [] }: PodStatus): string | undefined {
  const starts = containerStatuses.flatMap(({ state, lastState, restartCount = 0 }) => {
    if (restartCount > 1) return [];
    const first = restartCount === 1 ? lastState : state;
    return first?.running?.startedAt ?? first?.terminated?.startedAt ?? [];
  });
  return starts.sort()[0];
}

/** When the last of its containers ended, if all of them say so. */
function lastFinish({ containerStatuses = [] }: PodStatus): string | undefined {
  const ends = containerStatuses.map(({ state }) => state?.terminated?.finishedAt);
  return ends.every((end) => end !== undefined) ? ends.sort().at(-1) : undefined;
}

/** The deletion timestamp is when the grace ends; deletion was asked for that much earlier. */
function deletionAsked({ metadata }: Pod, { at, live }: Sighting): number | null {
  const until = stampMilliseconds(metadata.deletionTimestamp);
  if (until === null) return null;
  const asked = until - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return live && at >= asked && at < asked + 1000 ? at : asked;
}

interface FailedEnd {
  readonly exitCode?: number;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** The container that decided: the first that ended with another code than 0, app containers first. */
function endOfFailedPod(status: PodStatus): FailedEnd {
  const ends = containersOf(status).flatMap(({ state }) => state?.terminated ?? []);
  const decided = ends.find(({ exitCode }) => (exitCode ?? 0) !== 0) ?? ends[0];
  const disruption = conditionOf(status, 'DisruptionTarget');
  return {
    ...(decided?.exitCode === undefined ? {} : { exitCode: decided.exitCode }),
    reason: status.reason ?? disruption?.type ?? decided?.reason,
    message: status.message ?? disruption?.message ?? decided?.message,
  };
}

/** Whether the controller adds this pod to `status.failed` (at once, or when it has ended). What is counted stays so. */
function isCounted(
  pod: Pod,
  before: PodRun | null,
  { phase, finished, deleting }: { phase: PodPhase; finished: number | null; deleting: number | null },
  { spec, succeeded }: PodSurroundings,
): boolean {
  if (before?.countedFailed === true) return true;
  if (phase === 'Succeeded' || (phase !== 'Failed' && deleting === null)) return false;
  const tracked = pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
  const endedByItself = finished !== null && (deleting === null || finished <= deleting);
  // Scaling down and suspending take the finalizer off first; a Job that has met its criteria kills without counting.
  if (!endedByItself && (succeeded || !tracked)) return false;
  if (phase === 'Failed') return failureMatchOf(pod, spec)?.action !== 'Ignore';
  return isTakenWhileTerminating(spec);
}

/** Under TerminatingOrFailed a pod counts as failed as soon as its deletion is asked for. */
function isTakenWhileTerminating(spec: JobSpec | undefined): boolean {
  return spec?.podReplacementPolicy === 'TerminatingOrFailed';
}
