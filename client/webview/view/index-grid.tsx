import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { drawIndexGrid } from '../draw/draw-index-grid.ts';
import { type Theme } from '../draw/theme.ts';
import { formatCount } from '../model/duration.ts';
import { layoutGrid } from '../model/index-grid.ts';
import { indexCount, indexStates, indexStatesAt, tally } from '../model/index-states.ts';
import { prepareCanvas } from './canvas.ts';
import { useElementSize } from './element-size.ts';

/** One cell for each index of an Indexed Job, at the playhead. Arrow keys go from cell to cell. */
export function IndexGrid({
  timeline,
  t,
  theme,
  selected,
  onSelect,
}: {
  readonly timeline: Timeline;
  readonly t: number;
  readonly theme: Theme;
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useElementSize(box);
  const count = useMemo(() => indexCount(timeline), [timeline]);
  const states = useMemo(() => indexStatesAt(timeline, t, count), [timeline, t, count]);
  const layout = useMemo(() => layoutGrid(count, Math.max(60, width), 180), [count, width]);
  const counts = useMemo(() => tally(states), [states]);
  useLayoutEffect(() => {
    const context = prepareCanvas(canvas, layout.width, layout.height);
    if (context !== null) drawIndexGrid(context, { layout, states, theme, selected });
  }, [layout, states, theme, selected]);
  const inWords = indexStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${formatCount(counts[state])} ${state === 'none' ? 'not started' : state}`)
    .join(', ');
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: layout.columns, ArrowUp: -layout.columns }[event.key];
    if (by === undefined || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(Math.min(count - 1, Math.max(0, selected === null ? 0 : selected + by * layout.perCell)));
  };
  const describe = (index: number): string => {
    const state = indexStates[states.state[index]!]!;
    const attempts = states.attempts[index]!;
    const tries = attempts === 0 ? '' : attempts === 1 ? l10n.t(', 1 attempt') : l10n.t(', {0} attempts', attempts);
    return l10n.t('Index {0}: {1}{2}', index, state === 'none' ? 'not started' : state, tries);
  };
  return (
    <section class="card indexes">
      <h2>{l10n.t('Indexes')}</h2>
      <div
        ref={box}
        class="grid-box"
        tabIndex={0}
        role="slider"
        aria-label={l10n.t('Index')}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={selected ?? 0}
        aria-valuetext={selected !== null && selected < count ? describe(selected) : inWords}
        onKeyDown={move}
      >
        <canvas
          ref={canvas}
          aria-hidden="true"
          style={{ width: `${layout.width}px`, height: `${layout.height}px` }}
          onClick={(event) => {
            const cell =
              Math.floor(event.offsetY / layout.pitch) * layout.columns + Math.floor(event.offsetX / layout.pitch);
            const index = cell * layout.perCell;
            if (index >= 0 && index < count) onSelect(index);
          }}
        />
      </div>
      <p class="muted">
        {inWords}
        {layout.perCell > 1 ? l10n.t(' ({0} indexes a cell)', layout.perCell) : ''}
      </p>
    </section>
  );
}
