import * as l10n from '@vscode/l10n';
import { zoneOffset } from '../../../server/core/kubernetes/time-zone.ts';
import { formatDuration } from './duration.ts';

/** A moment at which a zone's clocks are put forward or back. */
export interface ClockChange {
  /** Seconds since 1970. */
  readonly at: number;
  /** Offsets from UTC before and after, in seconds. */
  readonly before: number;
  readonly after: number;
}

/** Clocks are not changed twice within so many seconds. */
const STEP = 7 * 86_400;
/** Further than this nobody looks, in seconds. */
const FARTHEST = 3 * 366 * 86_400;

/** All changes of a zone's clocks from `from` (exclusive) until `until` (seconds since 1970), in order. */
export function clockChanges(from: number, until: number, zone: string): readonly ClockChange[] {
  const offset = zoneOffset(zone);
  const changes: ClockChange[] = [];
  const end = Math.min(until, from + FARTHEST);
  for (let t = from; t < end; t += STEP) {
    let [low, high] = [t, Math.min(end, t + STEP)];
    const [before, after] = [offset(low), offset(high)];
    if (before === after) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, before, after });
  }
  return changes;
}

/** The changes after one moment (exclusive) until another. */
export function changesBetween(changes: readonly ClockChange[], after: number, until: number): readonly ClockChange[] {
  return changes.filter(({ at }) => at > after && at <= until);
}

/** `Clocks go forward by 1 h, from 02:00 to 03:00: no time between comes`. */
export function changeInWords({ at, before, after }: ClockChange): string {
  const [from, to] = [clock(at + before), clock(at + after)];
  const by = formatDuration(Math.abs(after - before));
  return after > before
    ? l10n.t('Clocks go forward by {0}, from {1} to {2}: times between do not come.', by, from, to)
    : l10n.t('Clocks go back by {0}, from {1} to {2}: times between come twice.', by, from, to);
}

function clock(local: number): string {
  return new Date(local * 1000).toISOString().slice(11, 16);
}
