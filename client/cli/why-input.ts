import type { DiagnosisInput } from '../../server/core/diagnosis/facts.ts';
import { readRecordedRun } from '../../server/core/diagnosis/recorded.ts';
import type { ClusterEvent, Pod, Workload } from '../../server/core/timeline/observed-objects.ts';
import {
  readEvent,
  readJob,
  readPod,
  readWorkload,
  type ObservedJob,
} from '../../server/core/timeline/observed-shapes.ts';
import { CommandError } from './io.ts';

/** One Job to explain. */
export interface WhyInput extends DiagnosisInput {
  /** True for a recording whose times are seconds from its beginning, not moments. */
  readonly timeless: boolean;
}

/**
 * Reads what `kubectl get job,pods,events -o json` printed, or a recorded run. Pods belong to the Job that owns them,
 * events to the Job or pod that they are about. `now` is used for objects: a moment just after the last thing they tell,
 * if that is later.
 *
 * @throws CommandError for text that is neither
 */
export function readWhyInput(text: string, source: string, now: number): WhyInput[] {
  const value = parseObjects(text, source, 'kubectl get job,pods,events -o json');
  const recorded = readRecordedRun(value);
  if (recorded !== null) return [{ ...recorded, timeless: !hasOrigin(value) }];
  const jobs: ObservedJob[] = [];
  const pods: Pod[] = [];
  const events: ClusterEvent[] = [];
  const workloads: Workload[] = [];
  for (const item of itemsOf(value)) {
    const kind = kindOf(item);
    if (kind === 'Job') push(jobs, readJob(item));
    else if (kind === 'Pod') push(pods, readPod(item));
    else if (kind === 'Event') push(events, readEvent(item));
    else if (kind === 'Workload') push(workloads, readWorkload(item));
  }
  if (jobs.length === 0)
    throw new CommandError(`${source} holds no Job; expected is kubectl get job,pods,events -o json`);
  return jobs.map((job) => {
    const isOwn = ({ metadata }: Pod | Workload): boolean =>
      metadata.ownerReferences?.some(({ uid }) => uid === job.metadata.uid) ?? false;
    const own = pods.filter(isOwn);
    const uids = new Set([job.metadata.uid, ...own.map(({ metadata }) => metadata.uid)]);
    const about = events.filter(({ involvedObject }) => uids.has(involvedObject?.uid ?? ''));
    return { job, pods: own, events: about, workloads: workloads.filter(isOwn), now, timeless: false };
  });
}

/**
 * What kubectl printed as JSON, or a recording.
 *
 * @param expected the command that prints it
 * @throws CommandError for text that is no JSON
 */
export function parseObjects(text: string, source: string, expected: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const yaml = /^\s*(?:---|apiVersion:|kind:|items:)/.test(text) ? ' (it looks like YAML: use -o json)' : '';
    throw new CommandError(`${source} is not JSON${yaml}; expected is ${expected}`);
  }
}

/** The items of a list, of lists in a list, or the object itself. */
export function itemsOf(value: unknown): unknown[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => {
    const items = (one as { readonly items?: unknown } | null)?.items;
    return Array.isArray(items) ? itemsOf(items) : [one];
  });
}

/** The kind of an object; undefined for anything else. */
export function kindOf(value: unknown): unknown {
  return (value as { readonly kind?: unknown } | null)?.kind;
}

function hasOrigin(value: unknown): boolean {
  return typeof (value as { readonly origin?: unknown }).origin === 'string';
}

function push<T>(list: T[], item: T | null): void {
  if (item !== null) list.push(item);
}
