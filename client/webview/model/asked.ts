import * as l10n from '@vscode/l10n';
import type { PanelNotice } from '../../../server/src/protocol/panel.ts';
import { beginHistory } from './edit-history.ts';
import type { PanelModel, SimulateMessage } from './panel-model.ts';
import { hasEdits, noEdits, savedScenario } from './scenario-edits.ts';

/** An open scenario file that the panel has not edited. */
export const nothingWritten: PanelModel['written'] = { undo: 0, redo: 0 };

/** A Job to simulate. One whose scenario file cannot be read is not simulated: the picture that there is stays. */
export function asked(model: PanelModel, request: SimulateMessage): PanelModel {
  const file = request.scenarioFile;
  const problem = file?.problem ?? null;
  const notice: PanelNotice | null =
    file === undefined || problem === null
      ? null
      : {
          tone: 'error',
          title: l10n.t('{0} cannot be used.', file.name),
          text: problem,
          actions: [{ id: 'scenario', label: l10n.t('Show the Scenario') }],
        };
  const written = isWritten(model, request) ? { edits: noEdits, history: beginHistory } : {};
  const next = { ...model, ...written, request, title: request.title, notice, busy: notice === null };
  const open = file?.open === true ? {} : { written: nothingWritten };
  return { ...next, ...open, chosen: file?.chosen, why: [], actions: [], logs: false };
}

/** True where changes of the scenario are edits of a text that is open in an editor. */
export function writesAtOnce({ request }: Pick<PanelModel, 'request'>): boolean {
  const file = request?.scenarioFile;
  return file?.used === true && file.open && file.problem === null;
}

/** True where the file says by now what the person changed: laid over it, it would count twice. */
function isWritten({ request: before, edits }: PanelModel, { scenario }: SimulateMessage): boolean {
  if (before === null || !hasEdits(edits)) return false;
  return JSON.stringify(scenario) === JSON.stringify(savedScenario(before.scenario, edits));
}

/** Why there is no new picture, with the way to the scenario file where that is to blame. */
export function failure({ request }: PanelModel, text: string): PanelNotice {
  const file = request?.scenarioFile;
  return {
    tone: 'error',
    title: l10n.t('This Job could not be simulated.'),
    text,
    ...(file?.used === true && text.startsWith('The scenario')
      ? { actions: [{ id: 'scenario', label: l10n.t('Show {0}', file.name) }] }
      : { actions: [{ id: 'refresh', label: l10n.t('Try Again') }] }),
  };
}
