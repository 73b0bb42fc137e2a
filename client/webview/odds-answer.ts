import * as l10n from '@vscode/l10n';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import {
  type MonteCarlo,
  type RunOutcome,
  simulateMany,
  summarizeRuns,
} from '../../server/core/simulation/monte-carlo.ts';
import { refusalOfUpdate } from '../../server/core/validation/refused-update.ts';
import { jobOf } from './job-of.ts';
import { horizonOf, problemText } from './simulate-answer.ts';
import type { Histogram, OddsAnswer, OddsRequest } from './simulation-messages.ts';

/** How long runs are made between two words about progress, in milliseconds. */
const BREATH = 100;
const BARS = 24;

/** Makes all runs and tells how far it is; whatever goes wrong becomes one sentence. */
export function answerOdds(
  { object, scenario: written, seed, kubernetesMinor, runs }: OddsRequest,
  tell: (answer: OddsAnswer) => void,
): void {
  try {
    const job = jobOf(object);
    const { scenario, problems } = parseScenario(written);
    if (problems[0] !== undefined) {
      tell({ type: 'oddsProblem', problem: l10n.t('The scenario cannot be used: {0}', problemText(problems[0])) });
      return;
    }
    const options = { seed, kubernetesMinor, until: horizonOf(job), judge: refusalOfUpdate };
    const outcomes: RunOutcome[] = [];
    let told = performance.now();
    while (outcomes.length < runs) {
      outcomes.push(...simulateMany(job, scenario, options, outcomes.length, 1));
      if (performance.now() - told < BREATH) continue;
      told = performance.now();
      tell({ type: 'oddsProgress', done: outcomes.length });
    }
    tell({
      type: 'odds',
      odds: summarizeRuns(seed, outcomes),
      histogram: histogramOf(outcomes.map(({ seconds }) => seconds)),
    });
  } catch (problem) {
    tell({ type: 'oddsProblem', problem: problem instanceof Error ? problem.message : String(problem) });
  }
}

/** Values counted in bars of equal width; a single bar where all are the same. */
export function histogramOf(values: readonly number[]): Histogram {
  const from = values.reduce((least, value) => Math.min(least, value), Infinity);
  const until = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (values.length === 0) return { from: 0, until: 0, counts: [] };
  if (!(until > from)) return { from, until, counts: [values.length] };
  const counts = Array.from({ length: BARS }, () => 0);
  for (const value of values) {
    const bar = Math.min(BARS - 1, Math.floor(((value - from) / (until - from)) * BARS));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return { from, until, counts };
}

/** The share of runs as people say it: `97 %`, `0.5 %`, never `100 %` or `0 %` where that is not so. */
export function shareOf(count: number, { runs }: Pick<MonteCarlo, 'runs'>): string {
  const percent = runs === 0 ? 0 : (count / runs) * 100;
  if (count === runs || count === 0 || (percent >= 10 && percent <= 99)) return `${Math.round(percent)} %`;
  return `${percent.toFixed(1)} %`;
}
