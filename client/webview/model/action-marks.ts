import * as l10n from '@vscode/l10n';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import type { ActionScript } from '../../../server/core/scenario/scenario-model.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatDuration } from './duration.ts';

/** Something that a person did, or does in the scenario, to the Job or its cluster. */
export interface ActionMark {
  /** Seconds. */
  readonly t: number;
  /** `suspend`, `scale to 5`, `delete pods`. */
  readonly text: string;
}

/** What an action does, by its fields; those not named here say nothing to a reader. */
const DEEDS: { readonly [Field in keyof ActionScript]?: (value: NonNullable<ActionScript[Field]>) => string } = {
  suspend: (on) => (on ? l10n.t('suspend') : l10n.t('resume')),
  parallelism: (count) => l10n.t('scale to {0}', count),
  completions: (count) => l10n.t('completions {0}', count),
  patch: () => l10n.t('patch the object'),
  deletePod: () => l10n.t('delete pods'),
  drain: (node) => (node === true ? l10n.t('drain all nodes') : l10n.t('drain {0}', node)),
  capacity: (room) =>
    typeof room === 'number' ? l10n.t('room for {0} pods', room) : l10n.t('{0} nodes', room.nodes.length),
  delete: () => l10n.t('delete the object'),
  controllerRestart: () => l10n.t('restart the controller'),
  controllerOutage: (seconds) => l10n.t('controller away for {0}', formatDuration(seconds)),
};

/**
 * The deeds that a run was given by its scenario; of a run that really happened (scenario null), the changes of its
 * targets that were seen.
 */
export function actionMarks(timeline: Timeline, scenario: unknown): readonly ActionMark[] {
  if (scenario !== null) {
    return parseScenario(scenario).scenario.actions.map((action) => ({ t: action.at, text: deedsInWords(action) }));
  }
  return timeline.targets.slice(1).flatMap(({ t, parallelism, completions, suspend }, position) => {
    const before = timeline.targets[position]!;
    const text = [
      ...(suspend === before.suspend ? [] : [suspend ? l10n.t('suspended') : l10n.t('resumed')]),
      ...(parallelism === before.parallelism ? [] : [l10n.t('scaled to {0}', parallelism)]),
      ...(completions === before.completions ? [] : [l10n.t('completions {0}', completions ?? l10n.t('any'))]),
    ].join(', ');
    return text === '' ? [] : [{ t, text }];
  });
}

/** What an action of a scenario does: `suspend, scale to 5`. */
export function deedsInWords(action: Partial<ActionScript>): string {
  const words: Readonly<Record<string, ((value: unknown) => string) | undefined>> = { ...DEEDS } as never;
  const deeds = Object.entries(action).flatMap(([field, value]: [string, unknown]) => {
    const say = words[field];
    return say === undefined || value === undefined ? [] : [say(value)];
  });
  return deeds.join(', ');
}
