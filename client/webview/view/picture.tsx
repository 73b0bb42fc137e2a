import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import type { ExportFormat, PanelSelection, PinnedRun } from '../../../server/src/protocol/panel.ts';
import { isCronJob, jobOf } from '../job-of.ts';
import { actionMarks } from '../model/action-marks.ts';
import { layoutChart } from '../model/chart-geometry.ts';
import { countPanels } from '../model/counts.ts';
import { formatDuration, plural } from '../model/duration.ts';
import { type KeyCommands } from '../model/keys.ts';
import { moments } from '../model/moments.ts';
import { type PanelAction, type PanelModel } from '../model/panel-model.ts';
import { indexesWithoutPod, layoutRows } from '../model/rows.ts';
import { layScenario, type RunScope } from '../model/scenario-edits.ts';
import { type ConditionChange, conditionChanges, lastStatus, statusAt, targetAt } from '../model/status-at.ts';
import { summarise } from '../model/summary.ts';
import { panWindow, revealTime, type TimeWindow, wholeWindow, zoomWindow } from '../model/time-axis.ts';
import { unknownAt } from '../model/unknown.ts';
import { Chart } from './chart.tsx';
import { Comparison } from './comparison.tsx';
import { CursorLine } from './cursor-line.tsx';
import { Details } from './details.tsx';
import { useElementSize, useMedia } from './element-size.ts';
import { ExportActions } from './export-actions.tsx';
import { IndexGrid } from './index-grid.tsx';
import { KeysHelp } from './keys-help.tsx';
import { Legend } from './legend.tsx';
import { MomentLine, momentText } from './moment-line.tsx';
import { Notices } from './notices.tsx';
import { Overview } from './overview.tsx';
import { useKeys } from './panel-keys.ts';
import { usePlayback } from './playback.ts';
import { PlanCard } from './plan-card.tsx';
import { PlayheadActions } from './playhead-actions.tsx';
import { RunActions } from './run-actions.tsx';
import { Reasons } from './reasons.tsx';
import { ScenarioSection } from './scenario-section.tsx';
import { SummaryHead } from './summary-head.tsx';
import { Tables } from './tables.tsx';
import { useTheme } from './theme-watch.ts';
import { Toolbar } from './toolbar.tsx';

