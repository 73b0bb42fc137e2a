/** Recorded traces (the JSON of the design's section 3): how they are made from what the API server shows, and when two agree. */
import type { ClusterEvent, Job, Pod } from './objects.ts';

export interface PodTrace {
  ordinal: number;
  index?: number;
  attempt: number;
  /** Seconds since the Job was sent to the server, as all times here. */
  created: number;
  started?: number;
  deleting?: number;
  finished?: number;
  phase: string;
  exitCode?: number;
}

export interface StatusTrace {
  readonly t: number;
  readonly status: Readonly<Record<string, unknown>>;
}

export interface EventTrace {
  readonly t: number;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  count: number;
}

export interface Trace {
  readonly name: string;
  readonly pods: readonly PodTrace[];
  readonly statuses: readonly StatusTrace[];
  readonly events: readonly EventTrace[];
  /** Seconds for which the recorder itself did not get to run: times that lie so far off mean nothing. Not stored. */
  readonly stalled?: number;
}

/** A Job's status in a trace's words. Numbers that the server leaves out while they are 0 are written as 0. */
export function statusTrace({ status = {} }: Job): Readonly<Record<string, unknown>> {
  const {
    active = 0,
    ready,
    succeeded = 0,
    failed = 0,
    terminating,
    completedIndexes,
    failedIndexes,
    startTime,
    conditions,
  } = status;
  return {
    active,
    ...(ready === undefined ? {} : { ready }),
    succeeded,
    failed,
    ...(terminating === undefined ? {} : { terminating }),
    ...(completedIndexes === undefined ? {} : { completedIndexes }),
    ...(failedIndexes === undefined ? {} : { failedIndexes }),
    started: startTime !== undefined,
    ...(conditions === undefined
      ? {}
      : { conditions: conditions.map(({ type, status: holds, reason }) => `${type}=${holds}:${reason ?? ''}`) }),
  };
}

/** The exit code that a failed pod shows: of the first container that ended with one other than 0, else of the first that ended. */
function exitCodeOf({ status }: Pod): number | undefined {
  const codes = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].flatMap(
    ({ state }) => state?.terminated?.exitCode ?? [],
  );
  return codes.find((code) => code !== 0) ?? codes[0];
}

/** Gathers what is seen of one Job into a trace. Times are seconds, rounded to hundredths. */
export class TraceRecorder {
  readonly name: string;
  readonly #now: () => number;
  readonly #pods = new Map<string, PodTrace>();
  readonly #podNames: string[] = [];
  readonly #tries = new Map<number, number>();
  readonly #statuses: StatusTrace[] = [];
  readonly #events = new Map<string, EventTrace>();

  /** @param now seconds since the Job was sent to the server */
  constructor(name: string, now: () => number) {
    this.name = name;
    this.#now = () => Math.round(now() * 100) / 100;
  }

  seeJob(job: Job): void {
    this.#seeStatus(statusTrace(job));
  }

  seeJobDeleted(): void {
    this.#seeStatus({ deleted: true });
  }

  #seeStatus(status: Readonly<Record<string, unknown>>): void {
    if (JSON.stringify(this.#statuses.at(-1)?.status) !== JSON.stringify(status))
      this.#statuses.push({ t: this.#now(), status });
  }

  seePod(pod: Pod): void {
    const t = this.#now();
    let known = this.#pods.get(pod.metadata.uid);
    if (!known) {
      const annotation = pod.metadata.annotations?.['batch.kubernetes.io/job-completion-index'];
      const ordinal = this.#pods.size;
      if (annotation === undefined) {
        known = { ordinal, attempt: ordinal, created: t, phase: 'Pending' };
      } else {
        const index = Number(annotation);
        const attempt = this.#tries.get(index) ?? 0;
        this.#tries.set(index, attempt + 1);
        known = { ordinal, index, attempt, created: t, phase: 'Pending' };
      }
      this.#pods.set(pod.metadata.uid, known);
      this.#podNames.push(pod.metadata.name);
    }
    const phase = pod.status?.phase ?? 'Pending';
    if (phase !== 'Pending' && known.phase === 'Pending' && phase === 'Running') known.started = t;
    if (pod.metadata.deletionTimestamp !== undefined) known.deleting ??= t;
    if (phase === 'Succeeded' || phase === 'Failed') known.finished ??= t;
    if (phase === 'Failed') {
      const exitCode = exitCodeOf(pod);
      if (exitCode !== undefined) known.exitCode = exitCode;
    }
    known.phase = phase;
  }

  seePodDeleted(pod: Pod): void {
    this.seePod(pod);
    const known = this.#pods.get(pod.metadata.uid);
    if (known) known.finished ??= this.#now();
  }

  seeEvent(event: ClusterEvent): void {
    const count = event.count ?? 1;
    const known = this.#events.get(event.metadata.uid);
    if (known) {
      known.count = count;
      return;
    }
    const message = this.#podNames.reduce((text, name) => text.replaceAll(name, '<pod>'), event.message);
    this.#events.set(event.metadata.uid, { t: this.#now(), type: event.type, reason: event.reason, message, count });
  }

  trace(): Trace {
    return {
      name: this.name,
      pods: [...this.#pods.values()],
      statuses: [...this.#statuses],
      events: [...this.#events.values()],
    };
  }
}

/** Seconds by which creation times of two runs of the real thing may differ. */
const creationTolerance = 1.6;
/** Above so many events the recording of events is lossy, and says nothing. */
const eventsTrusted = 25;

function sorted(items: Iterable<string>): string[] {
  return [...items].sort();
}

function conditionOrder(trace: Trace): string[] {
  const seen = new Set<string>();
  for (const { status } of trace.statuses)
    for (const condition of (status['conditions'] as readonly string[] | undefined) ?? []) seen.add(condition);
  return [...seen];
}

/** In what two traces of the same scenario differ, beyond the noise of time. Empty: they agree. */
export function disagreements(a: Trace, b: Trace): string[] {
  const found: string[] = [];
  const compare = (what: string, left: unknown, right: unknown): void => {
    const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
    if (one !== other) found.push(`${what}: ${one} and ${other}`);
  };
  const last = ({ statuses }: Trace): unknown => {
    const status = statuses.at(-1)?.status ?? {};
    if (status['deleted']) return 'deleted';
    const named = ['succeeded', 'failed', 'active', 'terminating', 'completedIndexes', 'failedIndexes', 'conditions'];
    // The API leaves empty completedIndexes out.
    return named.map((name) => status[name] ?? (name === 'completedIndexes' ? '' : null));
  };
  compare('last status', last(a), last(b));
  const ends = ({ pods }: Trace): string[] =>
    sorted(
      pods.map(({ index, attempt, phase, exitCode }) =>
        JSON.stringify(index === undefined ? [phase, exitCode] : [index, attempt, phase, exitCode]),
      ),
    );
  compare('pods', ends(a), ends(b));
  const created = ({ pods }: Trace): number[] => pods.map((pod) => pod.created).sort((x, y) => x - y);
  const [left, right] = [created(a), created(b)];
  left.forEach((t, position) => {
    const other = right[position];
    if (other !== undefined && Math.abs(t - other) > creationTolerance)
      found.push(`creation ${position}: ${t} and ${other}`);
  });
  compare('order of conditions', conditionOrder(a), conditionOrder(b));
  if (Math.max(a.events.length, b.events.length) <= eventsTrusted) {
    const kinds = ({ events }: Trace): string[] =>
      sorted(new Set(events.map(({ type, reason }) => `${type} ${reason}`)));
    compare('events', kinds(a), kinds(b));
  }
  return found;
}
