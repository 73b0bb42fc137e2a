import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { layoutChart } from '../model/chart-geometry.ts';
import { countPanels, countSeries } from '../model/counts.ts';
import { layoutRows } from '../model/rows.ts';
import { conditionChanges } from '../model/status-at.ts';
import { summarise, summaryLine } from '../model/summary.ts';
import { wholeWindow } from '../model/time-axis.ts';
import { drawChart } from './draw-chart.ts';
import type { Scene } from './scene.ts';
import { countStyle, readTheme } from './theme.ts';

/** In CSS pixels; the picture has twice as many, so that it stays sharp on dense screens and in print. */
const WIDTH = 1200;
const SCALE = 2;
const MARGIN = 16;
/** Rows get thinner, and at last are summed up, so that the picture stays below this. */
const MOST_HEIGHT = 1000;

/**
 * The whole run as a picture of its own, in the colours of the editor's theme: PNG bytes in base64.
 * @param title the line above it
 */
export function drawPng(timeline: Timeline, title = summaryLine(timeline.name, summarise(timeline))): string {
  const theme = readTheme(document.body);
  const { fontSize } = theme;
  const rows = layoutRows(timeline);
  const geometry = layoutChart({
    width: WIDTH - 2 * MARGIN,
    height: Math.min(MOST_HEIGHT, fontSize * (20 + rows.length * 2)),
    rows: rows.length,
    countPanels: countPanels(timeline).length,
    labelLength: rows.reduce((longest, row) => Math.max(longest, row.label.length), 4),
    fontSize,
    rowZoom: 1,
  });
  const scene: Scene = {
    timeline,
    rows,
    rowsBy: timeline.completionMode === 'Indexed' ? 'index' : 'pod',
    counts: countSeries(timeline),
    conditions: conditionChanges(timeline),
    pinned: null,
    marks: [],
    window: wholeWindow(timeline),
    geometry,
    scroll: 0,
    theme,
  };
  const head = fontSize * 3;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * SCALE;
  canvas.height = Math.round((geometry.height + head + fontSize * 3) * SCALE);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws no pictures');
  context.scale(SCALE, SCALE);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, WIDTH, canvas.height);
  context.fillStyle = theme.foreground;
  context.font = theme.boldFont;
  context.textBaseline = 'middle';
  context.fillText(title, MARGIN, head / 2, WIDTH - 2 * MARGIN);
  context.translate(MARGIN, head);
  drawChart(context, scene);
  drawLegend(context, scene, geometry.height + fontSize);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}

/** Which line of the counts is which; the panel says so beside its numbers. */
function drawLegend(context: CanvasRenderingContext2D, { counts, theme, geometry }: Scene, middle: number): void {
  let x = geometry.left;
  context.font = theme.font;
  context.textBaseline = 'middle';
  for (const { name } of counts) {
    const style = countStyle(theme, name);
    context.strokeStyle = style.color;
    context.lineWidth = style.width;
    context.setLineDash([...style.dash]);
    context.beginPath();
    context.moveTo(x, middle);
    context.lineTo(x + 22, middle);
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = theme.muted;
    context.fillText(name, x + 28, middle);
    x += 28 + context.measureText(name).width + 20;
  }
}
