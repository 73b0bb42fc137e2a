import type { Timeline } from '../../../server/core/timeline/timeline.ts';

/** A stretch of time on the axis, in seconds since the Job's creation; `until` > `from`. */
export interface TimeWindow {
  readonly from: number;
  readonly until: number;
}

/** Steps that people count in: seconds, minutes, hours, days. */
const steps = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800,
  604800,
];

/** Times of the axis' ticks: the finest step whose ticks are at least `minimumGap` pixels apart. */
export function timeTicks(window: TimeWindow, width: number, minimumGap: number): readonly number[] {
  const span = window.until - window.from;
  if (!(span > 0) || !(width > 0)) return [];
  const wanted = (span * minimumGap) / width;
  const step = steps.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / 604800) * 604800;
  const ticks: number[] = [];
  for (let n = Math.ceil(window.from / step - 1e-9) || 0; n * step <= window.until + step * 1e-9; n += 1) {
    ticks.push(Math.round(n * step * 1000) / 1000);
  }
  return ticks;
}

/** Pixel of a time on an axis `width` wide that begins at pixel `left`. */
export function timeToPixel(window: TimeWindow, left: number, width: number, t: number): number {
  return left + ((t - window.from) / (window.until - window.from)) * width;
}

/** Time under a pixel: the inverse of `timeToPixel`. */
export function pixelToTime(window: TimeWindow, left: number, width: number, x: number): number {
  return window.from + ((x - left) / width) * (window.until - window.from);
}

/** The smallest stretch that zooming shows, in seconds. */
export const closest = 0.2;

/** `window` magnified by `factor` (> 1 is closer) around time `anchor`, kept inside `bounds`. */
export function zoomWindow(window: TimeWindow, factor: number, anchor: number, bounds: TimeWindow): TimeWindow {
  const whole = bounds.until - bounds.from;
  const span = Math.min(whole, Math.max(Math.min(closest, whole), (window.until - window.from) / factor));
  const share = (anchor - window.from) / (window.until - window.from);
  return keepInside({ from: anchor - share * span, until: anchor + (1 - share) * span }, bounds);
}

/** `window` moved by `seconds`, kept inside `bounds`. */
export function panWindow(window: TimeWindow, seconds: number, bounds: TimeWindow): TimeWindow {
  return keepInside({ from: window.from + seconds, until: window.until + seconds }, bounds);
}

/** `window` moved just so far that it shows `t`. */
export function revealTime(window: TimeWindow, t: number, bounds: TimeWindow): TimeWindow {
  const span = window.until - window.from;
  if (t < window.from) return keepInside({ from: t - span * 0.1, until: t + span * 0.9 }, bounds);
  if (t > window.until) return keepInside({ from: t - span * 0.9, until: t + span * 0.1 }, bounds);
  return window;
}

function keepInside(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const span = Math.min(window.until - window.from, bounds.until - bounds.from);
  const from = Math.min(Math.max(window.from, bounds.from), bounds.until - span);
  return { from, until: from + span };
}

/** The last time at which something happened, or is announced to happen (a retry), in seconds. */
export function lastHappening(timeline: Timeline): number {
  let last = 0;
  const see = (t: number | null): void => {
    if (t !== null && t > last) last = t;
  };
  for (const pod of timeline.pods) {
    see(pod.created);
    see(pod.started);
    see(pod.ready);
    see(pod.deleting);
    see(pod.finished);
  }
  for (const change of timeline.statuses) see(change.t);
  for (const event of timeline.events) see(event.t);
  for (const target of timeline.targets) see(target.t);
  for (const wait of timeline.waits) see(wait.until);
  return last;
}

/**
 * What the axis shows when everything fits: from 0 to the end and a little air. A simulation cut at a far horizon is
 * shown up to a while after its last happening, since nothing more is to be seen; a live one up to its last word.
 */
export function wholeWindow(timeline: Timeline): TimeWindow {
  const last = lastHappening(timeline);
  const finished = timeline.end !== null && timeline.end.outcome !== 'Unfinished';
  const edge = finished
    ? // The removal of a finished Job (its TTL, a history limit) may come days later and would dwarf the run.
      Math.max(timeline.end.t, Math.min(last, timeline.end.t * 1.25 + 1))
    : timeline.certainty === 'observed'
      ? Math.max(last, timeline.until)
      : Math.max(last, Math.min(timeline.until, last * 1.2 + 1));
  return { from: 0, until: Math.max(1, edge * 1.03) };
}
