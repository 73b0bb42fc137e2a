import { type ComponentChildren, Fragment, type JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import { cronWords } from '../../../server/core/timeline/cron-picture.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { changeInWords, type ClockChange, clockChanges } from '../model/clock-changes.ts';
import { nextSlots } from '../model/cron-horizon.ts';
import { type CronRow, cronRows, endOfRun, MOST_ROWS, wallClock } from '../model/cron-rows.ts';
import { formatDuration, plural } from '../model/duration.ts';
import { Icon } from './icons.tsx';
import { keepUnits } from './summary-head.tsx';

export interface CronPictureProps {
  readonly cronJob: CronJob;
  readonly cron: CronTimeline;
  readonly title: string;
  /** Between the head and the rows. */
  readonly children: ComponentChildren;
  /** Zone of the controller, where the CronJob names none. */
  readonly controllerZone: string;
  readonly onRun: (run: number) => void;
  readonly onDrawn: () => void;
  readonly onReveal: ((field: string) => void) | null;
}

const NEXT = 5;
const REASONS = 12;

/** A CronJob's Jobs over time: one row a slot; a row opens that Job's own timeline. */
export function CronPicture(props: CronPictureProps): JSX.Element {
  const { cronJob, cron, controllerZone, onDrawn } = props;
  const zone = cronJob.spec?.timeZone ?? controllerZone;
  const start = Date.parse(cron.origin) / 1000;
  const rows = useMemo(() => cronRows(cronJob, controllerZone, cron), [cronJob, controllerZone, cron]);
  const now = useMemo(() => Date.now() / 1000, [cronJob]);
  const coming = useMemo(() => nextSlots(cronJob, controllerZone, now, NEXT), [cronJob, controllerZone, now]);
  const changes = useMemo(() => clockChanges(start, start + (rows.at(-1)?.slot ?? 0), zone), [start, rows, zone]);
  const next = useMemo(() => clockChanges(now, coming.at(-1) ?? now, zone), [now, coming, zone]);
  const skipped = rows.filter(({ run }) => run === null).length;
  // That a slot makes a Job is what the rows show already.
  // The controller gives the same reason each time it looks: once is enough.
  const telling = useMemo(
    () =>
      [...new Map(cron.explanations.toReversed().map((each) => [each.text, each])).values()]
        .toReversed()
        .filter(({ field }) => field !== 'spec.schedule'),
    [cron],
  );
  const peak = cron.active.reduce((most, { n }) => Math.max(most, n), 0);
  useEffect(onDrawn, [cron, onDrawn]);
  return (
    <>
      <header class="head">
        <div class="verdict">
          <div>
            <p class="origin">
              {props.title} <span class="badge">Simulated CronJob</span>
            </p>
            <h1>{plural(cron.runs.length, 'Job')}</h1>
            <p>
              {cronWords(cron)} Created {wallClock(start, zone)}, followed for {keepUnits(formatDuration(cron.until))}.
            </p>
          </div>
        </div>
        <dl class="numbers">
          <div>
            <dt>At once</dt>
            <dd>{peak}</dd>
          </div>
          <div>
            <dt>Slots without a Job</dt>
            <dd>{skipped}</dd>
          </div>
        </dl>
      </header>
      {props.children}
      <div class="cron">
        {rows.length === 0 ? (
          <p class="muted">No scheduled time came{cronJob.spec?.suspend === true ? '; it is suspended' : ''}.</p>
        ) : (
          <ol class="cron-rows" aria-label="Runs">
            {rows.map((row, at) => (
              <Fragment key={row.slot}>
                <Changes
                  changes={changesBetween(changes, start + (rows[at - 1]?.slot ?? 0), start + row.slot)}
                  zone={zone}
                />
                <Row row={row} cron={cron} start={start} zone={zone} onRun={props.onRun} />
              </Fragment>
            ))}
          </ol>
        )}
        {rows.length >= MOST_ROWS ? <p class="muted">The first {MOST_ROWS} slots are shown.</p> : null}
        {cron.active.length > 1 ? <ActiveCount cron={cron} peak={peak} /> : null}
        <div class="cron-lists">
          <section class="card">
            <h2>Next runs from now, {zone}</h2>
            {coming.length === 0 ? <p class="muted">The schedule names no time to come.</p> : null}
            <ol>
              {coming.map((slot, at) => (
                <Fragment key={slot}>
                  <Changes changes={changesBetween(next, coming[at - 1] ?? now, slot)} zone={zone} />
                  <li>{wallClock(slot, zone)}</li>
                </Fragment>
              ))}
            </ol>
          </section>
          {telling.length === 0 ? null : (
            <section class="card">
              <h2>Why</h2>
              {telling.slice(0, REASONS).map(({ t, text, field }, position) => (
                <p key={position} class="why">
                  <span class="muted">{wallClock(start + t, zone)}</span> {text}{' '}
                  {field === undefined ? null : props.onReveal === null ? (
                    <code>{field}</code>
                  ) : (
                    <button type="button" class="link" onClick={() => props.onReveal?.(field)}>
                      {field}
                    </button>
                  )}
                </p>
              ))}
              {telling.length > REASONS ? (
                <p class="muted">and {plural(telling.length - REASONS, 'more reason')}.</p>
              ) : null}
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function changesBetween(changes: readonly ClockChange[], after: number, until: number): readonly ClockChange[] {
  return changes.filter(({ at }) => at > after && at <= until);
}

/** Where the clocks change, a line says what becomes of the times around. */
function Changes(props: { readonly changes: readonly ClockChange[]; readonly zone: string }): JSX.Element {
  return (
    <>
      {props.changes.map((change) => (
        <li key={change.at} class="clock-change">
          <Icon name="unfinished" size={14} /> {wallClock(change.at, props.zone)}: {changeInWords(change)}
        </li>
      ))}
    </>
  );
}

function Row(props: {
  readonly row: CronRow;
  readonly cron: CronTimeline;
  readonly start: number;
  readonly zone: string;
  readonly onRun: (run: number) => void;
}): JSX.Element {
  const { row, cron, start, zone } = props;
  const share = (t: number): string => `${Math.min(100, (t / cron.until) * 100)}%`;
  const made = row.run;
  const body = (
    <>
      <span class="slot">{wallClock(start + row.slot, zone)}</span>
      <span class="track" aria-hidden="true">
        <span class="mark" style={{ left: share(row.slot) }} />
        {made === null ? null : (
          <span
            class={`bar ${row.tone}`}
            style={{
              left: share(made.run.created),
              width: share((endOfRun(made.run) ?? cron.until) - made.run.created),
            }}
          />
        )}
      </span>
      <span class="what">
        <span aria-hidden="true">{signs[row.tone]} </span>
        {row.text}
      </span>
    </>
  );
  return (
    <li class={`cron-row tone-${row.tone}`}>
      {made === null ? (
        <div class="cron-line">{body}</div>
      ) : (
        <button
          type="button"
          class="cron-line"
          title={`${made.run.name}: open its timeline`}
          onClick={() => props.onRun(made.at)}
        >
          {body}
        </button>
      )}
    </li>
  );
}

const signs: Readonly<Record<CronRow['tone'], string>> = {
  succeeded: '✓',
  failed: '✕',
  running: '▷',
  skipped: '–',
  gone: '∅',
};

/** How many Jobs were on, over time, under the rows' own axis. */
function ActiveCount({ cron, peak }: { readonly cron: CronTimeline; readonly peak: number }): JSX.Element {
  const height = 28;
  const y = (n: number): number => height - (n / Math.max(1, peak)) * (height - 2);
  let path = `M0 ${height}`;
  for (const { t, n } of cron.active) path += `H${((t / cron.until) * 1000).toFixed(2)}V${y(n).toFixed(1)}`;
  return (
    <div class="cron-line active-count">
      <span class="slot">Active Jobs</span>
      <svg
        viewBox={`0 0 1000 ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Active Jobs over time, at most ${peak}`}
      >
        <path d={`${path}H1000`} />
      </svg>
      <span class="what">at most {peak}</span>
    </div>
  );
}
