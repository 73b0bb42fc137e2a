import type { JSX } from 'preact';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import type { PanelAction, PanelModel } from '../model/panel-model.ts';
import type { ExportFormat, RunsView } from '../../../server/src/protocol/panel.ts';
import { CronPicture } from './cron-picture.tsx';
import { ExportActions } from './export-actions.tsx';
import { Notices } from './notices.tsx';
import { ScenarioSection } from './scenario-section.tsx';

const newRuns: RunsView = { as: 'calendar', at: null, zoom: 1 };

/** A CronJob: its runs, with the scenario that they are made with. */
export function CronPage(props: {
  readonly model: PanelModel;
  readonly cron: CronTimeline;
  readonly cronJob: CronJob;
  readonly dispatch: (action: PanelAction) => void;
  readonly onDrawn: () => void;
  readonly onAction: (id: string) => void;
  readonly onReveal: ((field: string) => void) | null;
  readonly onExport: (format: ExportFormat) => void;
  /** Zone of the controller, where the CronJob names none. */
  readonly controllerZone: string;
  readonly onSave: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onChoose: (name: string | null) => void;
}): JSX.Element {
  const { model, dispatch } = props;
  const view = model.view.runs ?? newRuns;
  const look = (change: Partial<PanelModel['view']>): void => dispatch({ type: 'view', change });
  return (
    <main class="picture stacked">
      <Notices model={model} staleSince={undefined} onAction={props.onAction} />
      <CronPicture
        cronJob={props.cronJob}
        cron={props.cron}
        title={model.title || props.cron.name}
        controllerZone={props.controllerZone}
        view={view}
        onView={(change) => look({ runs: { ...view, ...change } })}
        window={model.view.window}
        onWindow={(window) => look({ window })}
        onUndo={props.onUndo}
        onRedo={props.onRedo}
        onRun={(run) => dispatch({ type: 'openRun', run })}
        onDrawn={props.onDrawn}
        onReveal={props.onReveal}
      >
        <ScenarioSection {...props} />
      </CronPicture>
      <ExportActions onExport={props.onExport} />
    </main>
  );
}
