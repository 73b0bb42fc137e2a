import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { formatDuration } from './duration.ts';

/** Seconds, or in words what is drawn by chance. */
export type Assumed = number | string;

/** What a scenario (data, or null) says of every pod without a rule of its own. */
export function assumedOf(scenario: unknown): { readonly startup: Assumed; readonly run: Assumed } {
  const parsed = parseScenario(scenario).scenario.default;
  return { startup: inWords(parsed.startup ?? 0.5), run: inWords(parsed.run ?? 4) };
}

function inWords(seconds: NonNullable<ReturnType<typeof parseScenario>['scenario']['default']['run']>): Assumed {
  if (typeof seconds === 'number') return seconds < 0 ? 'never ends' : seconds;
  if ('min' in seconds) return `${formatDuration(seconds.min)} – ${formatDuration(seconds.max)}`;
  return `about ${formatDuration(seconds.p50)}`;
}
