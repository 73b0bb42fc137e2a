import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { NEWEST_MINOR } from '../../../server/core/kubernetes/versions.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import type { ExportFormat, PanelScroll, PinnedRun } from '../../../server/src/protocol/panel.ts';
import { type Host } from '../host.ts';
import { CRON_EXPORTS } from '../model/cron-export.ts';
import { EXPORTS } from '../model/export.ts';
import { writesAtOnce } from '../model/asked.ts';
import { emptyModel, type PanelAction, type PanelModel, reduce } from '../model/panel-model.ts';
import { layScenario, savedScenario } from '../model/scenario-edits.ts';
import { cronSummary, panelSummary } from '../model/summary.ts';
import { isCronJob } from '../job-of.ts';
import { type Simulation, startSimulation } from '../simulation.ts';
import { CronPage } from './cron-page.tsx';
import { useKeptScroll } from './kept-scroll.ts';
import { useKeptState } from './kept-state.ts';
import { Notice } from './notice.tsx';
import { Picture } from './picture.tsx';

/** The whole panel: listens to its host, has the Job simulated, keeps its state, draws. */
export function Panel({ host }: { readonly host: Host }): JSX.Element {
  const [model, act] = useReducer(reduce, host.first, (first) => first.reduce<PanelModel>(reduce, emptyModel));
  const simulation = useRef<Simulation | null>(null);

  const { request, edits } = model;
  const atOnce = writesAtOnce(model);
  // While its file is open in an editor, a change of the scenario is an edit of that text.
  const dispatch = useCallback(
    (action: PanelAction) => {
      if (action.type !== 'edits' || !atOnce || request === null) {
        act(action);
        return;
      }
      host.post({ type: 'saveScenario', scenario: savedScenario(request.scenario, action.edits) });
      act({ type: 'wrote' });
    },
    [host, atOnce, request],
  );
  const turn = (direction: 'undo' | 'redo'): void => {
    const redo = direction === 'redo';
    const steps = redo ? model.history.future : model.history.past;
    if (steps.length > 0) act({ type: direction });
    else if (atOnce && model.written[direction] > 0) {
      host.post({ type: 'undoScenario', redo });
      act({ type: redo ? 'redidWriting' : 'undidWriting' });
    }
  };

  useLayoutEffect(() => {
    const stop = host.listen(act);
    host.post({ type: 'ready', first: host.first.length > 0 });
    return stop;
  }, [host]);
  useEffect(() => () => simulation.current?.dispose(), []);

  const started = (): Simulation => {
    simulation.current ??= startSimulation(
      (answer) =>
        act(
          'timeline' in answer
            ? { type: 'simulated', timeline: answer.timeline }
            : 'cron' in answer
              ? { type: 'simulatedRuns', cron: answer.cron }
              : { type: 'simulationFailed', message: answer.problem },
        ),
      (message) => act({ type: 'simulationFailed', message }),
    );
    return simulation.current;
  };
  // Whoever shows a simulation needs the worker in a moment: it starts while the Job is asked for.
  useLayoutEffect(() => {
    if (model.source?.kind === 'simulation') started();
  }, [model.source?.kind]);
  useSimulation(model, (request) => started().run(request));

  usePlan(model, (planned) => act({ type: 'planned', timeline: planned }));

  const onScroll = useCallback((to: Omit<PanelScroll, 'rows'>) => act({ type: 'scrolled', to }), []);
  useKeptScroll(model.source === null ? null : model.view.scroll, onScroll);
  useKeptState(model, host);

  const { timeline, cron } = model;
  const onDrawn = useCallback(() => {
    if (timeline !== null) host.post({ type: 'drawn', summary: panelSummary(timeline) });
    else if (cron !== null) host.post({ type: 'drawn', summary: cronSummary(cron) });
  }, [host, timeline, cron]);
  const onAction = useCallback((id: string) => host.post({ type: 'action', id }), [host]);
  const object = request?.object;
  const zone = useMemo(() => parseScenario(request?.scenario).scenario.controllerTimeZone, [request]);
  const onExport = useCallback(
    (format: ExportFormat) => {
      const send = (name: string, text: string): void => host.post({ type: 'export', format, name, text });
      if (timeline !== null) send(timeline.name, EXPORTS[format].text(timeline));
      else if (cron !== null && object !== undefined && isCronJob(object))
        send(cron.name, CRON_EXPORTS[format](cron, object, zone));
    },
    [host, timeline, cron, object, zone],
  );
  // The palette asks through the host.
  useEffect(
    () =>
      host.listen((message) => {
        if (message.type === 'export') onExport(message.format);
      }),
    [host, onExport],
  );
  const prefix =
    model.request !== null && timeline !== null && isCronJob(model.request.object) ? 'spec.jobTemplate.' : '';
  const onLogs = useMemo(
    () => (model.logs ? (pod: string, previous: boolean) => host.post({ type: 'logs', pod, previous }) : null),
    [host, model.logs],
  );
  const onReveal = useMemo(
    () =>
      model.source?.kind === 'simulation' || model.source?.kind === 'live'
        ? (field: string) => host.post({ type: 'reveal', field: `${prefix}${field}` })
        : null,
    [host, model.source, prefix],
  );

  const onPin = useCallback(
    (pinned: PinnedRun | null) => {
      dispatch({ type: 'pinned', pinned });
      host.post({ type: 'pin', pinned });
    },
    [host],
  );

  const onSave = useCallback(() => {
    if (request !== null) host.post({ type: 'saveScenario', scenario: savedScenario(request.scenario, edits) });
  }, [host, request, edits]);
  const scenario = {
    onSave,
    onUndo: () => turn('undo'),
    onRedo: () => turn('redo'),
    onChoose: (name: string | null) => host.post({ type: 'chooseScenario', name }),
  };

  if (timeline === null && cron !== null && model.request !== null && isCronJob(model.request.object)) {
    return (
      <CronPage
        model={model}
        cron={cron}
        cronJob={model.request.object}
        dispatch={dispatch}
        onDrawn={onDrawn}
        onAction={onAction}
        onReveal={onReveal}
        onExport={onExport}
        controllerZone={zone}
        {...scenario}
      />
    );
  }
  if (timeline === null) {
    const notice = model.notice ?? {
      tone: 'loading' as const,
      title: model.busy ? l10n.t('Simulating …') : l10n.t('Opening …'),
      text: model.busy
        ? l10n.t('The picture appears in a moment; thousands of pods take a few seconds.')
        : l10n.t('Waiting for the Job. Should nothing come, the output says why.'),
      actions: model.busy ? [] : [{ id: 'output', label: l10n.t('Show Output') }],
    };
    return (
      <main class="picture">
        <Notice notice={notice} alone onAction={onAction} />
      </main>
    );
  }
  return (
    <Picture
      model={model}
      timeline={timeline}
      dispatch={dispatch}
      onDrawn={onDrawn}
      onAction={onAction}
      onReveal={onReveal}
      onLogs={onLogs}
      {...scenario}
      onExport={onExport}
      onPin={onPin}
    />
  );
}

