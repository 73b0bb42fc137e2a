import type { JSX } from 'preact';
import { RUNS_AS, type RunsView } from '../../../server/src/protocol/panel.ts';
import { Tool } from './toolbar.tsx';

const NAMES: Readonly<Record<RunsView['as'], string>> = { calendar: 'Calendar', timeline: 'Timeline' };

/** Calendar or timeline, earlier and later days, and how closely. Every control has a key, named in its tooltip. */
export function CronToolbar(props: {
  readonly as: RunsView['as'];
  readonly onAs: (as: RunsView['as']) => void;
  /** The days that the calendar shows. */
  readonly shown: string;
  /** Absent where there are no such days. */
  readonly onEarlier: (() => void) | undefined;
  readonly onLater: (() => void) | undefined;
  readonly onStep: (by: 1 | -1) => void;
  readonly zoomed: boolean;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onHelp: () => void;
}): JSX.Element {
  const { as, onEarlier, onLater } = props;
  return (
    <div class="toolbar cron-toolbar" role="toolbar" aria-label="How the runs are shown">
      <span class="group choice" role="group" aria-label="Show runs as">
        {RUNS_AS.map((each) => (
          <button
            key={each}
            type="button"
            class="button"
            aria-pressed={each === as}
            title={`${NAMES[each]} of the runs (C turns over)`}
            onClick={() => props.onAs(each)}
          >
            {NAMES[each]}
          </button>
        ))}
      </span>
      <span class="group">
        <Tool icon="previous" label="Run before (Left)" act={() => props.onStep(-1)} />
        <Tool icon="next" label="Next run (Right)" act={() => props.onStep(1)} />
      </span>
      <span class="group days">
        {as === 'calendar' && (onEarlier ?? onLater) !== undefined ? (
          <Tool
            icon="left"
            label="Earlier days (Shift+Left)"
            act={() => onEarlier?.()}
            disabled={onEarlier === undefined}
          />
        ) : null}
        <span class="clock">{props.shown}</span>
        {as === 'calendar' && (onEarlier ?? onLater) !== undefined ? (
          <Tool
            icon="right"
            label="Later days (Shift+Right)"
            act={() => onLater?.()}
            disabled={onLater === undefined}
          />
        ) : null}
      </span>
      <span class="spring" />
      <span class="group">
        <Tool icon="minus" label="Zoom out (-)" act={() => props.onZoom(1 / 1.6)} disabled={!props.zoomed} />
        <Tool icon="plus" label="Zoom in (+)" act={() => props.onZoom(1.6)} />
        <Tool icon="fit" label="Show all (0)" act={props.onFit} disabled={!props.zoomed} />
      </span>
      <Tool icon="help" label="Keys (?)" act={props.onHelp} />
    </div>
  );
}
