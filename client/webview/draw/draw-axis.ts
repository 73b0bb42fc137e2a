import * as l10n from '@vscode/l10n';
import { formatDuration } from '../model/duration.ts';
import { labelPlace } from '../model/label-place.ts';
import { timeTicks } from '../model/time-axis.ts';
import { clipped, pixel, type Scene } from './scene.ts';

/** The time axis, its grid through rows and counts, and what concerns the whole Job: suspension, end. */
export function drawAxis(context: CanvasRenderingContext2D, scene: Scene): void {
  const { geometry, theme, window } = scene;
  const bottom = geometry.countsTop + geometry.countsHeight;
  const right = geometry.left + geometry.plotWidth;
  const ticks = timeTicks(window, geometry.plotWidth, theme.fontSize * 7);
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.beginPath();
  for (const t of ticks) {
    const x = Math.round(pixel(scene, t)) + 0.5;
    context.moveTo(x, geometry.axisHeight - 4);
    context.lineTo(x, bottom);
  }
  context.moveTo(geometry.left, geometry.axisHeight + 0.5);
  context.lineTo(right, geometry.axisHeight + 0.5);
  context.stroke();
  context.font = theme.font;
  context.fillStyle = theme.muted;
  context.textBaseline = 'middle';
  for (const t of ticks) {
    const label = formatDuration(t);
    const width = context.measureText(label).width;
    const x = Math.min(Math.max(pixel(scene, t) - width / 2, geometry.left), right + 10 - width);
    context.fillText(label, x, geometry.axisHeight * 0.36);
  }
  const plot = { x: geometry.left, y: geometry.axisHeight, width: geometry.plotWidth + 14, height: bottom };
  clipped(context, plot, () => {
    drawStretches(context, scene, bottom);
    drawEnd(context, scene, bottom);
  });
}

/** Stretches in which the Job was suspended. */
function drawStretches(context: CanvasRenderingContext2D, scene: Scene, bottom: number): void {
  const { timeline, geometry, theme } = scene;
  timeline.targets.forEach((target, position) => {
    if (!target.suspend) return;
    const until = timeline.targets[position + 1]?.t ?? timeline.until;
    const x = pixel(scene, target.t);
    const width = pixel(scene, until) - x;
    if (width < 1) return;
    context.globalAlpha = 0.28;
    context.fillStyle = theme.patterns.unknown;
    context.fillRect(x, geometry.rowsTop, width, bottom - geometry.rowsTop);
    context.globalAlpha = 1;
    plate(context, scene, 'suspended', x + 6, width - 12, geometry.rowsTop + geometry.rowsHeight + 5);
  });
}

/** The moment of the final condition: a line through everything. */
function drawEnd(context: CanvasRenderingContext2D, scene: Scene, bottom: number): void {
  const { timeline, geometry, theme } = scene;
  const { end } = timeline;
  if (end === null || end.outcome === 'Unfinished') return;
  const x = Math.round(pixel(scene, end.t)) + 0.5;
  context.strokeStyle =
    end.outcome === 'Complete' ? theme.succeeded : end.outcome === 'Failed' ? theme.failed : theme.muted;
  context.lineWidth = 1.5;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(x, geometry.axisHeight);
  context.lineTo(x, bottom);
  context.stroke();
  context.setLineDash([]);
}

/** The lane under the axis: waits of the whole Job, and a diamond for each condition. */
export function drawLane(context: CanvasRenderingContext2D, scene: Scene): void {
  const { geometry, timeline, theme, conditions } = scene;
  const middle = Math.round(geometry.laneTop + geometry.laneHeight / 2) + 0.5;
  const box = {
    x: geometry.left,
    y: geometry.laneTop,
    width: geometry.plotWidth + 14,
    height: geometry.laneHeight + 2,
  };
  clipped(context, box, () => {
    for (const wait of timeline.waits) {
      if (wait.index !== null) continue;
      drawWaitOfJob(context, scene, wait.from, wait.until, wait.failures, middle);
    }
    let free = -Infinity;
    const diamonds = conditions.map(({ t }) => pixel(scene, t));
    for (const { t, type, status } of [...conditions].reverse()) {
      const x = pixel(scene, t);
      const size = theme.fontSize * 0.36;
      const ended = timeline.end !== null && timeline.end.outcome === type && status === 'True';
      context.fillStyle = ended ? (type === 'Failed' ? theme.failed : theme.succeeded) : theme.foreground;
      context.beginPath();
      context.moveTo(x, middle - size);
      context.lineTo(x + size, middle);
      context.lineTo(x, middle + size);
      context.lineTo(x - size, middle);
      context.closePath();
      if (status === 'True') context.fill();
      else {
        context.strokeStyle = theme.foreground;
        context.stroke();
      }
      // Labels from the last to the first, left of their diamond, where no other label or wait is.
      context.font = ended ? theme.boldFont : theme.font;
      const label = status === 'True' ? type : `not ${type}`;
      const width = context.measureText(label).width;
      const from = labelPlace(x, width, diamonds, size + 5);
      const clear = free === -Infinity || x < free - 4;
      const waiting = timeline.waits.some(
        (wait) => wait.index === null && pixel(scene, wait.until) > from && pixel(scene, wait.from) < x,
      );
      if (clear && !waiting && from > geometry.left) {
        context.fillStyle = theme.foreground;
        context.textBaseline = 'middle';
        context.fillText(label, from, middle);
        free = from;
      } else free = Math.min(free === -Infinity ? x : free, x - size);
    }
  });
}

function drawWaitOfJob(
  context: CanvasRenderingContext2D,
  scene: Scene,
  from: number,
  until: number,
  failures: number,
  middle: number,
): void {
  const { theme, geometry } = scene;
  const left = pixel(scene, from);
  const right = pixel(scene, until);
  if (right - left < 2 || right < geometry.left) return;
  const arm = theme.fontSize * 0.4;
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left + 0.5, middle - arm);
  context.lineTo(left + 0.5, middle + arm);
  context.moveTo(right - 0.5, middle - arm);
  context.lineTo(right - 0.5, middle + arm);
  context.stroke();
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(left, middle);
  context.lineTo(right, middle);
  context.stroke();
  context.setLineDash([]);
  const seen = Math.min(right, geometry.left + geometry.plotWidth) - Math.max(left, geometry.left);
  const wait = formatDuration(until - from);
  const full = l10n.t(
    '{0} backoff after {1}, retry at {2}',
    wait,
    failures === 1 ? '1 failure' : `${failures} failures`,
    formatDuration(until),
  );
  const candidates = [full, `${wait} backoff, retry at ${formatDuration(until)}`, `${wait} backoff`, wait];
  context.font = theme.font;
  const label = candidates.find((candidate) => context.measureText(candidate).width + 16 <= seen);
  if (label === undefined) return;
  const width = context.measureText(label).width;
  plate(context, scene, label, Math.max(left, geometry.left) + (seen - width) / 2, width + 1, middle);
}

/** Text on a plate of the background's colour, when it fits into `width`. */
export function plate(
  context: CanvasRenderingContext2D,
  scene: Scene,
  label: string,
  x: number,
  width: number,
  middle: number,
): void {
  const { theme } = scene;
  context.font = theme.font;
  const needed = context.measureText(label).width;
  if (needed > width) return;
  context.fillStyle = theme.background;
  context.fillRect(x - 4, middle - theme.fontSize * 0.68, needed + 8, theme.fontSize * 1.36);
  context.fillStyle = theme.muted;
  context.textBaseline = 'middle';
  context.fillText(label, x, middle);
}
