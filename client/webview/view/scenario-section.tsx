import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { isCronJob } from '../job-of.ts';
import type { PanelAction, PanelModel } from '../model/panel-model.ts';
import { layScenario } from '../model/scenario-edits.ts';
import { Cost } from './cost.tsx';
import { Odds } from './odds.tsx';
import { ScenarioStrip } from './scenario-strip.tsx';

/** The scenario's strip, and the odds below it when they are asked for; nothing for a run that really happened. */
export function ScenarioSection(props: {
  readonly model: PanelModel;
  readonly dispatch: (action: PanelAction) => void;
  readonly onAction: (id: string) => void;
  readonly onReveal: ((field: string) => void) | null;
  readonly onSave: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onChoose: (name: string | null) => void;
}): JSX.Element | null {
  const { model, dispatch, onReveal } = props;
  const { request, edits, seed, history, written } = model;
  const [open, setOpen] = useState(false);
  const simulated = useMemo(() => {
    if (request === null) return null;
    const { object, kubernetesMinor, scenario } = request;
    return { object, scenario: layScenario(scenario, edits), seed, kubernetesMinor };
  }, [request, edits, seed]);
  if (request === null || simulated === null) return null;
  const oneJob = isCronJob(request.object);
  // The runs are those of a Job; the page of all runs links to fields of the CronJob.
  const within = oneJob && model.timeline === null ? 'spec.jobTemplate.' : '';
  return (
    <>
      <Cost model={model} />
      <ScenarioStrip
        edits={edits}
        seed={seed}
        base={request.scenario}
        busy={model.busy}
        file={request.scenarioFile}
        hint={within === '' ? l10n.t('Choose a pod to change its fate.') : l10n.t('Choose a run to see its pods.')}
        oddsOpen={open}
        onOdds={() => setOpen(!open)}
        onSave={props.onSave}
        onChoose={props.onChoose}
        canUndo={written.undo > 0 || history.past.length > 0}
        canRedo={written.redo > 0 || history.future.length > 0}
        onUndo={props.onUndo}
        onRedo={props.onRedo}
        onShowFile={() => props.onAction('scenario')}
        onEdits={(changed) => dispatch({ type: 'edits', edits: changed })}
        onSeed={(other) => dispatch({ type: 'seed', seed: other })}
      />
      {open ? (
        <Odds
          simulated={simulated}
          oneJob={oneJob}
          onReveal={onReveal === null ? null : (field) => onReveal(`${within}${field}`)}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
