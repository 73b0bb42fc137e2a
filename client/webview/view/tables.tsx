import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Job } from '../../../server/core/kubernetes/generated/types.ts';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { PANEL_TABS, type PanelView } from '../../../server/src/protocol/panel.ts';
import { describeRun } from '../model/describe.ts';
import { formatCount, formatDuration } from '../model/duration.ts';
import { podLabel } from '../model/rows.ts';
import { endingLabel, podEndTime, podStateAt } from '../model/segments.ts';
import { type ConditionChange, conditionChanges, lastBefore } from '../model/status-at.ts';
import { LifecycleGraph } from './lifecycle-graph.tsx';
import { type Column, Table } from './table.tsx';

export interface TablesProps {
  readonly open: Tab;
  readonly onOpen: (tab: Tab) => void;
  readonly timeline: Timeline;
  readonly t: number;
  /** The Job's manifest, of a CronJob the Job that it makes; null where it is not known. */
  readonly job: Job | null;
  /** Path of the field at the editor's cursor, from the Job's root. */
  readonly cursor: string | null;
  /** Null where there is no manifest to show. */
  readonly onReveal: ((field: string) => void) | null;
  readonly fontSize: number;
  readonly selected: PodRun | null;
  readonly onPlayhead: (t: number) => void;
  readonly onSelect: (pod: PodRun) => void;
  readonly onCondition: (condition: ConditionChange) => void;
}

type Tab = PanelView['tab'];

const TAB_NAMES: Readonly<Record<Tab, string>> = {
  Events: l10n.t('Events'),
  Lifecycle: l10n.t('Lifecycle'),
  Conditions: l10n.t('Conditions'),
  Pods: 'Pods',
  Description: l10n.t('Description'),
};

/** The run as tables and as text: all that the picture shows, for reading. */
export function Tables(props: TablesProps): JSX.Element {
  const { timeline, open, onOpen } = props;
  const conditions = useMemo(() => conditionChanges(timeline), [timeline]);
  const counts: Readonly<Record<Tab, number | null>> = {
    Events: timeline.events.length,
    Lifecycle: null,
    Conditions: conditions.length,
    Pods: timeline.pods.length,
    Description: null,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = PANEL_TABS[(PANEL_TABS.indexOf(open) + by + PANEL_TABS.length) % PANEL_TABS.length]!;
    onOpen(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <section class="tables">
      <div class="tabs" role="tablist" aria-label={l10n.t('Details of the run')} onKeyDown={onKeyDown}>
        {PANEL_TABS.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-selected={tab === open}
            aria-controls="tab-body"
            tabIndex={tab === open ? 0 : -1}
            onClick={() => onOpen(tab)}
          >
            {TAB_NAMES[tab]}
            {counts[tab] === null ? null : <span class="count-badge">{formatCount(counts[tab])}</span>}
          </button>
        ))}
      </div>
      <div class="tab-body" role="tabpanel" id="tab-body" aria-labelledby={`tab-${open}`}>
        {open === 'Events' ? <Events {...props} /> : null}
        {open === 'Lifecycle' ? <LifecycleGraph {...props} /> : null}
        {open === 'Conditions' ? <Conditions {...props} conditions={conditions} /> : null}
        {open === 'Pods' ? <Pods {...props} /> : null}
        {open === 'Description' ? <Description {...props} /> : null}
      </div>
    </section>
  );
}

function rowHeightOf(fontSize: number): number {
  return Math.round(fontSize * 2);
}

/** Room for times such as `45.5 s`, or `1 h 30 min` in longer runs. */
function timeWidth({ until }: Timeline): string {
  return until < 60 ? '6em' : '9em';
}

