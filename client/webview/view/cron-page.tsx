import type { JSX } from 'preact';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import type { PanelAction, PanelModel } from '../model/panel-model.ts';
import { CronPicture } from './cron-picture.tsx';
import { Notices } from './notices.tsx';
import { ScenarioSection } from './scenario-section.tsx';

/** A CronJob: its runs, with the scenario that they are made with. */
export function CronPage(props: {
  readonly model: PanelModel;
  readonly cron: CronTimeline;
  readonly cronJob: CronJob;
  readonly dispatch: (action: PanelAction) => void;
  readonly onDrawn: () => void;
  readonly onAction: (id: string) => void;
  readonly onReveal: ((field: string) => void) | null;
  readonly onSave: () => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onChoose: (name: string | null) => void;
}): JSX.Element {
  const { model, dispatch } = props;
  return (
    <main class="picture stacked">
      <Notices model={model} staleSince={undefined} onAction={props.onAction} />
      <CronPicture
        cronJob={props.cronJob}
        cron={props.cron}
        title={model.title || props.cron.name}
        controllerZone={parseScenario(model.request?.scenario).scenario.controllerTimeZone}
        onRun={(run) => dispatch({ type: 'openRun', run })}
        onDrawn={props.onDrawn}
        onReveal={props.onReveal}
      >
        <ScenarioSection {...props} />
      </CronPicture>
    </main>
  );
}
