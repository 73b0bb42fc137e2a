import * as l10n from '@vscode/l10n';
import { type ComponentChildren, Fragment, type JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import { cronWords } from '../../../server/core/timeline/cron-picture.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import type { RunsView } from '../../../server/src/protocol/panel.ts';
import { pageName } from '../model/calendar-words.ts';
import { type CalendarStep, pageOfSlot, stepInCalendar } from '../model/calendar-steps.ts';
import { changesBetween, clockChanges } from '../model/clock-changes.ts';
import { type CalendarItem, cronCalendar } from '../model/cron-calendar.ts';
import { nextSlots } from '../model/cron-horizon.ts';
import { type CronRow, cronRows, wallClock } from '../model/cron-rows.ts';
import { formatDuration, plural } from '../model/duration.ts';
import { panWindow, revealTime, type TimeWindow, zoomWindow } from '../model/time-axis.ts';
import { ClockChanges } from './clock-changes.tsx';
import { CronCalendar } from './cron-calendar.tsx';
import { CronLine, CronList } from './cron-list.tsx';
import { CronReasons } from './cron-reasons.tsx';
import { CronTable } from './cron-table.tsx';
import { CronToolbar } from './cron-toolbar.tsx';
import { KeysHelp } from './keys-help.tsx';
import { useKeys } from './panel-keys.ts';
import { keepUnits } from './summary-head.tsx';

export interface CronPictureProps {
  readonly cronJob: CronJob;
  readonly cron: CronTimeline;
  readonly title: string;
  /** Between the head and the rows. */
  readonly children: ComponentChildren;
  /** Zone of the controller, where the CronJob names none. */
  readonly controllerZone: string;
  readonly view: RunsView;
  readonly onView: (change: Partial<RunsView>) => void;
  /** The stretch of time that the timeline shows, in seconds since the CronJob's creation; null: all of it. */
  readonly window: TimeWindow | null;
  readonly onWindow: (window: TimeWindow | null) => void;
  readonly onRun: (run: number) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onDrawn: () => void;
  readonly onReveal: ((field: string) => void) | null;
}

const NEXT = 5;
/** Of an hour of the calendar, and of the smallest thing that can be read and hit in it; pixels. */
const HOUR_HEIGHT = 26;
const ITEM_HEIGHT = 13;
const MOST_ZOOM = 60;
const PAN = 0.5;

/** A CronJob's Jobs, as a calendar or over time; each opens its own timeline. */
export function CronPicture(props: CronPictureProps): JSX.Element {
  const { cronJob, cron, controllerZone, onDrawn, view, onView } = props;
  const { as, at: chosen, zoom } = view;
  const zone = cronJob.spec?.timeZone ?? controllerZone;
  const start = Date.parse(cron.origin) / 1000;
  const [help, setHelp] = useState(false);
  const [listed, setListed] = useState<CalendarItem | null>(null);
  const rows = useMemo(() => cronRows(cronJob, controllerZone, cron), [cronJob, controllerZone, cron]);
  const hourHeight = HOUR_HEIGHT * zoom;
  const pages = useMemo(
    () => cronCalendar(rows, { start, until: cron.until, zone, shortest: ITEM_HEIGHT / hourHeight }),
    [rows, start, cron, zone, hourHeight],
  );
  const shownPage = pageOfSlot(pages, chosen);
  const page = pages[shownPage];
  const now = useMemo(() => Date.now() / 1000, [cronJob]);
  const coming = useMemo(() => nextSlots(cronJob, controllerZone, now, NEXT), [cronJob, controllerZone, now]);
  const changes = useMemo(() => clockChanges(start, start + (rows.at(-1)?.slot ?? 0), zone), [start, rows, zone]);
  const next = useMemo(() => clockChanges(now, coming.at(-1) ?? now, zone), [now, coming, zone]);
  const skipped = rows.filter(({ run }) => run === null).length;
  const peak = cron.active.reduce((most, { n }) => Math.max(most, n), 0);
  useEffect(onDrawn, [cron, onDrawn]);
  useEffect(() => setListed(null), [pages, shownPage]);

  const bounds = { from: 0, until: Math.max(1, cron.until) };
  const window = props.window === null ? bounds : panWindow(props.window, 0, bounds);
  const choose = (slot: number | null): void => {
    if (slot !== chosen) onView({ at: slot });
    if (slot !== null && props.window !== null) props.onWindow(revealTime(window, slot, bounds));
  };
  const step = (to: CalendarStep): void => choose(stepInCalendar(pages, chosen, to));
  const walk = (by: 1 | -1): void => {
    const from = rows.findIndex(({ slot }) => slot === chosen);
    if (as === 'calendar') step(by === 1 ? 'later' : 'earlier');
    else choose(rows[from === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by))]?.slot ?? null);
  };
  const magnify = (factor: number): void => {
    if (as === 'calendar') onView({ zoom: Math.min(MOST_ZOOM, Math.max(1, zoom * factor)) });
    else {
      const to = zoomWindow(window, factor, chosen ?? (window.from + window.until) / 2, bounds);
      props.onWindow(to.until - to.from >= bounds.until * 0.999 ? null : to);
    }
  };
  const fit = (): void => (as === 'calendar' ? onView({ zoom: 1 }) : props.onWindow(null));
  const turn = (by: 1 | -1): void => {
    if (as === 'timeline') props.onWindow(panWindow(window, (window.until - window.from) * PAN * by, bounds));
    else if (pages[shownPage + by] !== undefined) step(by === 1 ? 'pageAfter' : 'pageBefore');
  };
  const turnOver = (to: RunsView['as']): void => onView({ as: to });
  useKeys(
    {
      next: () => walk(1),
      previous: () => walk(-1),
      toStart: () => choose(rows[0]?.slot ?? null),
      toEnd: () => choose(rows.at(-1)?.slot ?? null),
      zoom: magnify,
      fit,
      pan: (share) => turn(share > 0 ? 1 : -1),
      undo: props.onUndo,
      redo: props.onRedo,
      help: () => setHelp(true),
      escape: () => choose(null),
      turnOver: () => turnOver(as === 'calendar' ? 'timeline' : 'calendar'),
      ...noPicture,
    },
    'runs',
  );
  const open = (item: CalendarItem): void => {
    const run = item.rows[0]?.run;
    if (item.kind !== 'run') setListed(item);
    else if (run != null) props.onRun(run.at);
  };
  return (
    <>
      {help ? <KeysHelp page="runs" onClose={() => setHelp(false)} /> : null}
      <header class="head">
        <div class="verdict">
          <div>
            <p class="origin">
              {props.title} <span class="badge">{l10n.t('Simulated CronJob')}</span>
            </p>
            <h1>{plural(cron.runs.length, l10n.t('{0} Job'), l10n.t('{0} Jobs'))}</h1>
            <p>
              {l10n.t(
                '{0} Created {1}, followed for {2}.',
                cronWords(cron),
                wallClock(start, zone),
                keepUnits(formatDuration(cron.until)),
              )}
            </p>
          </div>
        </div>
        <dl class="numbers">
          <div>
            <dt>{l10n.t('At once')}</dt>
            <dd>{peak}</dd>
          </div>
          <div>
            <dt>{l10n.t('Slots without a Job')}</dt>
            <dd>{skipped}</dd>
          </div>
        </dl>
      </header>
      {rows.length === 0 || page === undefined ? null : (
        <CronToolbar
          as={as}
          onAs={turnOver}
          shown={
            as === 'calendar'
              ? pageName(page, zone)
              : `${plural(rows.length, l10n.t('{0} slot'), l10n.t('{0} slots'))}, ${zone}`
          }
          onEarlier={shownPage > 0 ? () => turn(-1) : undefined}
          onLater={shownPage < pages.length - 1 ? () => turn(1) : undefined}
          onStep={walk}
          zoomed={as === 'calendar' ? zoom > 1 : props.window !== null}
          onZoom={magnify}
          onFit={fit}
          onHelp={() => setHelp(true)}
        />
      )}
      {props.children}
      <div class="cron">
        {rows.length === 0 || page === undefined ? (
          <p class="muted">
            {l10n.t('No scheduled time came{0}.', cronJob.spec?.suspend === true ? l10n.t('; it is suspended') : '')}
          </p>
        ) : as === 'calendar' ? (
          <>
            <p class="calendar-zone muted">
              {l10n.t('Times in ')}
              <b>{zone}</b>
              {cronJob.spec?.timeZone === undefined
                ? l10n.t(', the controller’s own zone: the CronJob names none')
                : ''}
              .{pages.length > 1 ? l10n.t(' Week {0} of {1}.', shownPage + 1, pages.length) : ''}
            </p>
            <CronCalendar
              page={page}
              start={start}
              until={start + cron.until}
              zone={zone}
              hourHeight={hourHeight}
              chosen={chosen}
              onStep={step}
              onChoose={choose}
              onOpen={open}
            />
            {listed === null ? null : (
              <ol ref={bringIntoSight} class="cron-rows listed" aria-label={l10n.t('Runs of this hour')}>
                {listed.rows.map((row) => (
                  <CronLine
                    key={row.slot}
                    row={row}
                    cron={cron}
                    start={start}
                    zone={zone}
                    window={stretchOf(listed.rows, cron)}
                    chosen={null}
                    onRun={props.onRun}
                  />
                ))}
              </ol>
            )}
            <CronTable rows={rows} start={start} zone={zone} />
          </>
        ) : (
          <CronList
            rows={rows}
            cron={cron}
            start={start}
            zone={zone}
            changes={changes}
            window={window}
            chosen={chosen}
            onRun={props.onRun}
          />
        )}
        <div class="cron-lists">
          <section class="card">
            <h2>{l10n.t('Next runs from now, {0}', zone)}</h2>
            {coming.length === 0 ? <p class="muted">{l10n.t('The schedule names no time to come.')}</p> : null}
            <ol>
              {coming.map((slot, at) => (
                <Fragment key={slot}>
                  <ClockChanges changes={changesBetween(next, coming[at - 1] ?? now, slot)} zone={zone} />
                  <li>{wallClock(slot, zone)}</li>
                </Fragment>
              ))}
            </ol>
          </section>
          <CronReasons cron={cron} start={start} zone={zone} onReveal={props.onReveal} />
        </div>
      </div>
    </>
  );
}

/** What was just opened below the calendar is seen, and has the focus. */
function bringIntoSight(list: HTMLElement | null): void {
  list?.scrollIntoView({ block: 'nearest' });
  list?.querySelector<HTMLElement>('button')?.focus();
}

/** Keys that only the picture of one run has. */
const noPicture = { toggle: () => undefined, zoomRows: () => undefined, selectNext: () => undefined } as const;

/** The time from the first of some slots to the end of the last one's run. */
function stretchOf(rows: readonly CronRow[], { until }: CronTimeline): TimeWindow {
  const from = rows[0]?.slot ?? 0;
  const last = rows.at(-1);
  const end = Math.max(last?.run?.run.ended ?? 0, last?.slot ?? 0) || until;
  return { from, until: Math.max(from + 60, end) };
}
