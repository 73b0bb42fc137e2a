import { sayDuration } from '../kubernetes/duration-words.ts';
import { mostLiving } from './lanes.ts';
import type { Timeline } from './timeline.ts';

/** A timeline in a few numbers. */
export interface TimelineSummary {
  /** `Complete`, `Failed`, `Deleted`, `Unfinished`; null while it goes on. */
  readonly outcome: string | null;
  readonly reason: string;
  /** The end in one sentence. */
  readonly sentence: string;
  /** Seconds to the end, or as far as it is known. */
  readonly seconds: number;
  readonly pods: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Pods made in place of others. */
  readonly retries: number;
  /** In-place restarts of containers. */
  readonly restarts: number;
  /** Seconds that pods ran, all together. */
  readonly podSeconds: number;
  /** Those of pods that did not succeed. */
  readonly wastedPodSeconds: number;
  /** The most pods that lived at once. */
  readonly peak: number;
}

/** Sums a timeline up. */
export function summarizeTimeline(timeline: Timeline): TimelineSummary {
  const { pods, until, end } = timeline;
  const seconds = end?.t ?? until;
  let podSeconds = 0;
  let wastedPodSeconds = 0;
  let restarts = 0;
  for (const pod of pods) {
    const ran = pod.started === null ? 0 : Math.max(0, (pod.finished ?? until) - pod.started);
    podSeconds += ran;
    if (pod.phase !== 'Succeeded') wastedPodSeconds += ran;
    restarts += pod.restarts;
  }
  const status = timeline.statuses.findLast((each) => !('deleted' in each.status))?.status;
  const counts = status === undefined || 'deleted' in status ? { succeeded: 0, failed: 0 } : status;
  const summary = {
    outcome: end?.outcome ?? null,
    reason: end?.reason ?? '',
    seconds,
    pods: pods.length,
    succeeded: counts.succeeded,
    failed: counts.failed,
    retries: retriesOf(timeline),
    restarts,
    podSeconds,
    wastedPodSeconds,
    peak: mostLiving(pods, until),
  };
  return { ...summary, sentence: sentenceOf(timeline, summary) };
}

function retriesOf({ completionMode, pods, targets }: Timeline): number {
  if (completionMode === 'Indexed') return pods.filter(({ attempt }) => attempt > 0).length;
  const completions = targets.at(-1)?.completions ?? null;
  return completions === null ? 0 : Math.max(0, pods.length - completions);
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function sentenceOf(
  { end }: Timeline,
  { seconds, pods, succeeded, failed }: Omit<TimelineSummary, 'sentence'>,
): string {
  const used = `${plural(pods, 'pod')} (${succeeded} succeeded, ${failed} failed)`;
  const time = sayDuration(seconds);
  const because = end === null || end.reason === '' ? '' : ` with ${end.reason}`;
  switch (end?.outcome) {
    case 'Complete':
      return `Completes${because} after ${time}, using ${used}.`;
    case 'Failed':
      return `Fails${because} after ${time}, using ${used}: ${end.message}.`;
    case 'Deleted':
      return `Is deleted after ${time}, before it ends; it used ${used}.`;
    case 'Unfinished':
      if (end.forever === true) return `Never ends. ${end.message} Nothing happens after ${time}, with ${used}.`;
      return `Has not ended after ${time}, using ${used}. ${end.message}`;
    case undefined:
      return `Goes on after ${time}, with ${used} so far.`;
  }
}
