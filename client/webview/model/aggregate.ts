import { type Row } from './rows.ts';
import { podEnding, podEndTime, podSegments } from './segments.ts';
import { type TimeWindow } from './time-axis.ts';

/** What a cell of the aggregated picture shows. `failure` is the moment of a failed end, which nothing hides. */
export const cellKinds = ['empty', 'pending', 'succeeded', 'failed', 'open', 'terminating', 'failure'] as const;
export type CellKind = (typeof cellKinds)[number];

/** The picture of rows thinner than a pixel: `width` columns, `height` bands, row-major. */
export interface Aggregate {
  readonly width: number;
  readonly height: number;
  /** For each cell its position in `cellKinds`. */
  readonly kind: Uint8Array;
  /** For each cell the share of its band's rows that are on, 0 to 255. */
  readonly weight: Uint8Array;
}

/**
 * Sums the rows `firstRow` to `lastRow` (exclusive) into `height` bands over `width` columns of time. Each cell takes
 * the kind that most of its pods have, but a failure always shows. Linear in pods plus cells.
 */
export function aggregateRows(
  rows: readonly Row[],
  firstRow: number,
  lastRow: number,
  window: TimeWindow,
  width: number,
  height: number,
  horizon: number,
): Aggregate {
  const kind = new Uint8Array(width * height);
  const weight = new Uint8Array(width * height);
  const sums = cellKinds.map(() => new Int32Array(width + 1));
  const perColumn = width / (window.until - window.from);
  const column = (t: number): number => Math.floor((t - window.from) * perColumn);
  const add = (cell: CellKind, from: number, until: number): void => {
    const first = Math.max(0, column(from));
    const last = Math.min(width, Math.max(column(until), column(from) + 1));
    if (first >= last) return;
    const sum = sums[cellKinds.indexOf(cell)]!;
    sum[first] = sum[first]! + 1;
    sum[last] = sum[last]! - 1;
  };
  const rowsShown = lastRow - firstRow;
  for (let band = 0; band < height; band += 1) {
    const from = firstRow + Math.floor((band * rowsShown) / height);
    const until = Math.max(from + 1, firstRow + Math.floor(((band + 1) * rowsShown) / height));
    for (const sum of sums) sum.fill(0);
    for (let number = from; number < until && number < rows.length; number += 1) {
      for (const pod of rows[number]!.pods) {
        const ending = podEnding(pod);
        const running: CellKind = ending === 'succeeded' ? 'succeeded' : ending === 'open' ? 'open' : 'failed';
        for (const segment of podSegments(pod, horizon)) {
          const cell = segment.kind === 'pending' || segment.kind === 'terminating' ? segment.kind : running;
          add(cell, segment.from, segment.until);
        }
        const end = podEndTime(pod);
        if (ending === 'failed' && end !== null) add('failure', end - 1 / perColumn, end + 1 / perColumn);
      }
    }
    resolveBand(sums, band * width, width, until - from, kind, weight);
  }
  return { width, height, kind, weight };
}

function resolveBand(
  sums: readonly Int32Array[],
  offset: number,
  width: number,
  rows: number,
  kind: Uint8Array,
  weight: Uint8Array,
): void {
  const running = new Int32Array(sums.length);
  const failure = sums.length - 1;
  for (let x = 0; x < width; x += 1) {
    let total = 0;
    let best = 0;
    for (let cell = 1; cell < sums.length; cell += 1) {
      const now = running[cell]! + sums[cell]![x]!;
      running[cell] = now;
      if (cell === failure) {
        if (now > 0) best = failure;
      } else {
        total += now;
        if (now > 0 && now > running[best]!) best = cell;
      }
    }
    if (best === 0) continue;
    kind[offset + x] = best;
    weight[offset + x] = best === failure ? 255 : Math.min(255, Math.round((total / rows) * 255));
  }
}
