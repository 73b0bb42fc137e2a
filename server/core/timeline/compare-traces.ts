import type { CronTrace } from './cron-trace.ts';
import type { PodTrace, StatusTrace, Trace } from './trace.ts';

/** Seconds by which creation times may differ: the real controller has latencies of its own and batches for 1 s. */
export const CREATION_TOLERANCE = 1.6;
/** Where more than so many events happen a recording loses some, and its events are not compared. */
const COMPLETE_EVENTS = 25;

/** One way in which two traces of the same scenario differ. */
export interface TraceDifference {
  readonly what: 'status' | 'pods' | 'creation' | 'conditions' | 'events' | 'jobs' | 'times' | 'active';
  readonly expected: string;
  readonly actual: string;
}

/**
 * Compares a trace with a recording: last status, pods, creation times, order of conditions and, where the recording
 * has them all, kinds of events. No difference: they agree.
 */
export function compareTraces(expected: Trace, actual: Trace): TraceDifference[] {
  const differences: TraceDifference[] = [];
  const compare = (what: TraceDifference['what'], a: string, b: string): void => {
    if (a !== b) differences.push({ what, expected: a, actual: b });
  };
  compare('status', lastStatus(expected), lastStatus(actual));
  compare('pods', podEnds(expected.pods), podEnds(actual.pods));
  const [early, late] = [creations(expected), creations(actual)];
  early.forEach((t, at) => {
    const other = late[at];
    if (other !== undefined && Math.abs(other - t) > CREATION_TOLERANCE)
      differences.push({ what: 'creation', expected: `pod ${at} at ${t}`, actual: `pod ${at} at ${other}` });
  });
  compare('conditions', conditionOrder(expected), conditionOrder(actual));
  if (Math.max(expected.events.length, actual.events.length) <= COMPLETE_EVENTS)
    compare('events', eventKinds(expected), eventKinds(actual));
  return differences;
}

function lastStatus({ statuses }: Trace): string {
  const status: StatusTrace['status'] = statuses.at(-1)?.status ?? {};
  if ('deleted' in status) return 'deleted';
  return JSON.stringify({
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    active: status.active ?? 0,
    terminating: status.terminating ?? 0,
    completedIndexes: status.completedIndexes ?? '',
    failedIndexes: status.failedIndexes ?? null,
    conditions: status.conditions ?? [],
  });
}

function podEnds(pods: readonly PodTrace[]): string {
  const kinds = pods.map(({ index, attempt, phase, exitCode }) => {
    const who = index === undefined ? '' : `index ${index} attempt ${attempt} `;
    // Some recorders write the 0 of a pod that succeeded, some leave it out.
    return `${who}${phase}${exitCode === undefined || phase === 'Succeeded' ? '' : ` ${exitCode}`}`;
  });
  const counts = new Map<string, number>();
  for (const kind of kinds.sort()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, number]) => `${number} × ${kind}`).join(', ');
}

function creations({ pods }: Trace): number[] {
  return pods.map(({ created }) => created).sort((a, b) => a - b);
}

function conditionOrder({ statuses }: Trace): string {
  const seen = new Set<string>();
  for (const { status } of statuses)
    if (!('deleted' in status)) for (const each of status.conditions ?? []) seen.add(each);
  return [...seen].join(', ');
}

function eventKinds({ events }: Pick<CronTrace, 'events'>): string {
  return [...new Set(events.map(({ type, reason }) => `${type} ${reason}`))].sort().join(', ');
}

/** Seconds by which the times of a CronJob's Jobs may differ. */
export const CRON_TOLERANCE = 2;

/**
 * Compares a CronJob's trace with a recording: the same Jobs in order with the same slot and end, their times, kinds of
 * events, and the sequence of active counts. No difference: they agree.
 */
export function compareCronTraces(expected: CronTrace, actual: CronTrace): TraceDifference[] {
  const differences: TraceDifference[] = [];
  const compare = (what: TraceDifference['what'], a: string, b: string): void => {
    if (a !== b) differences.push({ what, expected: a, actual: b });
  };
  const jobs = (trace: CronTrace): string =>
    trace.jobs.map(({ slot, end }) => `${slot}:${end ?? 'unfinished'}`).join(', ');
  compare('jobs', jobs(expected), jobs(actual));
  expected.jobs.forEach((job, at) => {
    const other = actual.jobs[at];
    if (other === undefined) return;
    for (const moment of ['created', 'ended', 'deleted'] as const) {
      const [a, b] = [job[moment], other[moment]];
      const near = a === undefined || b === undefined ? a === b : Math.abs(a - b) <= CRON_TOLERANCE;
      if (!near) compare('times', `job ${at} ${moment} ${a ?? 'never'}`, `job ${at} ${moment} ${b ?? 'never'}`);
    }
  });
  compare('events', eventKinds(expected), eventKinds(actual));
  const counts = ({ active }: CronTrace): string => active.map(({ n }) => n).join(', ');
  compare('active', counts(expected), counts(actual));
  return differences;
}
