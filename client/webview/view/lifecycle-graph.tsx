import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Job } from '../../../server/core/kubernetes/generated/types.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { describeLifecycle, isMeant, type LifecycleEdge, type LifecycleNode, lifecycleOf } from '../model/lifecycle.ts';

/** Pixels at the usual font size: of a station, and from one to the next. */
const WIDTH = 136;
const HEIGHT = 42;
const COLUMN = 186;
const ROW = 66;
const TOP = 26;
const LEFT = 4;

/** The Job's way from its creation to its end, with the station where it is at the playhead lit. */
export function LifecycleGraph(props: {
  readonly timeline: Timeline;
  readonly job: Job | null;
  readonly t: number;
  /** Null where there is no manifest to show. */
  readonly onReveal: ((field: string) => void) | null;
  /** Path of the field at the editor's cursor: its station is marked. */
  readonly cursor: string | null;
}): JSX.Element {
  const { timeline, job, t, onReveal, cursor } = props;
  const graph = useMemo(() => lifecycleOf(timeline, job, t), [timeline, job, t]);
  const scroller = useRef<HTMLDivElement>(null);
  const lit = graph.nodes.find((node) => node.lit);
  // In a narrow panel the graph is wider than there is room: where the Job is stays in sight.
  useEffect(() => {
    if (lit !== undefined && scroller.current !== null) scroller.current.scrollLeft = xOf(lit) - COLUMN;
  }, [lit?.id]);
  const places = new Map(graph.nodes.map((node) => [node.id, node]));
  const rows = Math.max(...graph.nodes.map(({ row }) => row)) + 1;
  const width = LEFT * 2 + 4 * COLUMN + WIDTH;
  const height = TOP + (rows - 1) * ROW + HEIGHT + 14;
  return (
    <div ref={scroller} class="lifecycle" role="group" tabIndex={0} aria-label="Lifecycle of the Job">
      <p class="heard" aria-live="polite">
        {describeLifecycle(graph)}
      </p>
      <div class="lifecycle-box" style={{ width: `${width}px`, height: `${height}px` }}>
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 8 4 0 8z" fill="var(--jw-muted)" />
            </marker>
          </defs>
          {graph.edges.map((edge) => (
            <Edge key={`${edge.from}-${edge.to}`} edge={edge} from={places.get(edge.from)!} to={places.get(edge.to)!} />
          ))}
        </svg>
        {graph.nodes.map((node) => (
          <Station key={node.id} node={node} onReveal={onReveal} marked={isMeant(node, cursor)} />
        ))}
      </div>
    </div>
  );
}

function Station(props: {
  readonly node: LifecycleNode;
  readonly onReveal: ((field: string) => void) | null;
  readonly marked: boolean;
}): JSX.Element {
  const { node, onReveal, marked } = props;
  const { label, count, field, text, tone, lit } = node;
  const state = `station ${tone}${lit ? ' lit' : ''}${marked ? ' marked' : ''}`;
  const place = { left: `${xOf(node)}px`, top: `${yOf(node)}px`, width: `${WIDTH}px`, height: `${HEIGHT}px` };
  const content = (
    <>
      <span class="station-label">{label}</span>
      {count === '' ? null : <span class="station-count">{count}</span>}
    </>
  );
  const where = field === null ? text : `${text} (${field})`;
  return field === null || onReveal === null ? (
    <div class={state} style={place} title={where}>
      {content}
    </div>
  ) : (
    <button type="button" class={state} style={place} title={where} onClick={() => onReveal(field)}>
      {content}
    </button>
  );
}

function xOf({ column }: LifecycleNode): number {
  return LEFT + column * COLUMN;
}

function yOf({ row }: LifecycleNode): number {
  return TOP + row * ROW;
}

function Edge(props: {
  readonly edge: LifecycleEdge;
  readonly from: LifecycleNode;
  readonly to: LifecycleNode;
}): JSX.Element {
  const { edge, from, to } = props;
  const { path, label } = edge.back ? backwards(from, to) : forwards(from, to);
  return (
    <g class={edge.back ? 'edge back' : 'edge'}>
      <path d={path} marker-end="url(#arrow)" />
      {edge.label === '' ? null : (
        <text x={label.x} y={label.y} text-anchor="middle">
          {edge.label}
        </text>
      )}
    </g>
  );
}

interface Way {
  readonly path: string;
  readonly label: { readonly x: number; readonly y: number };
}

function forwards(from: LifecycleNode, to: LifecycleNode): Way {
  if (from.column === to.column) {
    const x = xOf(from) + WIDTH / 2;
    const [a, b] = from.row < to.row ? [yOf(from) + HEIGHT, yOf(to)] : [yOf(from), yOf(to) + HEIGHT];
    return { path: `M${x} ${a}V${b}`, label: { x: x + 24, y: (a + b) / 2 + 4 } };
  }
  const [x1, y1] = [xOf(from) + WIDTH, yOf(from) + HEIGHT / 2];
  const [x2, y2] = [xOf(to), yOf(to) + HEIGHT / 2];
  const middle = (x1 + x2) / 2;
  return {
    path: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
    label: { x: middle, y: (y1 + y2) / 2 - 5 },
  };
}

/** Over the top of the row, or below it, so that it crosses no station. */
function backwards(from: LifecycleNode, to: LifecycleNode): Way {
  const above = from.row === 0;
  const y1 = above ? yOf(from) : yOf(from) + HEIGHT;
  const y2 = to.row === from.row ? (above ? yOf(to) : yOf(to) + HEIGHT) : yOf(to) + HEIGHT;
  const x1 = xOf(from) + WIDTH / 2;
  const x2 = xOf(to) + WIDTH / 2;
  const lane = above ? y1 - 14 : Math.max(y1, y2) + 12;
  return {
    path: `M${x1} ${y1}V${lane}H${x2}V${y2}`,
    label: { x: (x1 + x2) / 2, y: lane - 4 },
  };
}
