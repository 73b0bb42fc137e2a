import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type CalendarDay, closedParts, hoursOfDay, placeInDay } from '../model/calendar-days.ts';
import { CALENDAR_KEYS, type CalendarStep, standsFor } from '../model/calendar-steps.ts';
import type { CalendarItem, CalendarPage } from '../model/cron-calendar.ts';
import { wallTime } from '../model/cron-rows.ts';
import { countWords, dayName, itemName, pageName } from '../model/calendar-words.ts';
import { ClockChanges } from './clock-changes.tsx';
import { SIGNS } from './cron-list.tsx';

export interface CronCalendarProps {
  readonly page: CalendarPage;
  /** When the CronJob was created and up to when it was followed, in seconds since 1970. */
  readonly start: number;
  readonly until: number;
  readonly zone: string;
  /** Pixels. */
  readonly hourHeight: number;
  /** The chosen slot, in seconds since `start`; null while none is. */
  readonly chosen: number | null;
  readonly onStep: (step: CalendarStep) => void;
  readonly onChoose: (slot: number) => void;
  /** Opens a run, or the list of what a count stands for. */
  readonly onOpen: (item: CalendarItem) => void;
}

/** Seven days beside each other, hours below each other: when the CronJob's Jobs run. */
export function CronCalendar(props: CronCalendarProps): JSX.Element {
  const { page, zone, hourHeight, chosen } = props;
  const root = useRef<HTMLDivElement>(null);
  const first = page.items.find(({ continued }) => !continued)?.rows[0]?.slot ?? null;
  // One of all can be reached by Tab: the chosen one, or the first.
  const reachable = page.items.some((item) => chosen !== null && !item.continued && standsFor(item, chosen))
    ? chosen
    : first;
  const stepped = useRef(false);
  useEffect(() => {
    if (!stepped.current && !isAtPage()) return;
    stepped.current = false;
    root.current?.querySelector<HTMLElement>('.calendar-item.chosen')?.focus();
  }, [chosen, page]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = CALENDAR_KEYS[event.key];
    if (step === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    stepped.current = true;
    props.onStep(step);
  };
  const changes = page.days.flatMap(({ change }) => change ?? []);
  return (
    <>
      {changes.length === 0 ? null : (
        <ul class="calendar-changes">
          <ClockChanges changes={changes} zone={zone} />
        </ul>
      )}
      <div
        ref={root}
        class="calendar"
        role="group"
        aria-label={l10n.t(
          'Calendar of runs, {0}, {1}. Arrow keys move through days and runs, Enter opens.',
          pageName(page, zone),
          zone,
        )}
        style={{ '--hour': `${hourHeight}px`, '--days': page.days.length }}
        onKeyDown={onKeyDown}
      >
        <span class="calendar-corner" aria-hidden="true" />
        {page.days.map((day) => (
          <DayHead key={day.from} day={day} zone={zone} />
        ))}
        <div class="calendar-hours" aria-hidden="true">
          {page.hours.map(({ hour, again }, at) => (
            <span key={at} title={again ? l10n.t('The hour that comes twice, the second time') : undefined}>
              {String(hour).padStart(2, '0')}
              {again ? <small>{l10n.t('again')}</small> : null}
            </span>
          ))}
        </div>
        {page.days.map((day, at) => (
          <div key={day.from} class="calendar-day" style={{ height: `${page.hours.length * hourHeight}px` }}>
            <Shades {...props} day={day} />
            {page.items
              .filter(({ day: of }) => of === at)
              .map((item) => (
                <Item
                  key={`${item.rows[0]?.slot} ${item.continued}`}
                  {...props}
                  item={item}
                  reachable={!item.continued && reachable !== null && standsFor(item, reachable)}
                />
              ))}
          </div>
        ))}
      </div>
    </>
  );
}

/** Whether the person is at the page as a whole, or in the calendar: elsewhere the focus stays where it is. */
function isAtPage(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.closest('.calendar') !== null;
}

function DayHead({ day, zone }: { readonly day: CalendarDay; readonly zone: string }): JSX.Element {
  const { weekday, date } = dayName(day, zone);
  const hours = hoursOfDay(day);
  return (
    <div class="calendar-head" aria-hidden="true">
      <b>{weekday}</b>
      {day.change === null ? null : (
        <span class="badge" title={l10n.t('The clock is changed on this day')}>
          {hours} h
        </span>
      )}
      <span class="date">{date}</span>
    </div>
  );
}

/** Hours that do not come on this day, and times before and after what was followed. */
function Shades(props: CronCalendarProps & { readonly day: CalendarDay }): JSX.Element {
  const { day, page, zone, start, until, hourHeight } = props;
  const place = (from: number, to: number): { readonly top: string; readonly height: string } => ({
    top: `${from * hourHeight}px`,
    height: `${Math.max(0, to - from) * hourHeight}px`,
  });
  const begun = placeInDay(day, page.hours, zone, start);
  const over = placeInDay(day, page.hours, zone, until);
  return (
    <>
      {day.from < start ? (
        <span class="shade outside" title={l10n.t('Before the CronJob was created')} style={place(0, begun)} />
      ) : null}
      {day.until > until ? (
        <span class="shade outside" title={l10n.t('Not followed so far')} style={place(over, page.hours.length)} />
      ) : null}
      {closedParts(day, page.hours).map(({ from, until: to, why }) => (
        <span
          key={from}
          class={why === 'skipped' ? 'shade skipped-hour' : 'shade other-day'}
          title={
            why === 'skipped' ? l10n.t('The clock jumps over this') : l10n.t('Only on the day when clocks go back')
          }
          style={place(from, to)}
        >
          {why === 'skipped' ? 'skipped' : ''}
        </span>
      ))}
    </>
  );
}

function Item(
  props: CronCalendarProps & { readonly item: CalendarItem; readonly reachable: boolean },
): JSX.Element | null {
  const { item, start, zone, hourHeight, chosen } = props;
  const { rows, kind, lane, lanes, continued } = item;
  const [row] = rows;
  if (row === undefined) return null;
  const tone = kind === 'count' ? (rows.some((each) => each.tone === 'failed') ? 'failed' : 'many') : row.tone;
  const isChosen = chosen !== null && standsFor(item, chosen);
  const name = itemName(item, start, zone);
  const style = {
    top: `${item.top * hourHeight}px`,
    height: `${(item.bottom - item.top) * hourHeight}px`,
    left: `${(lane / lanes) * 100}%`,
    width: `${100 / lanes}%`,
  };
  const shape = `calendar-item ${kind} tone-${tone}${isChosen && !continued ? ' chosen' : ''}`;
  const open = (): void => {
    props.onChoose(row.slot);
    props.onOpen(item);
  };
  if (continued)
    return <span class={`${shape} continued`} aria-hidden="true" title={name} style={style} onClick={open} />;
  return (
    <button
      type="button"
      class={shape}
      style={style}
      title={name}
      aria-label={name}
      tabIndex={props.reachable ? 0 : -1}
      onClick={open}
      onFocus={() => (isChosen ? undefined : props.onChoose(row.slot))}
    >
      {kind === 'count' ? (
        <CountFace item={item} />
      ) : (
        <>
          <span class="sign">{SIGNS[row.tone]}</span> <span class="time">{wallTime(start + row.slot, zone)}</span>{' '}
          <span class="what">{row.text}</span>
        </>
      )}
    </button>
  );
}

function CountFace({ item: { rows } }: { readonly item: CalendarItem }): JSX.Element {
  return (
    <>
      <b>{rows.length}</b>
      <span class="time">×</span> <span class="what">{countWords(rows)}</span>
    </>
  );
}
