import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { nextRuns } from '../kubernetes/next-runs.ts';
import { forecastParallelism } from './parallelism.ts';

/** What a calendar is made from. */
export interface CalendarInput {
  readonly cronJobs: readonly CronJob[];
  /** Jobs of the namespace: those that a CronJob made tell how long its runs take. */
  readonly jobs: readonly Job[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How far ahead; default 24. */
  readonly hours?: number;
}

/** A CronJob in the calendar. Times are seconds since 1970, lengths of time in seconds. */
export interface CalendarEntry {
  readonly name: string;
  readonly schedule: string;
  /** The zone that its schedule counts in; UTC where it names none. */
  readonly zone: string;
  readonly suspended: boolean;
  /** False where schedule or zone cannot be read. */
  readonly readable: boolean;
  /** The next run, however far away; null when there is none. */
  readonly next: number | null;
  /** Runs within the calendar. */
  readonly runs: readonly CalendarRun[];
  /** The most pods of one run at once. */
  readonly pods: number;
  /** What its runs took, in the middle of those that are known; null where none is. */
  readonly usual: number | null;
  /** How long ago a run succeeded last; null when none ever did, as far as the cluster knows. */
  readonly lastSuccess: number | null;
  /** True when two runs in a row have not succeeded since. */
  readonly late: boolean;
}

/** One run to come. */
export interface CalendarRun {
  readonly at: number;
  /** When it is likely over. */
  readonly until: number;
}

/** CronJobs that start within one minute. */
export interface Collision {
  readonly names: readonly string[];
  /** The beginnings of those minutes. */
  readonly times: readonly number[];
  /** Pods that they want together. */
  readonly pods: number;
}

/** The most pods at once. */
export interface CalendarPeak {
  readonly at: number;
  readonly pods: number;
  readonly names: readonly string[];
}

export interface Calendar {
  readonly from: number;
  readonly until: number;
  /** The next to run first; those that never run last. */
  readonly entries: readonly CalendarEntry[];
  /** Those with the most pods first. */
  readonly collisions: readonly Collision[];
  /** Null when nothing runs. */
  readonly peak: CalendarPeak | null;
  /** Pods at once in each of `SLOTS` equal parts, at most. */
  readonly load: readonly number[];
  /** True when there are more runs than were looked at. */
  readonly cut: boolean;
}

/** How many parts the load is told in. */
export const SLOTS = 96;
/** A run of which nothing is known counts for a minute. */
const UNKNOWN_LENGTH = 60;
const HOURS = 24;
/** Runs that are looked at: every minute of a day for one CronJob, and a bound for all together. */
const MOST_RUNS_EACH = 1_500;
const MOST_RUNS = 40_000;
/** So many of the last runs say what is usual. */
const RECENT = 10;

/** What the CronJobs of a namespace will do in the hours to come, as far as schedules and past runs tell. */
export function calendarOf({ cronJobs, jobs, now, hours = HOURS }: CalendarInput): Calendar {
  const from = Math.floor(now / 1000);
  const until = from + hours * 3600;
  const lengths = usualLengths(jobs);
  let left = MOST_RUNS;
  const entries = cronJobs.map((cronJob) => {
    const entry = entryOf(cronJob, { now, until, lengths, most: Math.min(MOST_RUNS_EACH, left) });
    left = Math.max(0, left - entry.runs.length);
    return entry;
  });
  entries.sort((a, b) => (a.next ?? Infinity) - (b.next ?? Infinity) || (a.name < b.name ? -1 : 1));
  const steps = stepsOf(entries);
  return {
    from,
    until,
    entries,
    collisions: collisionsOf(entries),
    peak: peakOf(entries, steps),
    load: loadOf(steps, from, until),
    cut: left === 0,
  };
}

interface Surroundings {
  readonly now: number;
  readonly until: number;
  readonly lengths: ReadonlyMap<string, number>;
  readonly most: number;
}

function entryOf({ metadata, spec, status }: CronJob, { now, until, lengths, most }: Surroundings): CalendarEntry {
  const name = metadata?.name ?? '';
  const since = stamp(status?.lastScheduleTime) ?? stamp(metadata?.creationTimestamp) ?? now;
  const found = nextRuns(spec ?? {}, now, 1, since);
  const suspended = spec?.suspend === true;
  const usual = lengths.get(metadata?.uid ?? '') ?? null;
  const success = stamp(status?.lastSuccessfulTime);
  const lastSuccess = success === null ? null : Math.max(0, now - success) / 1000;
  const next = suspended ? null : (found?.at[0] ?? null);
  const within = next === null || next > until ? [] : (nextRuns(spec ?? {}, now, most, since)?.at ?? []);
  const [first = 0, second = 0] = nextRuns(spec ?? {}, now, 2, since)?.at ?? [];
  const period = second - first;
  return {
    name,
    schedule: spec?.schedule ?? '',
    zone: found?.zone ?? spec?.timeZone ?? 'UTC',
    suspended,
    readable: found !== null,
    next,
    runs: runsOf(
      within.filter((at) => at < until),
      usual ?? UNKNOWN_LENGTH,
      spec?.concurrencyPolicy,
    ),
    pods: forecastParallelism(spec?.jobTemplate?.spec ?? {}).peak,
    usual,
    lastSuccess,
    late: !suspended && period > 0 && lastSuccess !== null && lastSuccess > 2 * period + (usual ?? 0),
  };
}

/** Runs of one CronJob beside each other, as its concurrencyPolicy wants them. */
function runsOf(starts: readonly number[], length: number, policy: string | undefined): CalendarRun[] {
  const runs: CalendarRun[] = [];
  for (const at of starts) {
    const before = runs.at(-1);
    if (before !== undefined && before.until > at) {
      if (policy === 'Forbid') continue;
      if (policy === 'Replace') runs[runs.length - 1] = { ...before, until: at };
    }
    runs.push({ at, until: at + length });
  }
  return runs;
}

/** What runs of each CronJob took, by its uid: the middle of the last ones that succeeded. */
function usualLengths(jobs: readonly Job[]): ReadonlyMap<string, number> {
  const byOwner = new Map<string, { readonly end: number; readonly length: number }[]>();
  for (const { metadata, status } of jobs) {
    const owner = metadata?.ownerReferences?.find(({ controller }) => controller === true);
    const [begin, end] = [stamp(status?.startTime), stamp(status?.completionTime)];
    if (owner?.kind !== 'CronJob' || owner.uid === undefined || begin === null || end === null) continue;
    const runs = byOwner.get(owner.uid) ?? [];
    byOwner.set(owner.uid, runs);
    runs.push({ end, length: Math.max(1, (end - begin) / 1000) });
  }
  return new Map(
    [...byOwner].map(([uid, runs]) => {
      const recent = runs.sort((a, b) => b.end - a.end).slice(0, RECENT);
      const lengths = recent.map(({ length }) => length).sort((a, b) => a - b);
      return [uid, lengths[Math.floor(lengths.length / 2)] ?? UNKNOWN_LENGTH];
    }),
  );
}

function collisionsOf(entries: readonly CalendarEntry[]): Collision[] {
  const byMinute = new Map<number, Set<CalendarEntry>>();
  for (const entry of entries)
    for (const { at } of entry.runs) {
      const minute = at - (at % 60);
      const there = byMinute.get(minute) ?? new Set();
      byMinute.set(minute, there.add(entry));
    }
  const together = new Map<string, { readonly of: readonly CalendarEntry[]; readonly times: number[] }>();
  for (const [minute, there] of [...byMinute].sort(([a], [b]) => a - b)) {
    if (there.size < 2) continue;
    const of = [...there].sort((a, b) => (a.name < b.name ? -1 : 1));
    const key = JSON.stringify(of.map(({ name }) => name));
    const known = together.get(key) ?? { of, times: [] };
    together.set(key, known);
    known.times.push(minute);
  }
  return [...together.values()]
    .map(({ of, times }) => ({
      names: of.map(({ name }) => name),
      times,
      pods: of.reduce((sum, { pods }) => sum + pods, 0),
    }))
    .sort((a, b) => b.pods - a.pods || (a.times[0] ?? 0) - (b.times[0] ?? 0));
}

/** How many pods there are from a moment on. */
interface Step {
  readonly at: number;
  readonly pods: number;
}

function stepsOf(entries: readonly CalendarEntry[]): Step[] {
  const changes = new Map<number, number>();
  const change = (at: number, by: number): unknown => changes.set(at, (changes.get(at) ?? 0) + by);
  for (const { runs, pods } of entries)
    for (const { at, until } of runs) {
      change(at, pods);
      change(until, -pods);
    }
  let pods = 0;
  return [...changes].sort(([a], [b]) => a - b).map(([at, by]) => ({ at, pods: (pods += by) }));
}

function peakOf(entries: readonly CalendarEntry[], steps: readonly Step[]): CalendarPeak | null {
  let best: Step | null = null;
  for (const step of steps) if (step.pods > (best?.pods ?? 0)) best = step;
  if (best === null) return null;
  const { at, pods } = best;
  const names = entries
    .filter(({ runs }) => runs.some((run) => run.at <= at && at < run.until))
    .map(({ name }) => name)
    .sort();
  return { at, pods, names };
}

function loadOf(steps: readonly Step[], from: number, until: number): number[] {
  const width = (until - from) / SLOTS;
  const load = Array.from({ length: SLOTS }, () => 0);
  for (const [place, { at, pods }] of steps.entries()) {
    const end = steps[place + 1]?.at ?? at;
    const last = Math.min(SLOTS - 1, Math.ceil((end - from) / width) - 1);
    for (let slot = Math.max(0, Math.floor((at - from) / width)); slot <= last; slot++)
      load[slot] = Math.max(load[slot] ?? 0, pods);
  }
  return load;
}

/** Milliseconds since the epoch of an API time; null without one. */
function stamp(text: string | undefined): number | null {
  const at = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
