import * as l10n from '@vscode/l10n';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { parseScenario, type Scenario } from '../../server/core/simulation/scenario.ts';
import { DEFAULT_START, simulateCronJob } from '../../server/core/simulation/simulate-cronjob.ts';
import { simulateJob, type SimulateOptions } from '../../server/core/simulation/simulate.ts';
import { refusalOfUpdate } from '../../server/core/validation/refused-update.ts';
import type { CronTimeline } from '../../server/core/timeline/cron-timeline.ts';
import { isCronJob } from './job-of.ts';
import { cronHorizon } from './model/cron-horizon.ts';
import type { SimulationAnswer, SimulationRequest } from './simulation-messages.ts';

/** How far ahead is simulated when nothing ends the Job earlier, in seconds: a day, and past its own deadline. */
export function horizonOf(job: Job): number {
  return Math.max(86_400, (job.spec?.activeDeadlineSeconds ?? 0) + 3_600);
}

/** Simulates one request; whatever goes wrong becomes one sentence. */
export function simulateAnswer(request: SimulationRequest): SimulationAnswer {
  const { id, object, seed, kubernetesMinor } = request;
  try {
    const { scenario, problems } = parseScenario(request.scenario);
    const first = problems[0];
    if (first !== undefined) return { id, problem: l10n.t('The scenario cannot be used: {0}', problemText(first)) };
    const options = { seed, kubernetesMinor, judge: refusalOfUpdate };
    if (isCronJob(object)) return { id, cron: cronRuns(object, scenario, options) };
    return { id, timeline: simulateJob(object, scenario, { ...options, until: horizonOf(object) }) };
  } catch (problem) {
    return { id, problem: problem instanceof Error ? problem.message : String(problem) };
  }
}

function cronRuns(cronJob: CronJob, scenario: Scenario, options: Omit<SimulateOptions, 'until'>): CronTimeline {
  const start = Date.parse(scenario.start ?? DEFAULT_START) / 1000;
  const until = cronHorizon(cronJob, scenario.controllerTimeZone, start);
  return simulateCronJob(cronJob, scenario, { ...options, until });
}

/** A scenario's problem as one sentence. */
export function problemText(problem: unknown): string {
  if (typeof problem === 'string') return problem;
  if (typeof problem === 'object' && problem !== null && 'message' in problem) return String(problem.message);
  return JSON.stringify(problem);
}
