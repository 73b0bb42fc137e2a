import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { type ChartGeometry } from '../model/chart-geometry.ts';
import type { ActionMark } from '../model/action-marks.ts';
import { type CountSeries } from '../model/counts.ts';
import { type Row } from '../model/rows.ts';
import { type ConditionChange } from '../model/status-at.ts';
import { timeToPixel, type TimeWindow } from '../model/time-axis.ts';
import { type Theme } from './theme.ts';

/** All that one drawing of the chart needs. */
export interface Scene {
  readonly timeline: Timeline;
  readonly rows: readonly Row[];
  /** What a row is. */
  readonly rowsBy: 'index' | 'pod';
  readonly counts: readonly CountSeries[];
  readonly conditions: readonly ConditionChange[];
  /** Pods of the pinned run by key, and up to where it goes; null where none is pinned. */
  readonly pinned: { readonly pods: ReadonlyMap<string, PodRun>; readonly until: number } | null;
  /** What people do to the Job. */
  readonly marks: readonly ActionMark[];
  readonly window: TimeWindow;
  readonly geometry: ChartGeometry;
  /** How far the rows are scrolled, in pixels. */
  readonly scroll: number;
  readonly theme: Theme;
}

/** Pixel of a time in the scene's plot. */
export function pixel(scene: Scene, t: number): number {
  return timeToPixel(scene.window, scene.geometry.left, scene.geometry.plotWidth, t);
}

/** Runs `draw` with everything outside the rectangle cut off. */
export function clipped(
  context: CanvasRenderingContext2D,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  draw();
  context.restore();
}
