import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import { jobOf } from './job-of.ts';
import type { SimulationAnswer, SimulationRequest } from './simulation-messages.ts';

/** How far ahead is simulated when nothing ends the Job earlier, in seconds: a day, and past its own deadline. */
export function horizonOf(job: Job): number {
  return Math.max(86_400, (job.spec?.activeDeadlineSeconds ?? 0) + 3_600);
}

/** Simulates one request; whatever goes wrong becomes one sentence. */
export function simulateAnswer(request: SimulationRequest): SimulationAnswer {
  const { id, object, seed } = request;
  try {
    const job = jobOf(object);
    const { scenario, problems } = parseScenario(request.scenario);
    const first = problems[0];
    if (first !== undefined) return { id, problem: `The scenario cannot be used: ${problemText(first)}` };
    return { id, timeline: simulateJob(job, scenario, { seed, until: horizonOf(job) }) };
  } catch (problem) {
    return { id, problem: problem instanceof Error ? problem.message : String(problem) };
  }
}

function problemText(problem: unknown): string {
  if (typeof problem === 'string') return problem;
  if (typeof problem === 'object' && problem !== null && 'message' in problem) return String(problem.message);
  return JSON.stringify(problem);
}
