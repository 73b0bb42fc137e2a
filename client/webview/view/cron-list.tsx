import * as l10n from '@vscode/l10n';
import { Fragment, type JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { changesBetween, type ClockChange } from '../model/clock-changes.ts';
import { type CronRow, endOfRun, MOST_ROWS, wallClock } from '../model/cron-rows.ts';
import type { TimeWindow } from '../model/time-axis.ts';
import { ClockChanges } from './clock-changes.tsx';

export interface CronListProps {
  readonly rows: readonly CronRow[];
  readonly cron: CronTimeline;
  /** Seconds since 1970. */
  readonly start: number;
  readonly zone: string;
  readonly changes: readonly ClockChange[];
  readonly window: TimeWindow;
  /** The chosen slot, in seconds since `start`. */
  readonly chosen: number | null;
  readonly onRun: (run: number) => void;
}

/** A CronJob's Jobs over time: one row a slot; a row opens that Job's own timeline. */
export function CronList(props: CronListProps): JSX.Element {
  const { rows, cron, start, zone, chosen } = props;
  const list = useRef<HTMLOListElement>(null);
  // Keys step through the rows; what they choose has the focus.
  useEffect(() => {
    if (chosen !== null && document.activeElement?.closest('.cron-toolbar, input, select') == null)
      list.current?.querySelector<HTMLElement>('.chosen .cron-line')?.focus();
  }, [chosen]);
  return (
    <>
      <ol ref={list} class="cron-rows" aria-label={l10n.t('Runs')}>
        {rows.map((row, at) => (
          <Fragment key={row.slot}>
            <ClockChanges
              changes={changesBetween(props.changes, start + (rows[at - 1]?.slot ?? 0), start + row.slot)}
              zone={zone}
            />
            <CronLine {...props} row={row} />
          </Fragment>
        ))}
      </ol>
      {rows.length >= MOST_ROWS ? <p class="muted">{l10n.t('The first {0} slots are shown.', MOST_ROWS)}</p> : null}
      {cron.active.length > 1 ? <ActiveCount cron={cron} window={props.window} /> : null}
    </>
  );
}

export const SIGNS: Readonly<Record<CronRow['tone'], string>> = {
  succeeded: '✓',
  failed: '✕',
  running: '▷',
  skipped: '–',
  gone: '∅',
};

/** One slot: when, the run over time, what became of it. */
export function CronLine(props: Omit<CronListProps, 'rows' | 'changes'> & { readonly row: CronRow }): JSX.Element {
  const { row, cron, start, zone, window } = props;
  const made = row.run;
  const body = (
    <>
      <span class="slot">{wallClock(start + row.slot, zone)}</span>
      <span class="track" aria-hidden="true">
        <span class="mark" style={{ left: share(window, row.slot) }} />
        {made === null ? null : (
          <span
            class={`bar ${row.tone}`}
            style={{
              left: share(window, made.run.created),
              right: `calc(100% - ${share(window, endOfRun(made.run) ?? cron.until)})`,
            }}
          />
        )}
      </span>
      <span class="what">
        <span aria-hidden="true">{SIGNS[row.tone]} </span>
        {row.text}
      </span>
    </>
  );
  return (
    <li class={`cron-row tone-${row.tone}${props.chosen === row.slot ? ' chosen' : ''}`}>
      {made === null ? (
        <div class="cron-line" tabIndex={props.chosen === row.slot ? -1 : undefined}>
          {body}
        </div>
      ) : (
        <button
          type="button"
          class="cron-line"
          title={l10n.t('{0}: open its timeline', made.run.name)}
          onClick={() => props.onRun(made.at)}
        >
          {body}
        </button>
      )}
    </li>
  );
}

/** How many Jobs were on, over time, under the rows' own axis. */
function ActiveCount({ cron, window }: { readonly cron: CronTimeline; readonly window: TimeWindow }): JSX.Element {
  const height = 28;
  const peak = cron.active.reduce((most, { n }) => Math.max(most, n), 0);
  const y = (n: number): number => height - (n / Math.max(1, peak)) * (height - 2);
  let path = `M0 ${height}`;
  for (const { t, n } of cron.active) path += `H${(parseFloat(share(window, t)) * 10).toFixed(2)}V${y(n).toFixed(1)}`;
  return (
    <div class="cron-line active-count">
      <span class="slot">{l10n.t('Active Jobs')}</span>
      <svg
        viewBox={`0 0 1000 ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={l10n.t('Active Jobs over time, at most {0}', peak)}
      >
        <path d={`${path}H1000`} />
      </svg>
      <span class="what">{l10n.t('at most {0}', peak)}</span>
    </div>
  );
}

/** A moment's place in the stretch that is shown, kept within it. */
function share({ from, until }: TimeWindow, t: number): string {
  return `${Math.min(100, Math.max(0, ((t - from) / (until - from)) * 100))}%`;
}
