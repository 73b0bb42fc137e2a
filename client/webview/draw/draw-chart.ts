import { drawAxis, drawLane } from './draw-axis.ts';
import { drawCounts } from './draw-counts.ts';
import { drawMarks } from './draw-marks.ts';
import { drawPinned } from './draw-pinned.ts';
import { drawRows } from './draw-rows.ts';
import { drawUnknown } from './draw-unknown.ts';
import type { Scene } from './scene.ts';

/** The picture itself: axis, rows and counts; what moves with the playhead lies above and below it. */
export function drawChart(context: CanvasRenderingContext2D, scene: Scene): void {
  drawAxis(context, scene);
  drawRows(context, scene);
  drawPinned(context, scene);
  drawLane(context, scene);
  drawCounts(context, scene);
  drawUnknown(context, scene);
  drawMarks(context, scene);
}
