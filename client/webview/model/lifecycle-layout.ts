import type { LifecycleNode } from './lifecycle.ts';

/**
 * The graph runs across, column after column, where there is room, else down. Both are one layout in two directions:
 * `u` runs along the Job's way, `v` beside it; only at the end they become x and y.
 */
interface Direction {
  readonly across: boolean;
  /** Of a station, in pixels. */
  readonly lengthU: number;
  readonly lengthV: number;
  /** From one station to the next. */
  readonly stepU: number;
  readonly stepV: number;
  /** Room beside the first row, for what leads back. */
  readonly leadV: number;
}

const ACROSS: Direction = { across: true, lengthU: 136, lengthV: 42, stepU: 186, stepV: 66, leadV: 26 };
const DOWN: Direction = { across: false, lengthU: 42, lengthV: 121, stepU: 78, stepV: 129, leadV: 26 };
const MARGIN = 4;
const TAIL = 14;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An SVG path, and where its label stands. */
export interface Way {
  readonly path: string;
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' };
}

export interface LifecycleLayout {
  readonly width: number;
  readonly height: number;
  boxOf(node: LifecycleNode): Box;
  wayOf(from: LifecycleNode, to: LifecycleNode, back: boolean): Way;
}

/** @param room width that there is, in pixels; zero while it is not known */
export function layoutLifecycle(nodes: readonly LifecycleNode[], room: number): LifecycleLayout {
  const wide = measure(nodes, ACROSS);
  const direction = room === 0 || wide.width <= room ? ACROSS : DOWN;
  const place = (node: LifecycleNode): Place => ({
    u: MARGIN + node.column * direction.stepU,
    v: direction.leadV + node.row * direction.stepV,
  });
  return {
    ...measure(nodes, direction),
    boxOf(node) {
      const { u, v } = place(node);
      const { across, lengthU, lengthV } = direction;
      return across ? { x: u, y: v, width: lengthU, height: lengthV } : { x: v, y: u, width: lengthV, height: lengthU };
    },
    wayOf: (from, to, back) =>
      (back ? backwards : forwards)({ ...place(from), node: from }, { ...place(to), node: to }, direction),
  };
}

interface Place {
  readonly u: number;
  readonly v: number;
}
type Placed = Place & { readonly node: LifecycleNode };

function measure(nodes: readonly LifecycleNode[], direction: Direction): { width: number; height: number } {
  const most = (of: (node: LifecycleNode) => number): number => nodes.reduce((all, node) => Math.max(all, of(node)), 0);
  const u = MARGIN * 2 + most(({ column }) => column) * direction.stepU + direction.lengthU;
  const v = direction.leadV + most(({ row }) => row) * direction.stepV + direction.lengthV + TAIL;
  return direction.across ? { width: u, height: v } : { width: v, height: u };
}

function forwards(from: Placed, to: Placed, direction: Direction): Way {
  const { lengthU, lengthV } = direction;
  if (from.node.column === to.node.column) {
    const u = from.u + lengthU / 2;
    const [a, b] = from.node.row < to.node.row ? [from.v + lengthV, to.v] : [from.v, to.v + lengthV];
    // Down, the stations stand too close for a word between them: it goes above.
    const label = point(direction, direction.across ? u + 24 : from.u - 5, (a + b) / 2 + (direction.across ? 4 : 0));
    return { path: `M${at(direction, u, a)}L${at(direction, u, b)}`, label: { ...label, anchor: 'middle' } };
  }
  const [u1, v1] = [from.u + lengthU, from.v + lengthV / 2];
  const [u2, v2] = [to.u, to.v + lengthV / 2];
  const middle = (u1 + u2) / 2;
  const curve = [at(direction, middle, v1), at(direction, middle, v2), at(direction, u2, v2)].join(' ');
  // Down, labels keep to the station that they leave: several ways may lead to the next one.
  const beside = direction.across ? (v1 + v2) / 2 : v1 * 0.75 + v2 * 0.25;
  return {
    path: `M${at(direction, u1, v1)}C${curve}`,
    label: { ...(direction.across ? { x: middle, y: beside - 5 } : { x: beside, y: middle + 4 }), anchor: 'middle' },
  };
}

/** Beside the first row, or after the last, so that it crosses no station. */
function backwards(from: Placed, to: Placed, direction: Direction): Way {
  const { lengthU, lengthV } = direction;
  const before = from.node.row === 0;
  const v1 = before ? from.v : from.v + lengthV;
  const v2 = to.node.row === from.node.row && before ? to.v : to.v + lengthV;
  const u1 = from.u + lengthU / 2;
  const u2 = to.u + lengthU / 2;
  const lane = before ? v1 - 14 : Math.max(v1, v2) + 12;
  const corners = [at(direction, u1, lane), at(direction, u2, lane), at(direction, u2, v2)].join('L');
  const path = `M${at(direction, u1, v1)}L${corners}`;
  if (direction.across) return { path, label: { x: (u1 + u2) / 2, y: lane - 4, anchor: 'middle' } };
  // Down, the word stands in the gap before the station that it leaves, inside the lane.
  const gap = from.u - (direction.stepU - lengthU) / 2 + 4;
  return { path, label: { x: before ? lane + 4 : lane - 4, y: gap, anchor: before ? 'start' : 'end' } };
}

function point({ across }: Direction, u: number, v: number): { readonly x: number; readonly y: number } {
  return across ? { x: u, y: v } : { x: v, y: u };
}

function at(direction: Direction, u: number, v: number): string {
  const { x, y } = point(direction, u, v);
  return `${x} ${y}`;
}