/** Has the plan simulated, in a worker that is let go of once it has answered. */
function usePlan({ plan, seed }: PanelModel, receive: (planned: Timeline | null) => void): void {
  const latest = useRef(receive);
  latest.current = receive;
  useEffect(() => {
    if (plan === null) return undefined;
    const simulation = startSimulation(
      (answer) => latest.current('timeline' in answer ? answer.timeline : null),
      () => latest.current(null),
    );
    simulation.run({ object: plan.object, scenario: plan.scenario, seed, kubernetesMinor: NEWEST_MINOR });
    return () => simulation.dispose();
  }, [plan, seed]);
}

/** Asks for a new simulation whenever what it depends on has changed. */
function useSimulation(
  { request, seed, edits }: PanelModel,
  run: (request: Parameters<Simulation['run']>[0]) => void,
): void {
  const latest = useRef(run);
  latest.current = run;
  // At once, not after the next frame: the picture follows each edit.
  useLayoutEffect(() => {
    // A scenario file that cannot be read stands in the way, and says so.
    if (request === null || (request.scenarioFile?.problem ?? null) !== null) return;
    const { object, kubernetesMinor, scenario } = request;
    latest.current({ object, scenario: layScenario(scenario, edits), seed, kubernetesMinor });
  }, [request, seed, edits]);
}
