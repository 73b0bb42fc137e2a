import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import type { Answer, RequestOptions, Transport } from '../cluster/client.ts';
import type { Connection } from '../cluster/connection.ts';
import { failure, success, type Result } from '../cluster/problem.ts';
import { problemOfStatus } from '../cluster/status.ts';
import { DEMO_CONTEXT } from './demo-context.ts';
import { linesOf } from './demo-logs.ts';
import { PacedStream, type PacedItem } from './paced-stream.ts';
import { changesOf, type ObjectChange, type Resource } from './timeline-objects.ts';

/** A made-up cluster that plays one Job. */
export interface DemoCluster {
  readonly job: { readonly namespace: string; readonly name: string };
  /** How many seconds of the Job pass in one second. */
  speed: number;
  connect(): Connection;
}

/** Where time comes from, and how to wait for it. */
export interface DemoClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back after so many milliseconds; returns how to call it off. */
  after(milliseconds: number, act: () => void): () => void;
}

const wallClock: DemoClock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** How long the demo goes on, in seconds. */
const UNTIL = 24 * 3600;

/**
 * A cluster in this process that plays a Job by a scenario, in real time: the same paths, lists, watches and logs as an
 * API server's, so that everything that watches a cluster watches this one. Its past is the Job's whole run, simulated at
 * once; what is later than now is not told yet.
 */
export function demoCluster(job: Job, scenario: unknown, clock: DemoClock = wallClock, seed = 7): DemoCluster {
  const timeline = simulateJob(job, parseScenario(scenario).scenario, { seed, until: UNTIL });
  const begun = clock.now();
  const changes = changesOf(timeline, job, begun);
  const namespace = job.metadata?.namespace ?? 'demo';
  const play = new Playing(clock, begun);
  const transport = transportOf({ timeline, changes, namespace, play });
  return {
    job: { namespace, name: timeline.name },
    get speed() {
      return play.speed;
    },
    set speed(speed) {
      play.setSpeed(speed);
    },
    connect: () => ({
      context: DEMO_CONTEXT,
      namespace,
      server: 'a made-up cluster in this window',
      transport,
      close: () => undefined,
    }),
  };
}

/** The Job's time, which may pass faster than ours. */
export class Playing {
  readonly #clock: DemoClock;
  readonly #origin: number;
  readonly #waiting = new Set<() => void>();
  speed = 1;
  /** Where the Job's time stood when the speed was last set. */
  #mark: { readonly wall: number; readonly t: number };

  constructor(clock: DemoClock, origin: number) {
    this.#clock = clock;
    this.#origin = origin;
    this.#mark = { wall: origin, t: 0 };
  }

  /** Seconds of the Job's time. */
  get t(): number {
    return this.#mark.t + ((this.#clock.now() - this.#mark.wall) / 1000) * this.speed;
  }

  /** Wall clock of the made-up cluster: milliseconds since the epoch. */
  get now(): number {
    return this.#origin + this.t * 1000;
  }

