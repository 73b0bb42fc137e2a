/** Where things are in the chart, in CSS pixels from its top left corner. */
export interface ChartGeometry {
  readonly width: number;
  readonly height: number;
  /** The plot, shared by axis, rows and counts: left of it labels, right of it air. */
  readonly left: number;
  readonly plotWidth: number;
  readonly axisHeight: number;
  /** Conditions and waits of the whole Job. */
  readonly laneTop: number;
  readonly laneHeight: number;
  readonly rowsTop: number;
  /** Height of the visible part of the rows. */
  readonly rowsHeight: number;
  /** Height of one row; below `thinnest` the rows are aggregated. */
  readonly rowHeight: number;
  /** Height of all rows: above `rowsHeight` they scroll. */
  readonly contentHeight: number;
  readonly countsTop: number;
  readonly countsHeight: number;
}

/** Rows thinner than this are drawn aggregated, in pixels. */
export const thinnest = 2;

export interface ChartRoom {
  readonly width: number;
  /** Height that the chart may take. */
  readonly height: number;
  readonly rows: number;
  /** Characters of the longest row label. */
  readonly labelLength: number;
  /** Of the small text, in pixels. */
  readonly fontSize: number;
  /** Scales of the counts: 1 or 2. */
  readonly countPanels: number;
  /** Magnification of row heights by the person, 1 fits all rows. */
  readonly rowZoom: number;
}

export function layoutChart(room: ChartRoom): ChartGeometry {
  const { fontSize } = room;
  const comfortable = Math.round(fontSize * 2);
  const left = Math.ceil(Math.min(room.width * 0.3, Math.max(34, room.labelLength * fontSize * 0.62 + 18)));
  const plotWidth = Math.max(40, room.width - left - 14);
  const axisHeight = Math.round(fontSize * 2.5);
  const laneHeight = Math.round(fontSize * 1.8);
  const rowsTop = axisHeight + laneHeight + 2;
  const gap = 14;
  const least = Math.round(fontSize * (room.countPanels > 1 ? 13 : 8));
  const roomForRows = Math.max(comfortable * 3, room.height - rowsTop - gap - least - 6);
  const fitting = Math.min(comfortable, roomForRows / Math.max(1, room.rows));
  const rowHeight = Math.min(comfortable * 2, fitting * room.rowZoom);
  const contentHeight = Math.max(comfortable, rowHeight * room.rows);
  const rowsHeight = Math.min(contentHeight, roomForRows);
  const countsTop = rowsTop + rowsHeight + gap;
  const countsHeight = Math.max(least, Math.min(fontSize * 16, room.height - countsTop - 6));
  return {
    width: room.width,
    height: countsTop + countsHeight + 6,
    left,
    plotWidth,
    axisHeight,
    laneTop: axisHeight,
    laneHeight,
    rowsTop,
    rowsHeight,
    rowHeight,
    contentHeight,
    countsTop,
    countsHeight,
  };
}

/** The row under a pixel, or -1. `scroll` is how far the rows are scrolled, in pixels. */
export function rowAt(geometry: ChartGeometry, scroll: number, y: number, rows: number): number {
  if (y < geometry.rowsTop || y >= geometry.rowsTop + geometry.rowsHeight) return -1;
  const row = Math.floor((y - geometry.rowsTop + scroll) / geometry.rowHeight);
  return row >= 0 && row < rows ? row : -1;
}

/** `scroll` kept so that nothing beyond the rows shows. */
export function clampScroll(geometry: ChartGeometry, scroll: number): number {
  return Math.max(0, Math.min(scroll, geometry.contentHeight - geometry.rowsHeight));
}

/** `scroll` moved just so far that row `row` is visible. */
export function revealRow(geometry: ChartGeometry, scroll: number, row: number): number {
  const top = row * geometry.rowHeight;
  if (top < scroll) return clampScroll(geometry, top);
  if (top + geometry.rowHeight > scroll + geometry.rowsHeight) {
    return clampScroll(geometry, top + geometry.rowHeight - geometry.rowsHeight);
  }
  return scroll;
}
