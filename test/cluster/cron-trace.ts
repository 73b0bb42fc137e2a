/** Recorded traces of CronJobs: which Jobs a CronJob made, and when two recordings agree. */
import type { ClusterEvent, CronJob, Job } from './objects.ts';

export interface CronJobRun {
  /** The scheduled time, in seconds since the CronJob's creation, as all times here. */
  slot: number;
  created: number;
  ended?: number;
  /** The final condition and its reason, `Complete:CompletionsReached`. */
  end?: string;
  deleted?: number;
}

export interface CronEventTrace {
  readonly t: number;
  readonly type: string;
  readonly reason: string;
  readonly count: number;
}

export interface CronTrace {
  readonly name: string;
  readonly jobs: readonly CronJobRun[];
  /** One entry for each time that an event was written, also when only its count grew. */
  readonly events: readonly CronEventTrace[];
  /** How many Jobs the CronJob's status calls active, whenever that changed. */
  readonly active: readonly { readonly t: number; readonly n: number }[];
}

const scheduledAnnotation = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** Gathers what is seen of one CronJob into a trace. Times are seconds, rounded to tenths. */
export class CronTraceRecorder {
  readonly #name: string;
  readonly #now: () => number;
  readonly #epoch: number;
  readonly #jobs = new Map<string, CronJobRun>();
  readonly #events: CronEventTrace[] = [];
  readonly #active: { readonly t: number; readonly n: number }[] = [];

  /**
   * @param now seconds since the CronJob was created
   * @param epoch wall-clock time of its creation, milliseconds
   */
  constructor(name: string, now: () => number, epoch: number) {
    this.#name = name;
    this.#now = () => Math.round(now() * 10) / 10;
    this.#epoch = epoch;
  }

  seeCronJob({ status }: CronJob): void {
    const n = status?.active?.length ?? 0;
    if (this.#active.at(-1)?.n !== n) this.#active.push({ t: this.#now(), n });
  }

  seeJob(job: Job): void {
    const t = this.#now();
    let run = this.#jobs.get(job.metadata.uid);
    if (!run) {
      const slot = Date.parse(job.metadata.annotations?.[scheduledAnnotation] ?? '');
      run = { slot: Math.round((slot - this.#epoch) / 1000), created: t };
      this.#jobs.set(job.metadata.uid, run);
    }
    const end = job.status?.conditions?.find(
      ({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'),
    );
    if (end && run.end === undefined) {
      run.ended = t;
      run.end = `${end.type}:${end.reason ?? ''}`;
    }
  }

  seeJobDeleted(job: Job): void {
    const run = this.#jobs.get(job.metadata.uid);
    if (run) run.deleted ??= this.#now();
  }

  seeEvent(event: ClusterEvent): void {
    this.#events.push({ t: this.#now(), type: event.type, reason: event.reason, count: event.count ?? 1 });
  }

  trace(): CronTrace {
    return { name: this.#name, jobs: [...this.#jobs.values()], events: [...this.#events], active: [...this.#active] };
  }
}

/** Seconds by which times of two runs of the real thing may differ. */
const tolerance = 2;

/** In what two traces of the same CronJob scenario differ, beyond the noise of time. Empty: they agree. */
export function cronDisagreements(a: CronTrace, b: CronTrace): string[] {
  const found: string[] = [];
  const compare = (what: string, left: unknown, right: unknown): void => {
    const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
    if (one !== other) found.push(`${what}: ${one} and ${other}`);
  };
  compare(
    'jobs',
    a.jobs.map(({ slot, end }) => [slot, end]),
    b.jobs.map(({ slot, end }) => [slot, end]),
  );
  a.jobs.forEach((left, position) => {
    const right = b.jobs[position];
    if (!right) return;
    for (const name of ['created', 'ended', 'deleted'] as const) {
      const [one, other] = [left[name], right[name]];
      const near = one === undefined || other === undefined ? one === other : Math.abs(one - other) <= tolerance;
      if (!near) found.push(`job ${position} ${name}: ${one} and ${other}`);
    }
  });
  const kinds = ({ events }: CronTrace): string[] =>
    [...new Set(events.map(({ type, reason }) => `${type} ${reason}`))].sort();
  compare('events', kinds(a), kinds(b));
  compare(
    'active',
    a.active.map(({ n }) => n),
    b.active.map(({ n }) => n),
  );
  return found;
}
