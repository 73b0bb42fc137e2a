import * as l10n from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { formatDuration } from '../model/duration.ts';
import { Icon, type IconName } from './icons.tsx';
import { speeds, type Playback } from './playback.ts';

export interface ToolbarProps {
  readonly playback: Playback;
  readonly now: number;
  readonly until: number;
  readonly zoomed: boolean;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onRowZoom: (factor: number) => void;
  /** What a row is; null where there is nothing to choose. */
  readonly rowsBy: 'index' | 'pod' | null;
  readonly onRowsBy: (by: 'index' | 'pod') => void;
  readonly onHelp: () => void;
  /** Keeps this run to hold later ones against it. */
  readonly onPin: () => void;
}

/** Play, step and zoom. Every control has a key, named in its tooltip. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const { playback } = props;
  return (
    <div class="toolbar" role="toolbar" aria-label={l10n.t('Playback and zoom')}>
      <span class="group">
        <Tool icon="start" label={l10n.t('To the start (Home)')} act={playback.toStart} />
        <Tool icon="previous" label={l10n.t('Previous event (Left)')} act={playback.previous} />
        <Tool
          icon={playback.playing ? 'pause' : 'play'}
          label={playback.playing ? l10n.t('Pause (Space)') : l10n.t('Play (Space)')}
          act={playback.toggle}
          primary
        />
        <Tool icon="next" label={l10n.t('Next event (Right)')} act={playback.next} />
        <Tool icon="end" label={l10n.t('To the end (End)')} act={playback.toEnd} />
      </span>
      <span class="clock">
        <b>{formatDuration(props.now)}</b>
        {l10n.t(' of {0}', formatDuration(props.until))}
      </span>
      <label class="speed">
        <span>{l10n.t('Speed')}</span>
        <select
          aria-label={l10n.t('Speed')}
          value={playback.speed}
          onChange={(event) => playback.setSpeed(event.currentTarget.value as (typeof speeds)[number]['id'])}
        >
          {speeds.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <span class="spring" />
      <span class="group">
        <Labelled text={l10n.t('Rows')}>
          {props.rowsBy === null ? null : (
            <select
              aria-label={l10n.t('Rows by')}
              title={l10n.t('A row for each index with its attempts, or for each pod')}
              value={props.rowsBy}
              onChange={(event) => props.onRowsBy(event.currentTarget.value === 'pod' ? 'pod' : 'index')}
            >
              <option value="index">{l10n.t('by index')}</option>
              <option value="pod">{l10n.t('by pod')}</option>
            </select>
          )}
          <Tool icon="minus" label={l10n.t('Thinner rows ([)')} act={() => props.onRowZoom(1 / 1.5)} />
          <Tool icon="plus" label={l10n.t('Taller rows (])')} act={() => props.onRowZoom(1.5)} />
        </Labelled>
        <Labelled text={l10n.t('Time')}>
          <Tool icon="minus" label={l10n.t('Zoom out (-)')} act={() => props.onZoom(1 / 1.6)} />
          <Tool icon="plus" label={l10n.t('Zoom in (+)')} act={() => props.onZoom(1.6)} />
          <Tool icon="fit" label={l10n.t('Fit all (0)')} act={props.onFit} disabled={!props.zoomed} />
        </Labelled>
      </span>
      <button
        type="button"
        class="button"
        title={l10n.t('Keep this run, edit on, and see what differs')}
        onClick={props.onPin}
      >
        {l10n.t('Pin')}
      </button>
      <Tool icon="help" label={l10n.t('Keys (?)')} act={props.onHelp} />
    </div>
  );
}

function Labelled({ text, children }: { readonly text: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <span class="labelled" role="group" aria-label={text}>
      <span class="label" aria-hidden="true">
        {text}
      </span>
      {children}
    </span>
  );
}

export function Tool(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly act: () => void;
  readonly primary?: boolean;
  readonly disabled?: boolean;
}): JSX.Element {
  return (
    <button
      type="button"
      class={props.primary === true ? 'tool primary' : 'tool'}
      title={props.label}
      aria-label={props.label}
      disabled={props.disabled === true}
      onClick={props.act}
    >
      <Icon name={props.icon} />
    </button>
  );
}
