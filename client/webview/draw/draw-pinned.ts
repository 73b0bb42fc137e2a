import { differs, podKey } from '../model/compare.ts';
import { thinnest } from '../model/chart-geometry.ts';
import { clipped, pixel, type Scene } from './scene.ts';
import { rowTop } from './draw-rows.ts';

/** Outlines of where the pinned run had its pods, on the rows of the run that is drawn, where the two differ. */
export function drawPinned(context: CanvasRenderingContext2D, scene: Scene): void {
  const { pinned, geometry, rows, scroll, theme } = scene;
  if (pinned === null || geometry.rowHeight < thinnest) return;
  const plot = { x: geometry.left, y: geometry.rowsTop, width: geometry.plotWidth + 14, height: geometry.rowsHeight };
  const first = Math.max(0, Math.floor(scroll / geometry.rowHeight));
  const last = Math.min(rows.length, Math.ceil((scroll + geometry.rowsHeight) / geometry.rowHeight));
  clipped(context, plot, () => {
    context.strokeStyle = theme.foreground;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    for (let number = first; number < last; number += 1) {
      const row = rows[number]!;
      const lane = geometry.rowHeight / row.lanes;
      row.pods.forEach((pod, position) => {
        const before = pinned.pods.get(podKey(pod));
        if (before === undefined || !differs(before, pod)) return;
        const top = rowTop(scene, number) + row.laneOfPod[position]! * lane;
        const x = pixel(scene, before.created);
        const end = pixel(scene, before.finished ?? before.removed ?? pinned.until);
        context.strokeRect(Math.round(x) + 0.5, Math.round(top) + 1.5, Math.max(1, end - x), Math.max(1, lane - 3));
      });
    }
    context.setLineDash([]);
  });
}
