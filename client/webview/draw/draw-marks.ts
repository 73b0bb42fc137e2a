import { clipped, pixel, type Scene } from './scene.ts';

/** Half the width of a mark, as a share of the font's size. */
const HALF = 0.42;

/** What people do to the Job: a flag on the axis for each deed, with a line down through the rows. */
export function drawMarks(context: CanvasRenderingContext2D, scene: Scene): void {
  const { geometry, theme, marks } = scene;
  if (marks.length === 0) return;
  const half = theme.fontSize * HALF;
  const plot = { x: geometry.left - half, y: 0, width: geometry.plotWidth + 14 + half, height: geometry.height };
  clipped(context, plot, () => {
    for (const { t } of marks) {
      const x = Math.round(pixel(scene, t)) + 0.5;
      context.strokeStyle = theme.foreground;
      context.lineWidth = 1;
      context.setLineDash([1, 3]);
      context.beginPath();
      context.moveTo(x, geometry.axisHeight);
      context.lineTo(x, geometry.rowsTop + geometry.rowsHeight);
      context.stroke();
      context.setLineDash([]);
      // A flag: told from the conditions' diamonds and the playhead's handle by its shape.
      context.fillStyle = theme.foreground;
      context.beginPath();
      context.moveTo(x, geometry.axisHeight);
      context.lineTo(x, geometry.axisHeight - half * 2.4);
      context.lineTo(x + half * 2, geometry.axisHeight - half * 1.7);
      context.lineTo(x, geometry.axisHeight - half);
      context.closePath();
      context.fill();
    }
  });
}
