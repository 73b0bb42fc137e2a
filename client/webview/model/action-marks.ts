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
  suspend: (on) => (on ? 'suspend' : 'resume'),
  parallelism: (count) => `scale to ${count}`,
  completions: (count) => `completions ${count}`,
  patch: () => 'patch the object',
  deletePod: () => 'delete pods',
  drain: (node) => (node === true ? 'drain all nodes' : `drain ${node}`),
  capacity: (room) => (typeof room === 'number' ? l10n.t('room for {0} pods', room) : `${room.nodes.length} nodes`),
  delete: () => 'delete the object',
  controllerRestart: () => 'restart the controller',
  controllerOutage: (seconds) => `controller away for ${formatDuration(seconds)}`,
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
      ...(suspend === before.suspend ? [] : [suspend ? 'suspended' : 'resumed']),
      ...(parallelism === before.parallelism ? [] : [`scaled to ${parallelism}`]),
      ...(completions === before.completions ? [] : [`completions ${completions ?? 'any'}`]),
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
