import type { BackoffWait, PodRun } from '../../../server/core/timeline/timeline.ts';
import { aggregateRows, cellKinds } from '../model/aggregate.ts';
import { thinnest } from '../model/chart-geometry.ts';
import { formatDuration } from '../model/duration.ts';
import { type Row } from '../model/rows.ts';
import { endingLabel, podEnding, podEndTime, podSegments, type Segment } from '../model/segments.ts';
import { drawEnding, endingRadius } from './draw-ending.ts';
import { clipped, pixel, type Scene } from './scene.ts';
import { type Theme } from './theme.ts';

/** Draws the rows that are visible: bars, waits, ends and labels; one picture of all where rows are too thin. */
export function drawRows(context: CanvasRenderingContext2D, scene: Scene): void {
  const { geometry, rows, scroll } = scene;
  const plot = {
    x: geometry.left,
    y: geometry.rowsTop,
    width: geometry.plotWidth + 14,
    height: geometry.rowsHeight,
  };
  const first = Math.max(0, Math.floor(scroll / geometry.rowHeight));
  const last = Math.min(rows.length, Math.ceil((scroll + geometry.rowsHeight) / geometry.rowHeight));
  clipped(context, plot, () => {
    if (geometry.rowHeight < thinnest) drawAggregate(context, scene, first, last);
    else for (let number = first; number < last; number += 1) drawRow(context, scene, rows[number]!, number);
  });
  drawLabels(context, scene, first, last);
}

/** Top of a row, in pixels of the chart. */
export function rowTop(scene: Scene, number: number): number {
  return scene.geometry.rowsTop + number * scene.geometry.rowHeight - scene.scroll;
}

function drawRow(context: CanvasRenderingContext2D, scene: Scene, row: Row, number: number): void {
  const height = scene.geometry.rowHeight;
  const top = rowTop(scene, number);
  for (const wait of row.waits) drawWait(context, scene, row, wait, top);
  const lane = height / row.lanes;
  row.pods.forEach((pod, position) => {
    const next = row.pods[position + 1];
    const laneTop = top + row.laneOfPod[position]! * lane;
    drawPod(context, scene, pod, laneTop, lane, next === undefined ? Infinity : pixel(scene, next.created));
  });
}

function drawPod(
  context: CanvasRenderingContext2D,
  scene: Scene,
  pod: PodRun,
  top: number,
  height: number,
  room: number,
): void {
  const { theme, timeline, geometry } = scene;
  const end = podEndTime(pod);
  const right = geometry.left + geometry.plotWidth + 14;
  const endX = pixel(scene, end ?? timeline.until);
  if (endX < geometry.left - 200 || pixel(scene, pod.created) > right) return;
  const thickness = barThickness(height);
  const y = top + (height - thickness) / 2;
  const ending = podEnding(pod);
  for (const segment of podSegments(pod, timeline.until)) {
    drawSegment(context, scene, segment, ending, y, thickness);
  }
  const middle = top + height / 2;
  const x = end === null ? Math.min(endX, right) : endX;
  drawEnding(context, theme, ending, x, middle, height);
  if (pod.inferred !== undefined && pod.inferred.length > 0 && height >= 8) {
    for (const moment of pod.inferred) {
      const t = pod[moment];
      if (t !== null) drawInferred(context, theme, pixel(scene, t), top, height);
    }
  }
  if (height < theme.fontSize + 2) return;
  const label = endingLabel(pod);
  if (label === '') return;
  const from = x + endingRadius(height) + 5;
  context.font = theme.font;
  const width = context.measureText(label).width;
  const limit = Math.min(room, right);
  if (from + width + 4 <= limit) {
    context.fillStyle = theme.background;
    context.fillRect(from - 3, middle - theme.fontSize * 0.62, width + 6, theme.fontSize * 1.24);
    text(context, theme.foreground, label, from, middle);
  } else if (ending === 'failed') labelInside(context, scene, pod, label, x, middle, height);
}

/** Thickness of a bar in a lane of this height, in pixels. */
export function barThickness(height: number): number {
  return height >= 8 ? Math.max(4, Math.min(height - 4, height * 0.62)) : Math.max(1, height - 1);
}

