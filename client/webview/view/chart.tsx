import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { drawChart } from '../draw/draw-chart.ts';
import { drawOverlay, drawUnderlay } from '../draw/draw-overlay.ts';
import { type Scene } from '../draw/scene.ts';
import { type Theme } from '../draw/theme.ts';
import type { ActionMark } from '../model/action-marks.ts';
import { brushed } from '../model/brush.ts';
import { type ChartGeometry, clampScroll, revealRow, rowAt } from '../model/chart-geometry.ts';
import { podsByKey } from '../model/compare.ts';
import { countSeries } from '../model/counts.ts';
import { describePod } from '../model/describe.ts';
import { formatDuration } from '../model/duration.ts';
import { type Row, rowOfPod } from '../model/rows.ts';
import { podEndTime } from '../model/segments.ts';
import { conditionChanges } from '../model/status-at.ts';
import { panWindow, pixelToTime, type TimeWindow, zoomWindow } from '../model/time-axis.ts';
import { prepareCanvas } from './canvas.ts';

export interface ChartProps {
  readonly timeline: Timeline;
  /** A run to hold against it, drawn as outlines; null where there is none. */
  readonly pinned: Timeline | null;
  readonly rows: readonly Row[];
  readonly rowsBy: 'index' | 'pod';
  /** What people do to the Job. */
  readonly marks: readonly ActionMark[];
  readonly geometry: ChartGeometry;
  readonly theme: Theme;
  readonly window: TimeWindow;
  readonly bounds: TimeWindow;
  readonly onWindow: (window: TimeWindow) => void;
  readonly onRowZoom: (factor: number) => void;
  /** How far the rows are scrolled down, in pixels. */
  readonly scroll: number;
  readonly onScroll: (to: number) => void;
  readonly playhead: number | null;
  readonly until: number;
  readonly onPlayhead: (t: number | null) => void;
  readonly selected: PodRun | null;
  readonly onSelect: (pod: PodRun | null) => void;
  /** What the slider says of the playhead's moment. */
  readonly momentText: string;
  /** After each drawing of the picture itself (not of the playhead). */
  readonly onDrawn: () => void;
}