function Events({ timeline, t, fontSize, onPlayhead, onSelect }: TablesProps): JSX.Element {
  const current = lastBefore(timeline.events, t + 1e-6);
  const columns: readonly Column<Timeline['events'][number]>[] = [
    { head: l10n.t('Time'), width: timeWidth(timeline), numeric: true, cell: (event) => formatDuration(event.t) },
    {
      head: l10n.t('Reason'),
      width: 'min(16em, 36vw)',
      cell: (event) => (
        <span class={event.type === 'Warning' ? 'warning' : ''}>
          {event.type === 'Warning' ? '▲ ' : ''}
          {event.reason}
          {event.count > 1 ? ` ×${event.count}` : ''}
        </span>
      ),
    },
    { head: l10n.t('Message'), cell: (event) => event.message },
  ];
  return (
    <Table
      label={TAB_NAMES.Events}
      items={timeline.events}
      columns={columns}
      current={current}
      future={current + 1}
      rowHeight={rowHeightOf(fontSize)}
      empty={l10n.t('No events.')}
      onChoose={(event) => {
        onPlayhead(event.t);
        const pod = timeline.pods.find(({ ordinal }) => ordinal === event.pod);
        if (pod !== undefined) onSelect(pod);
      }}
    />
  );
}

function Conditions(props: TablesProps & { readonly conditions: readonly ConditionChange[] }): JSX.Element {
  const { conditions, t, fontSize } = props;
  const current = lastBefore(conditions, t + 1e-6);
  const columns: readonly Column<ConditionChange>[] = [
    {
      head: l10n.t('Time'),
      width: timeWidth(props.timeline),
      numeric: true,
      cell: (change) => formatDuration(change.t),
    },
    { head: l10n.t('Condition'), width: '12em', cell: (change) => `${change.type} = ${change.status}` },
    { head: l10n.t('Reason'), width: 'min(14em, 36vw)', cell: (change) => change.reason },
    { head: l10n.t('Why'), cell: (change) => change.text },
  ];
  return (
    <Table
      label={TAB_NAMES.Conditions}
      items={conditions}
      columns={columns}
      current={current}
      future={current + 1}
      rowHeight={rowHeightOf(fontSize)}
      empty={l10n.t('No conditions yet.')}
      onChoose={(change) => {
        props.onPlayhead(change.t);
        props.onCondition(change);
      }}
    />
  );
}

function Pods({ timeline, t, fontSize, selected, onSelect }: TablesProps): JSX.Element {
  const pods = useMemo(() => [...timeline.pods].sort((a, b) => a.created - b.created), [timeline]);
  const indexed = timeline.completionMode === 'Indexed';
  const columns: readonly Column<PodRun>[] = [
    { head: 'Pod', width: '7em', cell: (pod) => podLabel(timeline.name, pod) },
    ...(indexed
      ? [
          { head: l10n.t('Index'), width: '5em', numeric: true, cell: (pod: PodRun) => pod.index ?? '' },
          { head: l10n.t('Attempt'), width: '5.5em', numeric: true, cell: (pod: PodRun) => pod.attempt },
        ]
      : []),
    { head: l10n.t('Now'), width: '7.5em', cell: (pod) => podStateAt(pod, t).replace('none', '–') },
    { head: l10n.t('Created'), width: '8em', numeric: true, cell: (pod) => formatDuration(pod.created) },
    { head: l10n.t('Ran'), width: '8em', numeric: true, cell: ranFor },
    { head: l10n.t('Ended'), width: '8em', numeric: true, cell: (pod) => formatDuration(podEndTime(pod) ?? NaN) },
    { head: l10n.t('Result'), cell: (pod) => endingLabel(pod) || (pod.phase === 'Succeeded' ? 'succeeded' : '') },
  ];
  return (
    <Table
      label="Pods"
      items={pods}
      columns={columns}
      current={selected === null ? -1 : pods.findIndex(({ ordinal }) => ordinal === selected.ordinal)}
      future={pods.findLastIndex((pod) => pod.created <= t) + 1}
      rowHeight={rowHeightOf(fontSize)}
      empty={l10n.t('No pods.')}
      onChoose={onSelect}
    />
  );
}

function ranFor(pod: PodRun): string {
  return pod.started === null || pod.finished === null ? '–' : formatDuration(pod.finished - pod.started);
}

function Description({ timeline }: TablesProps): JSX.Element {
  const sentences = useMemo(() => describeRun(timeline), [timeline]);
  return (
    <ol class="description" tabIndex={0} aria-label={l10n.t('The run in words')}>
      {sentences.map(({ t, text }, position) => (
        <li key={position}>
          <span class="at">{formatDuration(t)}</span> {text}
        </li>
      ))}
    </ol>
  );
}
