import type { JobStatus, TargetChange, Timeline } from '../../../server/core/timeline/timeline.ts';

/** The last of `items` (sorted by `t`) at or before `t`; -1 when all are later. */
export function lastBefore(items: readonly { readonly t: number }[], t: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle]!.t <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The Job's status at `t`: null before the first one, `deleted` once the Job is gone. */
export function statusAt(timeline: Timeline, t: number): JobStatus | 'deleted' | null {
  const change = timeline.statuses[lastBefore(timeline.statuses, t)];
  if (change === undefined) return null;
  return 'deleted' in change.status ? 'deleted' : change.status;
}

/** The last status that the Job had; null when it had none. */
export function lastStatus(timeline: Timeline): JobStatus | null {
  for (const { status } of timeline.statuses.toReversed()) if (!('deleted' in status)) return status;
  return null;
}

/** Parallelism, completions and suspend as they stood at `t`; null when the timeline does not know. */
export function targetAt(timeline: Timeline, t: number): TargetChange | null {
  return timeline.targets[Math.max(0, lastBefore(timeline.targets, t))] ?? null;
}

export interface ConditionChange {
  readonly t: number;
  readonly type: string;
  /** `True`, `False` or `Unknown`. */
  readonly status: string;
  readonly reason: string;
  /** Why, where the timeline says so. */
  readonly text: string;
  /** Server-style path of the field responsible. */
  readonly field: string | null;
}

/** Each time a condition appeared or changed, in order. */
export function conditionChanges(timeline: Timeline): readonly ConditionChange[] {
  const current = new Map<string, string>();
  const changes: ConditionChange[] = [];
  for (const { t, status } of timeline.statuses) {
    if ('deleted' in status) continue;
    for (const condition of status.conditions ?? []) {
      const [type = '', rest = ''] = splitOnce(condition, '=');
      if (current.get(type) === rest) continue;
      current.set(type, rest);
      const [value = '', reason = ''] = splitOnce(rest, ':');
      const why = timeline.explanations.find(
        ({ about, t: at }) => about.kind === 'condition' && about.type === type && Math.abs(at - t) < 2,
      );
      const message = timeline.end !== null && timeline.end.reason === reason ? timeline.end.message : '';
      changes.push({ t, type, status: value, reason, text: why?.text ?? message, field: why?.field ?? null });
    }
  }
  return changes;
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
