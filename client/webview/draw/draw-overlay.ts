import { type PodRun } from '../../../server/core/timeline/timeline.ts';
import { podEndTime } from '../model/segments.ts';
import { thinnest } from '../model/chart-geometry.ts';
import { drawUnknown } from './draw-unknown.ts';
import { barThickness, rowTop } from './draw-rows.ts';
import { clipped, pixel, type Scene } from './scene.ts';

export interface Overlay {
  /** Seconds; null follows the end and leaves nothing dimmed. */
  readonly playhead: number | null;
  /** Row under the pointer, or -1. */
  readonly hover: number;
  readonly selected: { readonly pod: PodRun; readonly row: number } | null;
}

/** Under the chart: the rows that are pointed at and chosen. */
export function drawUnderlay(context: CanvasRenderingContext2D, scene: Scene, overlay: Overlay): void {
  const { theme } = scene;
  clipped(context, rowsBox(scene), () => {
    if (overlay.hover >= 0) highlightRow(context, scene, overlay.hover, theme.hover);
    if (overlay.selected !== null) highlightRow(context, scene, overlay.selected.row, theme.selection);
  });
}

function rowsBox({ geometry }: Scene): { x: number; y: number; width: number; height: number } {
  return { x: 0, y: geometry.rowsTop, width: geometry.width, height: geometry.rowsHeight };
}

/** Over the chart, from frame to frame: the playhead, what is still to come dimmed, the chosen pod's frame. */
export function drawOverlay(context: CanvasRenderingContext2D, scene: Scene, overlay: Overlay): void {
  const { geometry, theme } = scene;
  const bottom = geometry.countsTop + geometry.countsHeight;
  const { selected } = overlay;
  if (selected !== null) {
    clipped(context, rowsBox(scene), () => frameSelected(context, scene, selected.pod, selected.row));
  }
  if (overlay.playhead === null) return;
  drawRunning(context, scene, overlay.playhead);
  drawUnknown(context, scene, overlay.playhead);
  const x = Math.round(pixel(scene, overlay.playhead)) + 0.5;
  const right = geometry.left + geometry.plotWidth + 14;
  if (x < geometry.left - 1 || x > right) {
    if (x < geometry.left) dim(context, scene, geometry.left, right, bottom);
    return;
  }
  dim(context, scene, x, right, bottom);
  context.strokeStyle = theme.playhead;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, geometry.axisHeight - 2);
  context.lineTo(x, bottom);
  context.stroke();
  context.fillStyle = theme.playhead;
  const half = theme.fontSize * 0.5;
  context.beginPath();
  context.moveTo(x - half, geometry.axisHeight - 2 - half * 1.9);
  context.lineTo(x + half, geometry.axisHeight - 2 - half * 1.9);
  context.lineTo(x + half, geometry.axisHeight - 2 - half);
  context.lineTo(x, geometry.axisHeight - 2);
  context.lineTo(x - half, geometry.axisHeight - 2 - half);
  context.closePath();
  context.fill();
}

/** At the playhead nobody knows yet how a pod will end: what runs then is drawn as running. */
function drawRunning(context: CanvasRenderingContext2D, scene: Scene, t: number): void {
  const { geometry, theme, rows, scroll } = scene;
  if (geometry.rowHeight < thinnest) return;
  const first = Math.max(0, Math.floor(scroll / geometry.rowHeight));
  const last = Math.min(rows.length, Math.ceil((scroll + geometry.rowsHeight) / geometry.rowHeight));
  const box = { x: geometry.left, y: geometry.rowsTop, width: geometry.plotWidth, height: geometry.rowsHeight };
  clipped(context, box, () => {
    for (let number = first; number < last; number += 1) {
      const row = rows[number]!;
      row.pods.forEach((pod, position) => {
        const end = podEndTime(pod);
        if (pod.started === null || pod.started > t || (end !== null && end <= t)) return;
        const lane = geometry.rowHeight / row.lanes;
        const thickness = barThickness(lane);
        const top = rowTop(scene, number) + row.laneOfPod[position]! * lane + (lane - thickness) / 2;
        const from = pixel(scene, pod.started);
        const width = pixel(scene, Math.min(t, pod.deleting ?? t)) - from;
        if (width <= 0) return;
        context.fillStyle = theme.background;
        context.fillRect(from, top, width, thickness);
        context.fillStyle = theme.running;
        context.fillRect(from, top, width, thickness);
        if (theme.outline === null) return;
        context.strokeStyle = theme.outline;
        context.lineWidth = 1;
        context.strokeRect(from + 0.5, top + 0.5, width - 1, thickness - 1);
      });
    }
  });
}

function dim(context: CanvasRenderingContext2D, scene: Scene, from: number, right: number, bottom: number): void {
  // In high contrast what is to come stays plainly readable.
  context.globalAlpha = scene.theme.outline === null ? 0.68 : 0.45;
  context.fillStyle = scene.theme.background;
  context.fillRect(from, scene.geometry.laneTop + 1, Math.max(0, right - from), bottom - scene.geometry.laneTop);
  context.globalAlpha = 1;
}

function highlightRow(context: CanvasRenderingContext2D, scene: Scene, row: number, color: string): void {
  context.fillStyle = color;
  context.fillRect(0, rowTop(scene, row), scene.geometry.width, Math.max(2, scene.geometry.rowHeight));
}

function frameSelected(context: CanvasRenderingContext2D, scene: Scene, pod: PodRun, row: number): void {
  const { geometry, theme, timeline } = scene;
  const from = Math.max(geometry.left, pixel(scene, pod.created));
  const until = Math.min(geometry.left + geometry.plotWidth + 12, pixel(scene, podEndTime(pod) ?? timeline.until));
  context.strokeStyle = theme.focus;
  context.lineWidth = 2;
  const height = Math.max(4, geometry.rowHeight - 1);
  context.strokeRect(from - 2, rowTop(scene, row) + 0.5, Math.max(6, until - from + 4), height);
}
