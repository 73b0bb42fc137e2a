import type { PodRun, StatusChange, TargetChange, Timeline } from './timeline.ts';

/** What one pod did, in the scenario format. */
type Script = Readonly<Record<string, unknown>>;

/** Shorter than this, seconds do not count: what people do and what the controller makes of it lie so close. */
const AT_ONCE = 2;
/** What a rule cannot take back once the default says it. */
const UNUSUAL: ReadonlySet<string> = new Set(['condition', 'disrupt', 'restarts']);
/** Runs of more pods than this have their times rounded, so that pods which did about the same share a rule. */
const EXACT_PODS = 200;

/**
 * "Simulate what happened": the scenario (as data in the scenario format) under which the simulator does to the same Job
 * what this timeline shows. How long pods took, ran and how they ended becomes rules; scaling, suspending and
 * deletions that the Job's own controller does not account for become actions. Of pods that had not ended it says that
 * they run on.
 */
export function scenarioOf(timeline: Timeline): Readonly<Record<string, unknown>> {
  const { pods, name, origin, completionMode, targets } = timeline;
  const round = roundingFor(pods.length);
  const groups = new Map<string, { readonly script: Script; readonly pods: PodRun[] }>();
  for (const pod of pods) {
    const script = scriptOf(pod, timeline, round);
    const key = JSON.stringify(script);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { script, pods: [pod] });
    else group.pods.push(pod);
  }
  const ordered = [...groups.values()].sort((a, b) => b.pods.length - a.pods.length);
  const usual = ordered.find(({ script }) => !Object.keys(script).some((key) => UNUSUAL.has(key)));
  const indexed = completionMode === 'Indexed';
  const rules = ordered
    .filter((group) => group !== usual)
    .flatMap(({ script, pods: alike }) =>
      matchesOf(alike, indexed).map((match) => ({ match, ...complete(script, usual?.script ?? {}) })),
    );
  const actions = [
    ...targetActions(targets),
    ...pods.flatMap((pod) => deletionOf(pod, timeline)),
    ...jobDeletion(timeline),
  ].sort((a, b) => a.at - b.at);
  return {
    version: 1,
    for: { kind: 'Job', name },
    ...(usual === undefined ? {} : { default: usual.script }),
    ...(rules.length === 0 ? {} : { pods: rules }),
    ...(origin === null ? {} : { start: origin }),
    ...(actions.length === 0 ? {} : { actions }),
  };
}

/** To milliseconds; for many pods to two significant digits. */
function roundingFor(pods: number): (seconds: number) => number {
  return (seconds) => {
    const exact = Math.max(0, Math.round(seconds * 1000) / 1000);
    return pods <= EXACT_PODS || exact === 0 ? exact : Number(exact.toPrecision(2));
  };
}

function scriptOf(pod: PodRun, timeline: Timeline, round: (seconds: number) => number): Script {
  const { created, scheduled, started, finished, deleting, phase, exitCode, reason, restarts } = pod;
  const placed = scheduled ?? created;
  const waited = scheduled === null ? {} : delayOf(round(scheduled - created));
  const wasDeleted = deleting !== null && (finished === null || finished >= deleting);
  const grace = wasDeleted && finished !== null ? { grace: round(finished - deleting) } : {};
  const graceExitCode = phase === 'Succeeded' ? 0 : exitCode;
  const graceExit = started === null || graceExitCode === null ? {} : { graceExitCode };
  if (started === null) {
    // Found ended, or ended without ever having run.
    if (finished !== null && !wasDeleted)
      return { ...waited, startup: 0, run: round(finished - placed), ...endOf(phase, exitCode, reason) };
    return { ...(scheduled === null ? { pending: true } : { ...waited, imagePullBackOff: true }), ...grace };
  }
  const startup = { ...waited, startup: round(started - placed) };
  const lost = reason === 'NodeLost' && finished !== null;
  if (lost) return { ...startup, run: -1, disrupt: { at: round((deleting ?? finished) - placed), by: 'node-loss' } };
  // The template's own deadline ends it again.
  if (reason === 'DeadlineExceeded') return { ...startup, run: -1, ...graceExit };
  if (wasDeleted && restarts > 0) {
    // Deleted in the midst of a run, and after failures in place, which count towards the Job's limit.
    const run = round((deleting - started) / (restarts + 0.5));
    const taken = disruptionOf(pod, timeline, placed, round);
    return { ...startup, run, restarts: restarts + 1, exitCode: 1, ...grace, ...graceExit, ...taken };
  }
  if (wasDeleted) return { ...startup, run: -1, ...grace, ...graceExit, ...disruptionOf(pod, timeline, placed, round) };
  if (finished === null) return { ...startup, run: -1 };
  const again = restarts > 0 ? { restarts } : {};
  return { ...startup, run: round((finished - started) / (restarts + 1)), ...again, ...endOf(phase, exitCode, reason) };
}

