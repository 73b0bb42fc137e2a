import { countPanels, countTicks, targetSeries, type CountPanel, type CountPoint } from '../model/counts.ts';
import { formatCount } from '../model/duration.ts';
import { clipped, pixel, type Scene } from './scene.ts';
import { countStyle } from './theme.ts';

/** Between two scales, in pixels. */
const between = 12;

/** The Job's status counts as step lines on the rows' time axis, against parallelism and completions. */
export function drawCounts(context: CanvasRenderingContext2D, scene: Scene): void {
  const { geometry, timeline } = scene;
  const panels = countPanels(timeline);
  const height = (geometry.countsHeight - between * (panels.length - 1)) / panels.length;
  panels.forEach((panel, position) => {
    drawPanel(context, scene, panel, geometry.countsTop + position * (height + between), height);
  });
}

function drawPanel(
  context: CanvasRenderingContext2D,
  scene: Scene,
  panel: CountPanel,
  panelTop: number,
  height: number,
): void {
  const { geometry, theme, timeline } = scene;
  const bottom = panelTop + height;
  const top = panelTop + 4;
  const y = (value: number): number => bottom - (value / panel.ceiling) * (bottom - top);
  drawScale(context, scene, countTicks(panel.ceiling, height / (theme.fontSize * 2.6)), y);
  const plot = { x: geometry.left, y: panelTop - 2, width: geometry.plotWidth + 14, height: height + 4 };
  const until = timeline.end === null || timeline.end.outcome === 'Unfinished' ? timeline.until : timeline.end.t;
  clipped(context, plot, () => {
    const targets = targetSeries(timeline);
    for (const name of panel.targets) drawTarget(context, scene, targets[name], y, name, until);
    const lines = scene.counts.filter(({ name }) => panel.names.includes(name));
    for (const { name, points } of lines) {
      if (name === 'succeeded') fillBelow(context, scene, points, y, bottom, theme.succeeded, until);
    }
    for (const { name, points } of lines) {
      const style = countStyle(theme, name);
      stepPath(context, scene, points, y, until);
      context.strokeStyle = style.color;
      context.lineWidth = style.width;
      context.setLineDash([...style.dash]);
      context.stroke();
      context.setLineDash([]);
    }
    for (const name of panel.targets) labelTarget(context, scene, targets[name], y, name, until, panelTop);
  });
}

function drawScale(
  context: CanvasRenderingContext2D,
  { geometry, theme }: Scene,
  ticks: readonly number[],
  y: (value: number) => number,
): void {
  context.strokeStyle = theme.grid;
  context.lineWidth = 1;
  context.beginPath();
  for (const value of ticks) {
    const line = Math.round(y(value)) + 0.5;
    context.moveTo(geometry.left, line);
    context.lineTo(geometry.left + geometry.plotWidth, line);
  }
  context.stroke();
  context.font = theme.font;
  context.fillStyle = theme.muted;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of ticks) context.fillText(formatCount(value), geometry.left - 9, y(value));
  context.textAlign = 'left';
}

function drawTarget(
  context: CanvasRenderingContext2D,
  scene: Scene,
  points: readonly CountPoint[],
  y: (value: number) => number,
  name: 'parallelism' | 'completions',
  until: number,
): void {
  const { theme } = scene;
  if (points.length === 0) return;
  stepPath(context, scene, points, (value) => Math.round(y(value)) + 0.5, until);
  context.strokeStyle = theme.target;
  context.lineWidth = 1;
  context.setLineDash(name === 'completions' ? [8, 4] : [2, 4]);
  context.stroke();
  context.setLineDash([]);
}

/** The target's name and value: completions at the left, before the counts rise; parallelism at the right. */
function labelTarget(
  context: CanvasRenderingContext2D,
  scene: Scene,
  points: readonly CountPoint[],
  y: (value: number) => number,
  name: 'parallelism' | 'completions',
  until: number,
  top: number,
): void {
  const { theme, geometry } = scene;
  const point = name === 'completions' ? points[0] : points.at(-1);
  if (point === undefined) return;
  context.font = theme.font;
  const label = `${name} ${formatCount(point.value)}`;
  const width = context.measureText(label).width;
  const line = y(point.value);
  const above = line - theme.fontSize * 0.85;
  const at = above > top + theme.fontSize * 0.2 ? above : line + theme.fontSize * 0.95;
  const edge = Math.min(pixel(scene, until), geometry.left + geometry.plotWidth);
  const x = Math.max(geometry.left + 8, name === 'completions' ? 0 : edge - width - 9);
  context.globalAlpha = 0.8;
  context.fillStyle = theme.background;
  context.fillRect(x - 3, at - theme.fontSize * 0.6, width + 6, theme.fontSize * 1.2);
  context.globalAlpha = 1;
  context.fillStyle = theme.muted;
  context.textBaseline = 'middle';
  context.fillText(label, x, at + 0.5);
}

function stepPath(
  context: CanvasRenderingContext2D,
  scene: Scene,
  points: readonly CountPoint[],
  y: (value: number) => number,
  until: number,
): void {
  const edge = scene.geometry.left + scene.geometry.plotWidth + 20;
  context.beginPath();
  let lastX = -Infinity;
  let lastY = 0;
  for (const { t, value } of points) {
    const x = Math.min(edge, Math.max(-20, pixel(scene, t)));
    const at = y(value);
    if (lastX === -Infinity) context.moveTo(x, at);
    else {
      context.lineTo(x, lastY);
      context.lineTo(x, at);
    }
    lastX = x;
    lastY = at;
    if (x >= edge) break;
  }
  context.lineTo(Math.max(lastX, Math.min(edge, pixel(scene, until))), lastY);
}

function fillBelow(
  context: CanvasRenderingContext2D,
  scene: Scene,
  points: readonly CountPoint[],
  y: (value: number) => number,
  bottom: number,
  color: string,
  until: number,
): void {
  stepPath(context, scene, points, y, until);
  const edge = scene.geometry.left + scene.geometry.plotWidth + 20;
  context.lineTo(Math.min(edge, pixel(scene, until)), bottom);
  context.lineTo(pixel(scene, points[0]!.t), bottom);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = color;
  context.fill();
  context.globalAlpha = 1;
}