  setSpeed(speed: number): void {
    this.#mark = { wall: this.#clock.now(), t: this.t };
    this.speed = speed;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Calls back when the Job's time may have come to `t`: it is to be looked at again. Returns how to call it off. */
  waitFor(t: number, act: () => void): () => void {
    const done = (): void => {
      this.#waiting.delete(done);
      cancel();
      act();
    };
    const cancel = this.#clock.after(Math.max(0, ((t - this.t) / this.speed) * 1000) + 1, done);
    this.#waiting.add(done);
    return () => {
      this.#waiting.delete(done);
      cancel();
    };
  }
}

interface Played {
  readonly timeline: Timeline;
  readonly changes: readonly ObjectChange[];
  readonly namespace: string;
  readonly play: Playing;
}

function transportOf(played: Played): Transport {
  return {
    request: (method, path, options = {}) =>
      Promise.resolve(answer(played, method, new URL(path, 'http://demo'), options)),
    now: () => played.play.now,
    freshen: () => undefined,
    close: () => undefined,
  };
}

const COLLECTION = /^\/(?:apis\/batch\/v1|api\/v1)\/namespaces\/([^/]+)\/(jobs|cronjobs|pods|events)$/;
const LOG = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/;

function answer(played: Played, method: string, url: URL, { signal }: RequestOptions): Result<Answer> {
  const path = decodeURIComponent(url.pathname);
  if (method !== 'GET') return refuse(405, 'The demo only plays: nothing can be changed in it.');
  if (path === '/api/v1/namespaces')
    return body({ metadata: { resourceVersion: '0' }, items: [{ metadata: { name: played.namespace } }] });
  const log = LOG.exec(path);
  if (log !== null) return answerLog(played, log[2]!, url, signal);
  const [, namespace, resource] = COLLECTION.exec(path) ?? [];
  if (resource === undefined) return refuse(404, 'The demo has no such thing.');
  const wanted = played.changes
    .map((change, place) => ({ change, version: place + 1 }))
    .filter(
      ({ change }) =>
        namespace === played.namespace && change.resource === (resource as Resource) && selects(url, change),
    );
  return url.searchParams.get('watch') === 'true'
    ? answerWatch(played, wanted, Number(url.searchParams.get('resourceVersion')), signal)
    : answerList(played, wanted);
}

type Versioned = { readonly change: ObjectChange; readonly version: number };

function answerList({ changes, play }: Played, wanted: readonly Versioned[]): Result<Answer> {
  const { t } = play;
  const objects = new Map<string, object>();
  for (const { change, version } of wanted) {
    if (change.t > t) break;
    const { uid } = change.object.metadata;
    if (change.type === 'DELETED') objects.delete(uid);
    else objects.set(uid, versioned(change, version));
  }
  const version = changes.findLastIndex((change) => change.t <= t) + 1;
  return body({ metadata: { resourceVersion: String(version) }, items: [...objects.values()] });
}

function answerWatch(
  { play }: Played,
  wanted: readonly Versioned[],
  from: number,
  signal?: AbortSignal,
): Result<Answer> {
  const items = wanted
    .filter(({ version }) => version > from)
    .map(({ change, version }): PacedItem => ({
      t: change.t,
      line: JSON.stringify({ type: change.type, object: versioned(change, version) }),
    }));
  return success({ status: 200, body: null, stream: new PacedStream(play, items, false, signal) });
}

function answerLog({ timeline, play }: Played, name: string, url: URL, signal?: AbortSignal): Result<Answer> {
  const pod = timeline.pods.find((each) => each.name === name);
  if (pod === undefined || pod.created > play.t) return refuse(404, `pods "${name}" not found`);
  if (url.searchParams.get('previous') === 'true')
    return refuse(400, `previous terminated container in pod "${name}" not found`);
  if (pod.started === null || pod.started > play.t)
    return refuse(400, `container in pod "${name}" is waiting to start`);
  const follow = url.searchParams.get('follow') === 'true';
  const since = Date.parse(url.searchParams.get('sinceTime') ?? '') || 0;
  const origin = play.now - play.t * 1000;
  const items = linesOf(pod, timeline.until)
    .map(({ t, text }): PacedItem & { readonly at: number } => {
      const at = origin + t * 1000;
      return { t, at, line: `${new Date(at).toISOString()} ${text}` };
    })
    .filter(({ at, t }) => at >= since && (follow || t <= play.t));
  const ends = pod.finished !== null;
  return success({ status: 200, body: null, stream: new PacedStream(play, items, ends || !follow, signal) });
}

function versioned({ object }: ObjectChange, version: number): object {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
}

/** Whether an object meets the selectors that our client asks with. */
function selects(url: URL, { object }: ObjectChange): boolean {
  const { metadata, involvedObject } = object as ObjectChange['object'] & {
    readonly involvedObject?: { readonly uid: string };
  };
  const labels = (metadata['labels'] ?? {}) as Readonly<Record<string, string>>;
  const values: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'involvedObject.uid': involvedObject?.uid,
  };
  const terms = (name: string): string[][] =>
    (url.searchParams.get(name) ?? '')
      .split(',')
      .filter((term) => term !== '')
      .map((term) => term.split('='));
  return (
    terms('labelSelector').every(([key = '', value]) => labels[key] === value) &&
    terms('fieldSelector').every(([key = '', value]) => values[key] === value)
  );
}

function body(value: unknown): Result<Answer> {
  return success({ status: 200, body: value, stream: null });
}

function refuse(status: number, message: string): Result<Answer> {
  return failure(problemOfStatus(status, { kind: 'Status', code: status, message }));
}
