import type { CountSeries } from '../model/counts.ts';
import { podEnding } from '../model/segments.ts';
import { unseenStretches } from '../../../server/core/timeline/unseen.ts';
import { timeToPixel, type TimeWindow } from '../model/time-axis.ts';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import type { Theme } from './theme.ts';

/** What the strip needs; sizes in CSS pixels. */
export interface OverviewScene {
  readonly timeline: Timeline;
  readonly counts: readonly CountSeries[];
  readonly bounds: TimeWindow;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** The whole run as one strip: how many pods were active, and a tick below for each that failed. */
export function drawOverview(context: CanvasRenderingContext2D, scene: OverviewScene): void {
  const { counts, bounds, left, width, height, theme, timeline } = scene;
  const x = (t: number): number => timeToPixel(bounds, left, width, t);
  const bottom = height - 4;
  const points = counts.find(({ name }) => name === 'active')?.points ?? [];
  const peak = points.reduce((most, { value }) => Math.max(most, value), 1);
  const y = (value: number): number => bottom - (value / peak) * (bottom - 2);
  context.fillStyle = theme.running;
  stepArea(context, points, x, y, bottom, x(Math.min(timeline.until, bounds.until)));
  for (const { from, until } of unseenStretches(timeline)) {
    const [start, end] = [x(from), x(Math.min(until, bounds.until))];
    context.clearRect(start, 0, end - start, height);
    context.fillStyle = theme.patterns.unknown;
    context.fillRect(start, 0, end - start, height);
  }
  context.fillStyle = theme.failed;
  // Each pixel once: thousands of failures are one line.
  for (const column of new Set(timeline.pods.filter(hasFailed).map(({ finished }) => Math.round(x(finished ?? 0)))))
    context.fillRect(column - 1, bottom, 2, 4);
}

function hasFailed(pod: PodRun): boolean {
  return podEnding(pod) === 'failed';
}

function stepArea(
  context: CanvasRenderingContext2D,
  points: CountSeries['points'],
  x: (t: number) => number,
  y: (value: number) => number,
  bottom: number,
  end: number,
): void {
  context.globalAlpha = 0.55;
  context.beginPath();
  points.forEach(({ t, value }, position) => {
    const from = x(t);
    const next = points[position + 1];
    const until = next === undefined ? end : x(next.t);
    if (value > 0) context.rect(from, y(value), Math.max(0.5, until - from), bottom - y(value));
  });
  context.fill();
  context.globalAlpha = 1;
}