/** The picture of one timeline with all that belongs to it. */
export function Picture(props: {
  readonly model: PanelModel;
  readonly timeline: Timeline;
  readonly dispatch: (action: PanelAction) => void;
  readonly onDrawn: () => void;
  readonly onAction: (id: string) => void;
  readonly onReveal: ((field: string) => void) | null;
  /** Null where no logs can be had. */
  readonly onLogs: ((pod: string, previous: boolean) => void) | null;
  readonly onSave: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onChoose: (name: string | null) => void;
  readonly onExport: (format: ExportFormat) => void;
  readonly onPin: (pinned: PinnedRun | null) => void;
}): JSX.Element {
  const { model, timeline, dispatch } = props;
  const { selected: selection, rowZoom, window: shown } = model.view;
  const [help, setHelp] = useState(false);
  const root = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const chartBox = useRef<HTMLDivElement>(null);
  const theme = useTheme(root);
  const { width } = useElementSize(chartBox);
  const { height } = useElementSize(body);
  const stacked = useMedia('(max-width: 739px), (max-height: 559px)');

  // A run of another Job says nothing here.
  const pinned = model.pinned?.timeline.name === timeline.name ? model.pinned : null;
  // What was planned lies under what happens, unless another run is held against it.
  const planned = model.plan === null || model.request !== null ? null : model.planned;
  const job = useMemo(() => (model.request === null ? null : jobOf(model.request.object)), [model.request]);
  const summary = useMemo(() => summarise(timeline), [timeline]);
  const rowsBy = timeline.completionMode === 'Indexed' ? model.view.rowsBy : 'pod';
  const rows = useMemo(() => layoutRows(timeline, rowsBy), [timeline, rowsBy]);
  const bounds = useMemo(() => wholeWindow(timeline), [timeline]);
  const panels = useMemo(() => countPanels(timeline).length, [timeline]);
  const times = useMemo(() => moments(timeline), [timeline]);
  const until = endOf(timeline, bounds);
  const window = useMemo(() => (shown === null ? bounds : panWindow(shown, 0, bounds)), [shown, bounds]);
  const scope = useMemo(() => scopeOf(model), [model.cron, model.run]);
  // With each change of the scenario comes another timeline; until then the marks are those of the one that is drawn.
  const marks = useMemo(() => actionMarks(timeline, scenarioOf(model)), [timeline]);
  const playhead = model.playhead === null ? null : Math.min(model.playhead, until);
  const t = playhead ?? until;
  // Following the end, all that is known counts, also what came in just after the last status.
  const seen = playhead ?? Infinity;
  const unknown = unknownAt(timeline, t);
  const status = statusAt(timeline, seen);
  const target = targetAt(timeline, seen);
  const selectedPod = podOf(timeline, selection);
  const condition = useMemo(() => conditionOf(timeline, selection), [timeline, selection]);

  const setPlayhead = useCallback((to: number | null) => dispatch({ type: 'playhead', playhead: to }), [dispatch]);
  const look = useCallback((change: Partial<PanelModel['view']>) => dispatch({ type: 'view', change }), [dispatch]);
  const scrollRows = (rows: number): void => look({ scroll: { ...model.view.scroll, rows } });
  const setWindow = useCallback(
    (to: TimeWindow) => look({ window: to.until - to.from >= (bounds.until - bounds.from) * 0.999 ? null : to }),
    [look, bounds],
  );
  const selectPod = useCallback(
    (pod: PodRun | null) => look({ selected: pod === null ? null : { kind: 'pod', ordinal: pod.ordinal } }),
    [look],
  );
  const playback = usePlayback(times, until, playhead, setPlayhead);
  const zoom = (factor: number): void => setWindow(zoomWindow(window, factor, inside(window, t), bounds));
  const fit = (): void => look({ window: null, rowZoom: 1 });
  const zoomRows = (factor: number): void => look({ rowZoom: Math.min(2000, Math.max(1, rowZoom * factor)) });
  const keys: KeyCommands = {
    ...playback,
    zoom,
    fit,
    zoomRows,
    pan: (share) => setWindow(panWindow(window, (window.until - window.from) * share, bounds)),
    selectNext(by) {
      const pods = rows.flatMap((row) => row.pods);
      const at = pods.findIndex((pod) => pod.ordinal === selectedPod?.ordinal);
      selectPod(pods[Math.min(pods.length - 1, Math.max(0, at === -1 ? 0 : at + by))] ?? null);
    },
    undo: props.onUndo,
    redo: props.onRedo,
    help: () => setHelp(true),
    escape: () => selectPod(null),
    turnOver: () => undefined,
  };
  useKeys(keys, 'job');
  // The playhead stays in sight when it moves.
  useEffect(() => {
    if (playhead === null || shown === null) return;
    const to = revealTime(shown, playhead, bounds);
    if (to !== shown) look({ window: to });
  }, [playhead, bounds]);

  // In a narrow panel what one does to a pod stands at the lower edge: the picture comes above it.
  const isChosen = selectedPod !== null;
  const wasChosen = useRef(isChosen);
  useEffect(() => {
    if (stacked && isChosen && !wasChosen.current) body.current?.scrollIntoView({ block: 'start' });
    wasChosen.current = isChosen;
  }, [stacked, isChosen]);

  const fontSize = theme?.fontSize ?? 11;
  const geometry = useMemo(
    () =>
      layoutChart({
        width: Math.max(200, width),
        height: stacked ? Math.max(320, Math.min(640, globalThis.innerHeight * 0.7)) : Math.max(300, height * 0.72),
        rows: rows.length,
        countPanels: panels,
        labelLength: rows.reduce((longest, row) => Math.max(longest, row.label.length), 4),
        fontSize,
        rowZoom,
      }),
    [width, height, stacked, rows, panels, fontSize, rowZoom],
  );
  const neverStarted = useMemo(() => indexesWithoutPod(timeline, rows) ?? 0, [timeline, rows]);
  // At the end, a Job that was tidied away later still shows how it ended.
  const liveStatus = status !== 'deleted' ? status : playhead === null ? lastStatus(timeline) : null;

  const details = (
    <Details
      timeline={timeline}
      t={seen}
      moment={t}
      pod={selectedPod}
      condition={condition}
      edits={model.request === null ? null : model.edits}
      scope={scope}
      outcome={`${summary.headline}${summary.reason === '' ? '' : `, ${summary.reason}`}, after ${formatDuration(summary.seconds)}`}
      onEdits={(edits) => dispatch({ type: 'edits', edits })}
      onReveal={props.onReveal}
      onLogs={props.onLogs}
      onClose={() => selectPod(null)}
    />
  );
  const actions =
    model.request === null ? null : (
      <section class="card">
        <PlayheadActions
          t={t}
          over={isOver(timeline, t)}
          target={target}
          scope={scope}
          edits={model.edits}
          onEdits={(edits) => dispatch({ type: 'edits', edits })}
        />
      </section>
    );

  return (
    <main ref={root} class={stacked ? 'picture stacked' : 'picture'}>
      {help ? <KeysHelp page="job" onClose={() => setHelp(false)} /> : null}
      <Notices model={model} staleSince={timeline.staleSince} onAction={props.onAction} />
      {model.run === null || model.cron === null ? null : (
        <nav class="back">
          <button type="button" class="button" onClick={() => dispatch({ type: 'openRun', run: null })}>
            {l10n.t('← All runs of {0}', model.cron.name)}
          </button>
          <span class="muted">
            {l10n.t('Run {0} of {1}: {2}', model.run + 1, model.cron.runs.length, timeline.name)}
          </span>
        </nav>
      )}
      <SummaryHead timeline={timeline} summary={summary} title={model.title || timeline.name} source={model.source} />
      <RunActions actions={model.actions} onAction={props.onAction} />
      <Toolbar
        playback={playback}
        now={t}
        until={until}
        zoomed={shown !== null || rowZoom !== 1}
        onZoom={zoom}
        onFit={fit}
        onRowZoom={zoomRows}
        rowsBy={timeline.completionMode === 'Indexed' ? rowsBy : null}
        onRowsBy={(by) => look({ rowsBy: by })}
        onHelp={() => setHelp(true)}
        onPin={() => props.onPin({ title: pinTitle(timeline, summary.headline, model), timeline })}
      />
      {pinned === null ? null : <Comparison pinned={pinned} timeline={timeline} onUnpin={() => props.onPin(null)} />}
      <ScenarioSection {...props} />
      <div ref={body} class="body">
        <div class="column">
          <div ref={chartBox} class="chart-box" />
          {theme === null || width === 0 ? null : (
            <Chart
              timeline={timeline}
              pinned={pinned?.timeline ?? planned}
              rows={rows}
              rowsBy={rowsBy}
              marks={marks}
              geometry={geometry}
              theme={theme}
              window={window}
              bounds={bounds}
              onWindow={setWindow}
              onRowZoom={zoomRows}
              scroll={model.view.scroll.rows}
              onScroll={scrollRows}
              playhead={playhead}
              until={until}
              onPlayhead={setPlayhead}
              selected={selectedPod}
              onSelect={selectPod}
              momentText={momentText(status)}
              onDrawn={props.onDrawn}
            />
          )}
          {theme === null || width === 0 ? null : (
            <Overview
              timeline={timeline}
              geometry={geometry}
              theme={theme}
              window={window}
              bounds={bounds}
              onWindow={setWindow}
            />
          )}
          <div class="under">
            <MomentLine status={liveStatus} target={target} />
            <Legend />
          </div>
          {unknown === null ? null : (
            <p class="note">
              {l10n.t(
                '▲ Nobody observed this moment. The numbers are those of {0}, the last that were seen.',
                formatDuration(unknown.from),
              )}
            </p>
          )}
          <CursorLine timeline={timeline} cursor={fieldOfJob(model.cursor)} onPlayhead={setPlayhead} />
          {neverStarted > 0 ? (
            <p class="muted note">
              {l10n.t('{0} never had a pod.', plural(neverStarted, l10n.t('{0} index'), l10n.t('{0} indexes')))}
            </p>
          ) : null}
          {theme === null ? null : (
            <Tables
              open={model.view.tab}
              onOpen={(tab) => look({ tab })}
              timeline={timeline}
              t={seen}
              job={job}
              cursor={fieldOfJob(model.cursor)}
              onReveal={props.onReveal}
              fontSize={fontSize}
              selected={selectedPod}
              onPlayhead={(to) => setPlayhead(to >= until ? null : to)}
              onSelect={selectPod}
              onCondition={({ type, t: at }) => look({ selected: { kind: 'condition', type, t: at } })}
            />
          )}
        </div>
        <aside class="side" aria-label={l10n.t('At the playhead')}>
          {timeline.completionMode === 'Indexed' && theme !== null ? (
            <IndexGrid
              timeline={timeline}
              t={seen}
              theme={theme}
              selected={selectedPod?.index ?? null}
              onSelect={(index) => {
                const attempts = timeline.pods.filter((pod) => pod.index === index);
                selectPod(attempts.findLast((pod) => pod.created <= seen) ?? attempts[0] ?? null);
              }}
            />
          ) : null}
          {model.why.length === 0 ? null : <Reasons why={model.why} onReveal={props.onReveal} />}
          {model.plan === null || model.planned === null || planned === null ? null : (
            <PlanCard
              planned={model.planned}
              actual={timeline}
              from={model.plan.from}
              t={seen}
              drawn={pinned === null}
            />
          )}
          {selectedPod === null ? (
            <>
              {details}
              <div class={isOver(timeline, t) ? 'over' : 'edits'}>{actions}</div>
            </>
          ) : (
            <div class="edits">
              {details}
              {actions}
            </div>
          )}
          <ExportActions onExport={props.onExport} />
        </aside>
      </div>
    </main>
  );
}