/** A label that has no room behind the bar's end goes onto the bar, on a plate, when the bar is long enough. */
function labelInside(
  context: CanvasRenderingContext2D,
  scene: Scene,
  pod: PodRun,
  label: string,
  x: number,
  middle: number,
  height: number,
): void {
  const { theme, geometry } = scene;
  const width = context.measureText(label).width;
  const edge = x - endingRadius(height) - 6;
  const begin = Math.max(geometry.left, pixel(scene, pod.started ?? pod.created));
  if (edge - width - 6 < begin) return;
  context.fillStyle = theme.background;
  context.fillRect(edge - width - 4, middle - theme.fontSize * 0.62, width + 6, theme.fontSize * 1.24);
  text(context, theme.foreground, label, edge - width - 1, middle);
}

function drawSegment(
  context: CanvasRenderingContext2D,
  scene: Scene,
  segment: Segment,
  ending: ReturnType<typeof podEnding>,
  y: number,
  thickness: number,
): void {
  const { theme, geometry } = scene;
  const from = Math.max(geometry.left - 2, pixel(scene, segment.from));
  const until = Math.min(geometry.left + geometry.plotWidth + 16, pixel(scene, segment.until));
  const width = Math.max(1, until - from);
  if (until < geometry.left || from > geometry.left + geometry.plotWidth + 14) return;
  const inset = thickness >= 8 ? 0.5 : 0;
  switch (segment.kind) {
    case 'pending':
      context.globalAlpha = 0.16;
      context.fillStyle = theme.pending;
      context.fillRect(from, y, width, thickness);
      context.globalAlpha = 1;
      if (inset > 0 && width > 2) {
        context.strokeStyle = theme.pending;
        context.lineWidth = 1;
        context.setLineDash([2, 2]);
        context.strokeRect(from + inset, y + inset, width - 2 * inset, thickness - 2 * inset);
        context.setLineDash([]);
      }
      return;
    case 'terminating':
      context.fillStyle = thickness >= 5 ? theme.patterns.terminating : theme.terminating;
      context.fillRect(from, y, width, thickness);
      if (inset > 0 && width > 2) frame(context, theme.terminating, from, y, width, thickness);
      return;
    case 'starting':
    case 'running': {
      const color =
        ending === 'succeeded'
          ? theme.succeeded
          : ending === 'failed'
            ? theme.failed
            : ending === 'open'
              ? theme.running
              : theme.muted;
      context.fillStyle = color;
      context.globalAlpha = segment.kind === 'starting' ? 0.45 : ending === 'failed' ? 0.3 : 0.82;
      context.fillRect(from, y, width, thickness);
      context.globalAlpha = 1;
      if (ending === 'failed' && thickness >= 5) {
        context.fillStyle = theme.patterns.failed;
        context.fillRect(from, y, width, thickness);
        if (inset > 0 && width > 2) frame(context, theme.failed, from, y, width, thickness);
      }
      if (theme.outline !== null && inset > 0 && width > 2) frame(context, theme.outline, from, y, width, thickness);
    }
  }
}

function frame(
  context: CanvasRenderingContext2D,
  color: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
}

function drawWait(context: CanvasRenderingContext2D, scene: Scene, row: Row, wait: BackoffWait, top: number): void {
  const { theme, geometry } = scene;
  const ended = row.pods.map(podEndTime).filter((t): t is number => t !== null && t <= wait.until);
  const begin = row.pods.length > 1 || row.index !== null ? Math.max(wait.from, ...ended) : wait.from;
  const from = Math.max(geometry.left, pixel(scene, begin));
  const until = pixel(scene, wait.until);
  if (until <= from || geometry.rowHeight < 4) return;
  const middle = Math.round(top + geometry.rowHeight / 2) + 0.5;
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.setLineDash([1, 3]);
  context.beginPath();
  context.moveTo(from, middle);
  context.lineTo(until, middle);
  context.stroke();
  context.setLineDash([]);
  const tall = geometry.rowHeight * 0.3;
  context.beginPath();
  context.moveTo(until - 0.5, middle - tall);
  context.lineTo(until - 0.5, middle + tall);
  context.stroke();
  if (row.index === null || wait.index === null || geometry.rowHeight < theme.fontSize + 2) return;
  context.font = theme.font;
  const label = `${formatDuration(wait.until - wait.from)} backoff`;
  const width = context.measureText(label).width;
  // Behind the failed attempt's own label.
  const before = row.pods.filter((pod) => (podEndTime(pod) ?? Infinity) <= wait.until).at(-1);
  const taken = before === undefined ? 0 : context.measureText(endingLabel(before)).width + 26;
  const start = Math.max(pixel(scene, begin) + taken, (from + until - width) / 2);
  if (start + width + 8 > until) return;
  context.fillStyle = theme.background;
  context.fillRect(start - 4, middle - theme.fontSize * 0.6, width + 8, theme.fontSize * 1.2);
  text(context, theme.muted, label, start, middle);
}

