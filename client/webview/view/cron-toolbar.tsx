import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { RUNS_AS, type RunsView } from '../../../server/src/protocol/panel.ts';
import { Tool } from './toolbar.tsx';

const NAMES: Readonly<Record<RunsView['as'], string>> = { calendar: l10n.t('Calendar'), timeline: l10n.t('Timeline') };

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
    <div class="toolbar cron-toolbar" role="toolbar" aria-label={l10n.t('How the runs are shown')}>
      <span class="group choice" role="group" aria-label={l10n.t('Show runs as')}>
        {RUNS_AS.map((each) => (
          <button
            key={each}
            type="button"
            class="button"
            aria-pressed={each === as}
            title={l10n.t('{0} of the runs (C turns over)', NAMES[each])}
            onClick={() => props.onAs(each)}
          >
            {NAMES[each]}
          </button>
        ))}
      </span>
      <span class="group">
        <Tool icon="previous" label={l10n.t('Run before (Left)')} act={() => props.onStep(-1)} />
        <Tool icon="next" label={l10n.t('Next run (Right)')} act={() => props.onStep(1)} />
      </span>
      <span class="group days">
        {as === 'calendar' && (onEarlier ?? onLater) !== undefined ? (
          <Tool
            icon="left"
            label={l10n.t('Earlier days (Shift+Left)')}
            act={() => onEarlier?.()}
            disabled={onEarlier === undefined}
          />
        ) : null}
        <span class="clock">{props.shown}</span>
        {as === 'calendar' && (onEarlier ?? onLater) !== undefined ? (
          <Tool
            icon="right"
            label={l10n.t('Later days (Shift+Right)')}
            act={() => onLater?.()}
            disabled={onLater === undefined}
          />
        ) : null}
      </span>
      <span class="spring" />
      <span class="group">
        <Tool icon="minus" label={l10n.t('Zoom out (-)')} act={() => props.onZoom(1 / 1.6)} disabled={!props.zoomed} />
        <Tool icon="plus" label={l10n.t('Zoom in (+)')} act={() => props.onZoom(1.6)} />
        <Tool icon="fit" label={l10n.t('Show all (0)')} act={props.onFit} disabled={!props.zoomed} />
      </span>
      <Tool icon="help" label={l10n.t('Keys (?)')} act={props.onHelp} />
    </div>
  );
}
