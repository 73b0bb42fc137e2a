import process from 'node:process';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { outcomeOfCronTimeline } from '../../server/core/simulation/cron-outcomes.ts';
import { outcomeOfTimeline } from '../../server/core/simulation/monte-carlo.ts';
import type { Scenario } from '../../server/core/simulation/scenario.ts';
import { simulateCronJob } from '../../server/core/simulation/simulate-cronjob.ts';
import { DEFAULT_UNTIL, simulateJob, type SimulateOptions } from '../../server/core/simulation/simulate.ts';
import type { AnalysedObject } from '../../server/src/features/analysis.ts';
import { readArguments } from './arguments.ts';
import { SIMULATE_OPTIONS } from './command-table.ts';
import { missedExpectation, readExpectation } from './expectations.ts';
import { CommandError, DONE, FOUND, type Command, type Io } from './io.ts';
import {
  minorOption,
  objectsToSimulate,
  pricesOption,
  readText,
  refusalOf,
  scenarioFrom,
  secondsOption,
  wholeOption,
} from './simulate-input.ts';
import { runMany, withJudge, type ManyRuns } from './simulate-many.ts';
import {
  simulatedAsJson,
  simulatedAsSvg,
  simulatedAsText,
  type OutputOptions,
  type Simulated,
} from './simulate-output.ts';
import { interruption, progressOn } from './simulate-progress.ts';

export { answerShare } from './simulate-many.ts';

const FORMATS: Readonly<
  Record<
    (typeof SIMULATE_OPTIONS.format.choices)[number],
    (simulated: readonly Simulated[], options: OutputOptions) => Iterable<string>
  >
> = {
  text: simulatedAsText,
  json: simulatedAsJson,
  svg: simulatedAsSvg,
};
const PIPE_WIDTH = 100;
/** Exit status of a command that a person stopped with Ctrl-C. */
const INTERRUPTED = 130;

/**
 * Plays Jobs and CronJobs on a virtual clock. Exit status 0 simulated (whatever the end), 1 an expectation missed, 130
 * stopped by Ctrl-C: what was computed until then is written.
 */
export const runSimulate: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, SIMULATE_OPTIONS);
  const format = FORMATS[values.format];
  const [path, ...others] = positionals;
  if (path === undefined) throw new CommandError('simulate needs a file, or - for standard input');
  if (others.length > 0) throw new CommandError(`simulate takes one file, not also ${others.join(' ')}`);
  const seed = wholeOption('seed', values.seed, 0);
  const runs = wholeOption('runs', values.runs, 1);
  const until = values.until === undefined ? DEFAULT_UNTIL : secondsOption('until', values.until);
  const kubernetesMinor = minorOption(values['kubernetes-version']);
  const prices = pricesOption(values.prices);
  const expectations = values.expect.map(readExpectation);
  const scenario = await scenarioFrom(values.scenario, io);
  const objects = objectsToSimulate(path, await readText(path, io), {
    name: values.job,
    scenario,
    force: values.force,
  });
  if (values.format === 'svg' && objects.length > 1)
    throw new CommandError(`svg draws one Job; choose with --job among ${objects.map(({ name }) => name).join(', ')}`);

  const simulated: Simulated[] = [];
  const { signal, listen, done } = interruption();
  try {
    for (const object of objects) {
      if (signal.aborted) break;
      await warnOfRefusal(object, io);
      const progress = progressOn(process.stderr, runs, object.name);
      const many = { runs, progress: progress.tell, signal };
      const options = { seed, until, kubernetesMinor };
      simulated.push(await simulate(object, scenario, options, many, listen));
      progress.clear();
    }
  } finally {
    done();
  }
  const width = io.terminal ? process.stdout.columns || PIPE_WIDTH : PIPE_WIDTH;
  const colour = io.terminal && process.env['NO_COLOR'] === undefined;
  for (const piece of format(simulated, { seed, jobs: values.jobs, prices, width, colour, terminal: io.terminal }))
    await io.write(piece);
  if (signal.aborted) {
    const counts = simulated.map(({ runs: { length } }) => length).join(' and ');
    await io.complain(`jobwright: stopped after ${counts} of ${runs} runs; expectations were not judged\n`);
    return INTERRUPTED;
  }
  const missed = simulated.flatMap(({ runs: outcomes }) =>
    expectations.flatMap((expectation) => missedExpectation(expectation, outcomes) ?? []),
  );
  if (missed.length > 0) await io.complain(missed.map((each) => `jobwright: ${each}\n`).join(''));
  return missed.length > 0 ? FOUND : DONE;
};

export const run = runSimulate;

async function warnOfRefusal(object: AnalysedObject, io: Io): Promise<void> {
  const refusal = refusalOf(object);
  if (refusal === null) return;
  await io.complain(
    `jobwright: the API server would refuse ${object.kind} ${object.name}: ${refusal}; simulated all the same\n`,
  );
}

async function simulate(
  object: AnalysedObject,
  scenario: Scenario,
  options: SimulateOptions,
  many: ManyRuns,
  listen: () => void,
): Promise<Simulated> {
  if (object.kind === 'CronJob') {
    const cronJob = object.object as CronJob;
    const timeline = simulateCronJob(cronJob, scenario, withJudge(options));
    // One run is not interrupted, so that Ctrl-C ends the process at once.
    if (many.runs > 1) listen();
    const runs =
      many.runs === 1
        ? [outcomeOfCronTimeline(timeline, options.seed)]
        : await runMany({ cronJob }, scenario, options, many, import.meta.url);
    return { kind: 'CronJob', cronJob, timeline, runs };
  }
  const job = object.object as Job;
  const timeline = simulateJob(job, scenario, withJudge(options));
  if (many.runs > 1) listen();
  const outcomes =
    many.runs === 1
      ? [outcomeOfTimeline(timeline, options)]
      : await runMany({ job }, scenario, options, many, import.meta.url);
  return { kind: 'Job', job, timeline, runs: outcomes };
}
