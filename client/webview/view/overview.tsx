import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { drawOverview } from '../draw/draw-overview.ts';
import type { Theme } from '../draw/theme.ts';
import { brushed, BRUSH_LEAST } from '../model/brush.ts';
import type { ChartGeometry } from '../model/chart-geometry.ts';
import { countSeries } from '../model/counts.ts';
import { formatDuration } from '../model/duration.ts';
import { panWindow, pixelToTime, timeToPixel, type TimeWindow } from '../model/time-axis.ts';
import { prepareCanvas } from './canvas.ts';

/** In CSS pixels. */
const HEIGHT = 26;
/** As near to an edge of the marked part counts as on it. */
const NEAR = 6;

interface Held {
  readonly kind: 'brush' | 'pan' | 'left' | 'right';
  readonly x: number;
  readonly window: TimeWindow;
}

/** The whole run under the picture, with the stretch that is drawn marked: drag to choose another, or to move it. */
export function Overview(props: {
  readonly timeline: Timeline;
  readonly geometry: ChartGeometry;
  readonly theme: Theme;
  readonly window: TimeWindow;
  readonly bounds: TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
}): JSX.Element {
  const { timeline, geometry, theme, window: shown, bounds, onWindow } = props;
  const { left, plotWidth, width } = geometry;
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<Held | null>(null);
  const [brush, setBrush] = useState<TimeWindow | null>(null);
  const counts = useMemo(() => countSeries(timeline), [timeline]);
  useLayoutEffect(() => {
    const context = prepareCanvas(canvas, width, HEIGHT);
    if (context !== null)
      drawOverview(context, { timeline, counts, bounds, left, width: plotWidth, height: HEIGHT, theme });
  }, [timeline, counts, bounds, left, plotWidth, width, theme]);

  const whole = shown.from <= bounds.from && shown.until >= bounds.until;
  const timeAt = (x: number): number => pixelToTime(bounds, left, plotWidth, x);
  const place = (event: PointerEvent): number => event.clientX - canvas.current!.getBoundingClientRect().left;
  const [from, until] = [shown.from, shown.until].map((t) => timeToPixel(bounds, left, plotWidth, t)) as [
    number,
    number,
  ];
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const x = place(event);
    held.current = { kind: whole ? 'brush' : partAt(x, from, until), x, window: shown };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const now = held.current;
    if (now === null) return;
    const x = place(event);
    const moved = timeAt(x) - timeAt(now.x);
    if (now.kind === 'brush') setBrush(brushed(timeAt(now.x), timeAt(x), bounds));
    else if (now.kind === 'pan') onWindow(panWindow(now.window, moved, bounds));
    else {
      const fixed = now.kind === 'left' ? now.window.until : now.window.from;
      onWindow(brushed(fixed, timeAt(x), bounds));
    }
  };
  const onPointerUp = (event: PointerEvent): void => {
    const now = held.current;
    held.current = null;
    setBrush(null);
    if (now?.kind !== 'brush') return;
    const x = place(event);
    if (Math.abs(x - now.x) >= BRUSH_LEAST) onWindow(brushed(timeAt(now.x), timeAt(x), bounds));
    else if (!whole) onWindow(panWindow(shown, timeAt(x) - (shown.from + shown.until) / 2, bounds));
  };
  const span = bounds.until - bounds.from;
  return (
    <div
      class="overview"
      role="scrollbar"
      tabIndex={0}
      aria-label={l10n.t('Stretch of time that is shown; Shift and arrow keys move it, plus and minus zoom')}
      aria-orientation="horizontal"
      aria-controls="chart"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={whole ? 0 : Math.round(((shown.from - bounds.from) / span) * 100)}
      aria-valuetext={
        whole
          ? l10n.t('the whole run')
          : l10n.t('from {0} to {1}', formatDuration(shown.from), formatDuration(shown.until))
      }
      title={l10n.t('Drag to zoom to a stretch of time')}
      style={{ height: `${HEIGHT}px` }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        held.current = null;
        setBrush(null);
      }}
      onDblClick={() => onWindow(bounds)}
    >
      <canvas ref={canvas} aria-hidden="true" style={{ width: `${width}px`, height: `${HEIGHT}px` }} />
      <span
        class={whole ? 'overview-window whole' : 'overview-window'}
        style={{ left: `${from}px`, width: `${Math.max(3, until - from)}px` }}
      />
      {brush === null ? null : (
        <span
          class="brush"
          style={{
            left: `${timeToPixel(bounds, left, plotWidth, brush.from)}px`,
            width: `${((brush.until - brush.from) / span) * plotWidth}px`,
          }}
        />
      )}
    </div>
  );
}

function partAt(x: number, from: number, until: number): Held['kind'] {
  if (Math.abs(x - from) <= NEAR) return 'left';
  if (Math.abs(x - until) <= NEAR) return 'right';
  return x > from && x < until ? 'pan' : 'brush';
}