/** A moment that was not seen but follows from something else: a dotted edge. */
function drawInferred(context: CanvasRenderingContext2D, theme: Theme, x: number, top: number, height: number): void {
  context.strokeStyle = theme.foreground;
  context.lineWidth = 1;
  context.setLineDash([1, 2]);
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, top + 1);
  context.lineTo(Math.round(x) + 0.5, top + height - 1);
  context.stroke();
  context.setLineDash([]);
}

function drawLabels(context: CanvasRenderingContext2D, scene: Scene, first: number, last: number): void {
  const { geometry, theme, rows } = scene;
  const box = { x: 0, y: geometry.rowsTop - 2, width: geometry.left, height: geometry.rowsHeight + 4 };
  const every = labelStep(geometry.rowHeight, theme.fontSize);
  clipped(context, box, () => {
    context.font = theme.font;
    context.textAlign = 'right';
    for (let number = Math.ceil(first / every) * every; number < last; number += every) {
      const y = rowTop(scene, number) + geometry.rowHeight / 2;
      const inside = Math.max(y, geometry.rowsTop + theme.fontSize / 2);
      text(context, theme.muted, rows[number]!.label, geometry.left - 9, inside);
    }
    context.textAlign = 'left';
  });
  context.font = theme.font;
  context.textAlign = 'right';
  text(context, theme.muted, scene.rowsBy, geometry.left - 9, geometry.axisHeight * 0.36);
  context.textAlign = 'left';
}

/** Every how many rows a label fits: 1, 2, 5, 10, 20, … */
function labelStep(rowHeight: number, fontSize: number): number {
  const wanted = (fontSize * 1.25) / rowHeight;
  let step = 1;
  for (const factors = [2, 2.5, 2]; step < wanted;) {
    const factor = factors.shift()!;
    factors.push(factor);
    step = Math.round(step * factor);
  }
  return step;
}

function text(context: CanvasRenderingContext2D, color: string, label: string, x: number, y: number): void {
  context.fillStyle = color;
  context.textBaseline = 'middle';
  context.fillText(label, x, y + 0.5);
}

function drawAggregate(context: CanvasRenderingContext2D, scene: Scene, first: number, last: number): void {
  const { geometry, rows, window, timeline, theme } = scene;
  const width = Math.max(1, Math.round(geometry.plotWidth));
  const height = Math.max(1, Math.min(Math.round(geometry.rowsHeight), last - first));
  const sums = aggregateRows(rows, first, last, window, width, height, timeline.until);
  const image = context.createImageData(width, height);
  const palette = cellKinds.map((kind) => rgb(context, kind === 'empty' ? theme.background : paint(theme, kind)));
  for (let cell = 0; cell < sums.kind.length; cell += 1) {
    const kind = sums.kind[cell]!;
    if (kind === 0) continue;
    const color = palette[kind]!;
    image.data.set(color, cell * 4);
    const soft = cellKinds[kind] === 'pending' ? 0.45 : 0.9;
    image.data[cell * 4 + 3] = cellKinds[kind] === 'failure' ? 255 : soft * (110 + (sums.weight[cell]! * 145) / 255);
  }
  const picture = document.createElement('canvas');
  picture.width = width;
  picture.height = height;
  picture.getContext('2d')?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  const drawn = Math.min(geometry.rowsHeight, (last - first) * geometry.rowHeight);
  context.drawImage(picture, geometry.left, geometry.rowsTop, geometry.plotWidth, drawn);
}

function paint(theme: Theme, kind: Exclude<(typeof cellKinds)[number], 'empty'>): string {
  switch (kind) {
    case 'pending':
      return theme.pending;
    case 'succeeded':
      return theme.succeeded;
    case 'failed':
    case 'failure':
      return theme.failed;
    case 'open':
      return theme.running;
    case 'terminating':
      return theme.terminating;
  }
}

/** A CSS colour as bytes. */
function rgb(context: CanvasRenderingContext2D, color: string): readonly [number, number, number] {
  const pixelCanvas = document.createElement('canvas');
  pixelCanvas.width = pixelCanvas.height = 1;
  const one = pixelCanvas.getContext('2d') ?? context;
  one.fillStyle = color;
  one.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = one.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