/** The picture: rows and counts on one canvas, playhead and selection on another, the playhead's slider in the DOM. */
export function Chart(props: ChartProps): JSX.Element {
  const { timeline, rows, rowsBy, marks, geometry, theme, window: shown, bounds, playhead, selected, onDrawn } = props;
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const underlay = useRef<HTMLCanvasElement>(null);
  const [brush, setBrush] = useState<{ readonly from: number; readonly until: number } | null>(null);
  const [mark, setMark] = useState<ActionMark | null>(null);
  const [hover, setHover] = useState<{ readonly row: number; readonly pod: PodRun | null } | null>(null);
  const counts = useMemo(() => countSeries(timeline), [timeline]);
  const conditions = useMemo(() => conditionChanges(timeline), [timeline]);
  const pinned = useMemo(
    () => (props.pinned === null ? null : { pods: podsByKey(props.pinned), until: props.pinned.until }),
    [props.pinned],
  );
  const rowNumbers = useMemo(() => rowOfPod(rows), [rows]);
  const kept = clampScroll(geometry, props.scroll);
  const scene = useMemo<Scene>(
    () => ({ timeline, rows, rowsBy, counts, conditions, pinned, marks, window: shown, geometry, scroll: kept, theme }),
    [timeline, rows, rowsBy, counts, conditions, pinned, marks, shown, geometry, kept, theme],
  );
  const selectedRow = selected === null ? -1 : (rowNumbers.get(selected.ordinal) ?? -1);

  useLayoutEffect(() => {
    const context = prepareCanvas(base, geometry.width, geometry.height);
    if (context === null) return;
    drawChart(context, scene);
    onDrawn();
  }, [scene, geometry, onDrawn]);

  useLayoutEffect(() => {
    const state = {
      playhead,
      hover: hover?.row ?? -1,
      selected: selected === null || selectedRow < 0 ? null : { pod: selected, row: selectedRow },
    };
    const over = prepareCanvas(overlay, geometry.width, geometry.height);
    if (over !== null) drawOverlay(over, scene, state);
    const under = prepareCanvas(underlay, geometry.width, geometry.height);
    if (under !== null) drawUnderlay(under, scene, state);
  }, [scene, geometry, playhead, hover, selected, selectedRow]);

  useEffect(() => {
    const to = selectedRow < 0 ? kept : revealRow(geometry, kept, selectedRow);
    if (to !== kept) props.onScroll(to);
  }, [selectedRow, geometry]);

  const timeAt = (x: number): number => pixelToTime(shown, geometry.left, geometry.plotWidth, x);
  const podAt = (x: number, y: number): { readonly row: number; readonly pod: PodRun | null } | null => {
    const number = rowAt(geometry, kept, y, rows.length);
    return number < 0 ? null : { row: number, pod: podAtTime(rows[number]!, timeAt(x), timeline.until) };
  };
  const scrub = (x: number): void => {
    const t = Math.min(Math.max(timeAt(x), 0), props.until);
    props.onPlayhead(t >= props.until ? null : t);
  };

  const drag = useRef<{ kind: 'scrub' | 'pan' | 'brush'; x: number; window: TimeWindow; moved: boolean } | null>(null);
  const place = (event: PointerEvent | MouseEvent | WheelEvent): { x: number; y: number } => {
    const box = overlay.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { x, y } = place(event);
    const inRows = y >= geometry.rowsTop && y < geometry.rowsTop + geometry.rowsHeight;
    const kind = event.shiftKey ? 'brush' : inRows ? 'pan' : 'scrub';
    drag.current = { kind, x, window: shown, moved: false };
    overlay.current?.setPointerCapture(event.pointerId);
    if (kind === 'scrub' && x >= geometry.left - 6) scrub(x);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const { x, y } = place(event);
    const held = drag.current;
    if (held === null) {
      const under = podAt(x, y);
      if (under?.row !== hover?.row || under?.pod !== hover?.pod) setHover(under);
      setMark(under === null ? markAt(marks, timeAt(x - NEAR), timeAt(x + NEAR)) : null);
      return;
    }
    if (Math.abs(x - held.x) > 3) held.moved = true;
    if (held.kind === 'scrub') scrub(x);
    else if (held.kind === 'brush') setBrush({ from: Math.min(held.x, x), until: Math.max(held.x, x) });
    else if (held.moved) {
      const perPixel = (held.window.until - held.window.from) / geometry.plotWidth;
      props.onWindow(panWindow(held.window, (held.x - x) * perPixel, bounds));
    }
  };
  const onPointerUp = (event: PointerEvent): void => {
    const held = drag.current;
    drag.current = null;
    setBrush(null);
    if (held?.kind === 'brush' && held.moved) {
      props.onWindow(brushed(timeAt(held.x), timeAt(place(event).x), bounds));
      return;
    }
    if (held === null || held.moved || held.kind === 'scrub') return;
    const { x, y } = place(event);
    props.onSelect(podAt(x, y)?.pod ?? null);
  };
  const onWheel = (event: WheelEvent): void => {
    const { x } = place(event);
    const wide = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.ctrlKey || event.metaKey) {
      props.onWindow(zoomWindow(shown, Math.exp(-event.deltaY * 0.004), timeAt(x), bounds));
    } else if (event.altKey) props.onRowZoom(Math.exp(-event.deltaY * 0.004));
    else if (Math.abs(wide) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
      props.onWindow(panWindow(shown, (wide * (shown.until - shown.from)) / geometry.plotWidth, bounds));
    } else {
      const next = clampScroll(geometry, kept + event.deltaY);
      // At the end of the rows the page scrolls on, as everywhere.
      if (next === kept) return;
      props.onScroll(next);
    }
    event.preventDefault();
  };
  // A wheel listener that may prevent scrolling must be registered as such.
  const wheel = useRef(onWheel);
  wheel.current = onWheel;
  useEffect(() => {
    const target = overlay.current;
    const listen = (event: WheelEvent): void => wheel.current(event);
    target?.addEventListener('wheel', listen, { passive: false });
    return () => target?.removeEventListener('wheel', listen);
  }, []);

  const box = { width: `${geometry.width}px`, height: `${geometry.height}px` };
  return (
    <div class="chart" id="chart" style={{ height: `${geometry.height}px` }}>
      <canvas ref={underlay} aria-hidden="true" style={box} />
      <canvas
        ref={base}
        role="img"
        aria-label={l10n.t('Timeline of {0} pods. Its text form is under Description below.', timeline.pods.length)}
        style={box}
      />
      <canvas
        ref={overlay}
        class="overlay"
        aria-hidden="true"
        title={hover?.pod ? describePod(hover.pod) : mark === null ? '' : `${formatDuration(mark.t)}: ${mark.text}`}
        style={box}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
          setBrush(null);
        }}
        onPointerLeave={() => setHover(null)}
      />
      {brush === null ? null : (
        <span class="brush" style={{ left: `${brush.from}px`, width: `${brush.until - brush.from}px` }} />
      )}
      <div
        class="slider"
        role="slider"
        tabIndex={0}
        aria-label={l10n.t('Playhead')}
        aria-valuemin={0}
        aria-valuemax={Math.round(props.until * 10) / 10}
        aria-valuenow={Math.round((playhead ?? props.until) * 10) / 10}
        aria-valuetext={`${formatDuration(playhead ?? props.until)}: ${props.momentText}`}
        style={{ left: `${geometry.left}px`, width: `${geometry.plotWidth}px`, height: `${geometry.axisHeight}px` }}
      />
    </div>
  );
}

/** As near to a mark on the axis counts as on it, in pixels. */
const NEAR = 6;

/** The last mark between two times. */
function markAt(marks: readonly ActionMark[], from: number, until: number): ActionMark | null {
  return marks.findLast(({ t }) => t >= from && t <= until) ?? null;
}

/** The pod of a row that is on at `t`, or the one nearest to it. */
function podAtTime(row: Row, t: number, horizon: number): PodRun | null {
  let best: PodRun | null = null;
  let distance = Infinity;
  for (const pod of row.pods) {
    const end = podEndTime(pod) ?? horizon;
    const away = t < pod.created ? pod.created - t : t > end ? t - end : 0;
    if (away <= distance) {
      distance = away;
      best = pod;
    }
  }
  return best;
}