function delayOf(schedulingDelay: number): Script {
  return schedulingDelay < 0.01 ? {} : { schedulingDelay };
}

function endOf(phase: string, exitCode: number | null, reason: string | undefined): Script {
  if (phase === 'Succeeded') return { exitCode: 0 };
  if (reason === 'OOMKilled') return { oomKilled: true };
  if (reason === 'DisruptionTarget') return { condition: reason, exitCode: exitCode ?? 0 };
  return { exitCode: exitCode === null || exitCode === 0 ? 1 : exitCode };
}

/** A pod that the cluster took away, not the Job's controller and no person. */
function disruptionOf(pod: PodRun, timeline: Timeline, placed: number, round: (seconds: number) => number): Script {
  if (pod.reason !== 'DisruptionTarget' || isByController(pod, timeline)) return {};
  return { disrupt: { at: round(pod.deleting! - placed), by: 'eviction' } };
}

/** A script that says everything again which the default would say otherwise. */
function complete(script: Script, usual: Script): Script {
  const plain: Script = {
    schedulingDelay: 0,
    pending: false,
    imagePullBackOff: false,
    oomKilled: false,
    restarts: 0,
    exitCode: 0,
    grace: 0.2,
    graceExitCode: 143,
  };
  const missing = Object.keys(usual).filter((key) => !(key in script) && key in plain);
  return { ...Object.fromEntries(missing.map((key) => [key, plain[key]])), ...script };
}

/** Matches for pods that did the same: by ordinal, or by index and attempt. */
function matchesOf(pods: readonly PodRun[], indexed: boolean): Script[] {
  if (!indexed) return [{ ordinal: rangesOf(pods.map(({ ordinal }) => ordinal)) }];
  const byAttempt = new Map<number, number[]>();
  for (const { index, attempt } of pods) byAttempt.set(attempt, [...(byAttempt.get(attempt) ?? []), index ?? 0]);
  return [...byAttempt].map(([attempt, indexes]) => ({ index: rangesOf(indexes), attempt }));
}

/** `0,3-5`. */
function rangesOf(positions: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === position - 1) last[1] = position;
    else ranges.push([position, position]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

type Action = Readonly<Record<string, unknown>> & { readonly at: number };

/** What people changed in the spec while the Job ran. */
function targetActions(targets: readonly TargetChange[]): Action[] {
  return targets.slice(1).map((target, place) => {
    const before = targets[place]!;
    return {
      at: Math.round(target.t * 1000) / 1000,
      ...(target.suspend === before.suspend ? {} : { suspend: target.suspend }),
      ...(target.parallelism === before.parallelism ? {} : { parallelism: target.parallelism }),
      ...(target.completions === before.completions || target.completions === null
        ? {}
        : { completions: target.completions }),
    };
  });
}

function deletionOf(pod: PodRun, timeline: Timeline): Action[] {
  const { deleting, finished, reason, index, attempt, ordinal } = pod;
  if (deleting === null || (finished !== null && finished < deleting)) return [];
  if (
    isByController(pod, timeline) ||
    ((reason === 'DisruptionTarget' || reason === 'NodeLost') && pod.started !== null)
  )
    return [];
  const match = index === null ? { ordinal: String(ordinal) } : { index: String(index), attempt: String(attempt) };
  return [{ at: Math.round(deleting * 1000) / 1000, deletePod: match }];
}

function jobDeletion({ end }: Timeline): Action[] {
  return end?.outcome === 'Deleted' ? [{ at: Math.round(end.t * 1000) / 1000, delete: true }] : [];
}

/**
 * Whether the Job's controller deleted the pod: it does when the Job is ending, suspended or scaled down, or when the
 * pod's index is done for.
 */
function isByController({ deleting, index }: PodRun, { statuses, targets, end }: Timeline): boolean {
  const t = deleting!;
  const near = (at: number): boolean => Math.abs(at - t) <= AT_ONCE;
  if (end !== null && end.outcome !== 'Unfinished' && t >= end.t - AT_ONCE) return true;
  const shrinks = targets.some(
    (target, place) =>
      place > 0 &&
      near(target.t) &&
      (target.suspend ||
        target.parallelism < targets[place - 1]!.parallelism ||
        hasFewerCompletions(target, targets[place - 1]!, index)),
  );
  return shrinks || statuses.some((change) => t >= change.t - AT_ONCE && isEnding(change));
}

function hasFewerCompletions(after: TargetChange, before: TargetChange, index: number | null): boolean {
  return (
    after.completions !== null &&
    before.completions !== null &&
    after.completions < before.completions &&
    index !== null &&
    index >= after.completions
  );
}

function isEnding({ status }: StatusChange): boolean {
  return (
    'conditions' in status &&
    (status.conditions ?? []).some((condition) =>
      /^(?:FailureTarget|SuccessCriteriaMet|Failed|Complete)=True/.test(condition),
    )
  );
}
