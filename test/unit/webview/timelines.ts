import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';

/** A pod that was created at `created`, runs half a second later, and has not ended unless the rest says so. */
export function pod(ordinal: number, created: number, rest: Partial<PodRun> = {}): PodRun {
  return {
    ordinal,
    name: `job-${ordinal}abc`,
    index: null,
    attempt: ordinal,
    created,
    scheduled: created,
    started: created + 0.5,
    ready: created + 0.5,
    deleting: null,
    finished: null,
    removed: null,
    phase: 'Running',
    exitCode: null,
    restarts: 0,
    ...rest,
  };
}

export function succeeded(ordinal: number, created: number, finished: number, rest: Partial<PodRun> = {}): PodRun {
  return pod(ordinal, created, { finished, phase: 'Succeeded', ...rest });
}

export function failed(ordinal: number, created: number, finished: number, rest: Partial<PodRun> = {}): PodRun {
  return pod(ordinal, created, { finished, phase: 'Failed', exitCode: 1, reason: 'Error', ...rest });
}

/** A simulated timeline of these pods, still going on, 2 at a time up to 4 completions, unless the rest says so. */
export function timeline(pods: readonly PodRun[], rest: Partial<Timeline> = {}): Timeline {
  return {
    name: 'job',
    certainty: 'simulated',
    origin: null,
    completionMode: 'NonIndexed',
    targets: [{ t: 0, parallelism: 2, completions: 4, suspend: false }],
    pods,
    statuses: [],
    events: [],
    waits: [],
    explanations: [],
    gaps: [],
    end: null,
    until: 60,
    ...rest,
  };
}

/** What the host says of a Job that the panel shall simulate. */
export const simulate = {
  type: 'simulate',
  kubernetesMinor: 37,
  prices: {},
  title: 'job',
  version: 1,
  object: { kind: 'Job' },
  errors: 0,
  scenario: null,
} as const;
