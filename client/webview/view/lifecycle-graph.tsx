import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Job } from '../../../server/core/kubernetes/generated/types.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { type Box, layoutLifecycle, type Way } from '../model/lifecycle-layout.ts';
import { useElementSize } from './element-size.ts';
import { describeLifecycle, isMeant, type LifecycleEdge, type LifecycleNode, lifecycleOf } from '../model/lifecycle.ts';

/** At the sides of the graph, in pixels. */
const PADDING = 28;

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
  const room = useElementSize(scroller);
  const layout = layoutLifecycle(graph.nodes, Math.max(0, room.width - PADDING));
  const { width, height } = layout;
  // Where the graph is larger than its room, the station where the Job is stays in sight.
  useEffect(() => {
    if (lit === undefined || scroller.current === null) return;
    const { x, y } = layout.boxOf(lit);
    scroller.current.scrollTo(x - room.width / 3, y - room.height / 3);
  }, [lit?.id, width]);
  const places = new Map(graph.nodes.map((node) => [node.id, node]));
  return (
    <div ref={scroller} class="lifecycle" role="group" tabIndex={0} aria-label={l10n.t('Lifecycle of the Job')}>
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
            <Edge
              key={`${edge.from}-${edge.to}`}
              edge={edge}
              way={layout.wayOf(places.get(edge.from)!, places.get(edge.to)!, edge.back)}
            />
          ))}
        </svg>
        {graph.nodes.map((node) => (
          <Station
            key={node.id}
            node={node}
            box={layout.boxOf(node)}
            onReveal={onReveal}
            marked={isMeant(node, cursor)}
          />
        ))}
      </div>
    </div>
  );
}

function Station(props: {
  readonly node: LifecycleNode;
  readonly box: Box;
  readonly onReveal: ((field: string) => void) | null;
  readonly marked: boolean;
}): JSX.Element {
  const { node, onReveal, marked } = props;
  const { label, count, field, text, tone, lit } = node;
  const state = `station ${tone}${lit ? ' lit' : ''}${marked ? ' marked' : ''}`;
  const { x, y, width, height } = props.box;
  const place = { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
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

function Edge({ edge, way }: { readonly edge: LifecycleEdge; readonly way: Way }): JSX.Element {
  const { path, label } = way;
  return (
    <g class={edge.back ? 'edge back' : 'edge'}>
      <path d={path} marker-end="url(#arrow)" />
      {edge.label === '' ? null : (
        <text x={label.x} y={label.y} text-anchor={label.anchor}>
          {edge.label}
        </text>
      )}
    </g>
  );
}
