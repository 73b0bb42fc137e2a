import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { readIndexRanges } from './index-list.ts';
import { podStateAt } from './segments.ts';
import { statusAt, targetAt } from './status-at.ts';

/** `waiting`: its last attempt failed and the next one is still to come. `retrying`: an attempt after the first is on. */
export const indexStates = ['none', 'active', 'retrying', 'waiting', 'succeeded', 'failed'] as const;
export type IndexState = (typeof indexStates)[number];

export interface IndexStates {
  /** For each index its position in `indexStates`. */
  readonly state: Uint8Array;
  /** For each index how many pods it had so far. */
  readonly attempts: Uint16Array;
}

/** How many cells the grid has: completions, or what the pods show when completions is unknown. */
export function indexCount(timeline: Timeline): number {
  const completions = timeline.targets.reduce((most, target) => Math.max(most, target.completions ?? 0), 0);
  return timeline.pods.reduce((most, pod) => Math.max(most, (pod.index ?? -1) + 1), completions);
}

/** The state of each index of an Indexed Job at `t` (seconds). Linear in pods and indexes. */
export function indexStatesAt(timeline: Timeline, t: number, count: number): IndexStates {
  const state = new Uint8Array(count);
  const attempts = new Uint16Array(count);
  const over = timeline.end !== null && timeline.end.outcome !== 'Unfinished' && t >= timeline.end.t;
  for (const pod of timeline.pods) {
    if (pod.index === null || pod.created > t || pod.index >= count) continue;
    attempts[pod.index] = attempts[pod.index]! + 1;
    const now = code(stateOfAttempt(pod, t, over));
    // A success stands; otherwise a pod that is on outweighs one that has failed.
    const before = state[pod.index]!;
    if (before === code('succeeded')) continue;
    const on = now === code('active') || now === code('retrying') || now === code('succeeded');
    if (on || before === code('none') || before === code('waiting') || before === code('failed')) {
      state[pod.index] = now;
    }
  }
  const status = statusAt(timeline, t);
  // An elastic Job that shrank no longer wants its highest indexes.
  const wanted = targetAt(timeline, t)?.completions ?? count;
  if (wanted < count) state.fill(code('none'), wanted);
  if (status !== null && status !== 'deleted') {
    for (const [first, last] of readIndexRanges(status.completedIndexes, count))
      state.fill(code('succeeded'), first, last + 1);
    for (const [first, last] of readIndexRanges(status.failedIndexes, count))
      state.fill(code('failed'), first, last + 1);
  }
  return { state, attempts };
}

const CODES = Object.fromEntries(indexStates.map((state, at) => [state, at])) as Readonly<Record<IndexState, number>>;

function stateOfAttempt(pod: PodRun, t: number, over: boolean): IndexState {
  switch (podStateAt(pod, t)) {
    case 'none':
      return 'none';
    case 'pending':
    case 'running':
      return pod.attempt > 0 ? 'retrying' : 'active';
    case 'succeeded':
      return 'succeeded';
    case 'terminating':
    case 'failed':
    case 'gone':
    case 'unknown':
      return over ? 'failed' : 'waiting';
  }
}

function code(state: IndexState): number {
  return CODES[state];
}

/** How many indexes are in each state. */
export function tally(states: IndexStates): Readonly<Record<IndexState, number>> {
  const counts = new Uint32Array(indexStates.length);
  for (const value of states.state) counts[value] = counts[value]! + 1;
  return {
    none: counts[0]!,
    active: counts[1]!,
    retrying: counts[2]!,
    waiting: counts[3]!,
    succeeded: counts[4]!,
    failed: counts[5]!,
  };
}

/** What matters most comes first. */
const ORDER: readonly IndexState[] = ['failed', 'waiting', 'retrying', 'active', 'none', 'succeeded'];
const RANKS = Uint8Array.from(indexStates, (state) => ORDER.indexOf(state));

/** The cell that stands for several indexes shows what matters most among them. */
export function mostTelling(states: Uint8Array, from: number, until: number): IndexState {
  let best = ORDER.length - 1;
  for (let index = from; index < until && index < states.length; index += 1) {
    const rank = RANKS[states[index]!]!;
    if (rank < best) best = rank;
  }
  return ORDER[best]!;
}
