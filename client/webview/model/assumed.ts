import * as l10n from '@vscode/l10n';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { formatDuration } from './duration.ts';

/** Seconds, or in words what is drawn by chance. */
export type Assumed = number | string;

export interface Assumptions {
  readonly startup: Assumed;
  readonly run: Assumed;
  /** How many of a hundred pods fail although nothing else makes them. */
  readonly failurePercent: Assumed;
  /** How many pods the cluster runs at once. */
  readonly capacity: Assumed;
}

/** What a scenario (data, or null) says of every pod without a rule of its own, and of the cluster. */
export function assumedOf(scenario: unknown): Assumptions {
  const { default: pod, capacity } = parseScenario(scenario).scenario;
  return {
    startup: inWords(pod.startup ?? 0.5),
    run: inWords(pod.run ?? 4),
    failurePercent: (pod.failureProbability ?? 0) * 100,
    capacity: capacity === null ? 'all' : typeof capacity === 'number' ? capacity : `${capacity.nodes.length} nodes`,
  };
}

function inWords(seconds: NonNullable<ReturnType<typeof parseScenario>['scenario']['default']['run']>): Assumed {
  if (typeof seconds === 'number') return seconds < 0 ? 'never ends' : seconds;
  if ('min' in seconds) return `${formatDuration(seconds.min)} – ${formatDuration(seconds.max)}`;
  return l10n.t('about {0}', formatDuration(seconds.p50));
}