/** The run of a CronJob that is open; null for a Job of its own. */
function scopeOf({ cron, run }: PanelModel): RunScope | null {
  const one = run === null ? undefined : cron?.runs[run];
  return run === null || one === undefined ? null : { run, created: one.created };
}

/** The scenario of a simulated Job; null for a run that really happened, or of a CronJob, whose actions count otherwise. */
function scenarioOf({ request, edits }: PanelModel): unknown {
  return request === null || isCronJob(request.object) ? null : layScenario(request.scenario, edits);
}

/** What the pinned run is called: what it was, and how it ended. */
function pinTitle({ name, certainty }: Timeline, headline: string, { seed }: PanelModel): string {
  return `${name} (${certainty === 'simulated' ? l10n.t('simulated, seed {0}', seed) : l10n.t('live')}), ${headline}`;
}

/** A CronJob's field as the Job that it makes has it. */
function fieldOfJob(field: string | null): string | null {
  return field?.replace(/^spec\.jobTemplate\./, '') ?? null;
}

/** Whether the Job has its final condition at a moment. */
function isOver({ end }: Timeline, t: number): boolean {
  return end !== null && end.outcome !== 'Unfinished' && t >= end.t;
}

/** The last moment that the playhead can stand at, in seconds. */
function endOf(timeline: Timeline, bounds: TimeWindow): number {
  if (timeline.end !== null && timeline.end.outcome !== 'Unfinished') return timeline.end.t;
  return Math.min(timeline.until, bounds.until / 1.03);
}

function podOf(timeline: Timeline, selection: PanelSelection | null): PodRun | null {
  if (selection?.kind !== 'pod') return null;
  return timeline.pods.find(({ ordinal }) => ordinal === selection.ordinal) ?? null;
}

function conditionOf(timeline: Timeline, selection: PanelSelection | null): ConditionChange | null {
  if (selection?.kind !== 'condition') return null;
  return conditionChanges(timeline).find(({ type, t }) => type === selection.type && t === selection.t) ?? null;
}

/** `t`, or the middle of the window when `t` is not in it. */
function inside(window: TimeWindow, t: number): number {
  return t >= window.from && t <= window.until ? t : (window.from + window.until) / 2;
}
