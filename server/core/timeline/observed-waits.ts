import { podBackoffSeconds } from '../kubernetes/backoff.ts';
import type { JobSpec } from '../kubernetes/generated/types.ts';
import type { BackoffWait, PodRun } from './timeline.ts';

/** Shorter waits are the controller's ordinary delay between a pod's end and its replacement. */
const SHORTEST_SECONDS = 1.5;

/**
 * The stretches in which the Job controller held back new pods because of failures, as its rule says (it keeps them in
 * memory only, so they cannot be read): 10 s after the first failure since the last success, doubling to 600 s, counted
 * from the failed pod's end. With backoffLimitPerIndex each index waits for itself. A wait ends early where a pod was
 * created all the same (the controller was restarted), or where the Job ended.
 *
 * @param ended seconds at which the Job ended, or Infinity
 */
export function backoffWaits(pods: readonly PodRun[], spec: JobSpec | undefined, ended: number): BackoffWait[] {
  const limit = spec?.backoffLimitPerIndex;
  if (limit === undefined)
    return waitsOf(pods, null, ended, (run, before) => (run.phase === 'Succeeded' ? 0 : before + 1));
  const byIndex = new Map<number | null, PodRun[]>();
  for (const pod of pods)
    byIndex
      .set(pod.index, byIndex.get(pod.index) ?? [])
      .get(pod.index)
      ?.push(pod);
  return [...byIndex]
    .flatMap(([index, runs]) =>
      // The index is given up once its failures exceed the limit, so nothing waits then.
      waitsOf(runs, index, ended, (run) => (run.countedFailed === true && run.attempt >= limit ? 0 : run.attempt + 1)),
    )
    .sort((a, b) => a.from - b.from);
}

/** `failuresAfter`: how many failures count once this run has ended, from how many counted before. */
function waitsOf(
  pods: readonly PodRun[],
  index: number | null,
  ended: number,
  failuresAfter: (run: PodRun, before: number) => number,
): BackoffWait[] {
  const finishes = pods.flatMap((run) => (run.finished === null ? [] : [{ run, at: run.finished }]));
  finishes.sort((a, b) => a.at - b.at);
  const creations = pods.map((pod) => pod.created).sort((a, b) => a - b);
  const waits: BackoffWait[] = [];
  let failures = 0;
  let creation = 0;
  for (const [place, { run, at: from }] of finishes.entries()) {
    failures = failuresAfter(run, failures);
    if (run.phase !== 'Failed') continue;
    while (creation < creations.length && creations[creation]! <= from) creation++;
    const created = creations[creation] ?? Infinity;
    // A later end decides anew about the wait.
    const next = finishes[place + 1]?.at ?? Infinity;
    const until = Math.min(from + podBackoffSeconds(failures), created, next, ended);
    if (until - from >= SHORTEST_SECONDS) waits.push({ from, until, index, failures });
  }
  return waits;
}
