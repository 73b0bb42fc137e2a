import { readFileSync } from 'node:fs';
import { NEWEST_MINOR, OLDEST_MINOR } from '../../server/core/simulation/controller-behaviour.ts';
import { PRICED, type ResourcePrices } from '../../server/core/kubernetes/resource-prices.ts';
import { readDuration } from '../../server/core/scenario/duration.ts';
import { parseScenario, type Scenario } from '../../server/core/simulation/scenario.ts';
import { analyse, fieldNamed, type AnalysedObject } from '../../server/src/features/analysis.ts';
import { readRecording } from '../../server/core/timeline/recording.ts';
import { scenarioOf } from '../../server/core/timeline/scenario-of.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import { dataOf } from '../../server/core/manifest/data.ts';
import { decodeText } from './decode-text.ts';
import { CommandError, type Io } from './io.ts';

/** Reads a file, or standard input for `-`. */
export async function readText(path: string, io: Io): Promise<string> {
  try {
    return decodeText(path === '-' ? await io.read() : readFileSync(path));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new CommandError(
      `cannot read ${path}: ${missing ? 'no such file' : error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/**
 * The Jobs and CronJobs of a text that are to be simulated: all, or those of a name. None, and one that the API server
 * would refuse (unless forced), end the command.
 */
export function objectsToSimulate(
  path: string,
  text: string,
  wanted: { readonly name: string | undefined; readonly scenario: Scenario; readonly force: boolean },
): readonly AnalysedObject[] {
  const { documents } = analyse(text, 0);
  const unreadable = documents.flatMap(({ document }) => document.problems)[0];
  const objects = documents.flatMap(({ document }) => document.objects);
  if (unreadable !== undefined && (objects.length === 0 || !wanted.force))
    throw new CommandError(`${path} cannot be read: ${unreadable.message}`);
  if (objects.length === 0) throw new CommandError(`${path} holds no Job and no CronJob`);
  const chosen = chooseObjects(objects, wanted.name, wanted.scenario);
  if (chosen.length === 0) {
    const names = objects.map(({ name }) => name).join(', ');
    const { kind = 'Job', name } = wanted.scenario.for ?? {};
    const meant = name === undefined ? `a ${kind}` : `${kind} ${name}`;
    throw new CommandError(
      wanted.name === undefined
        ? `the scenario is for ${meant}, and ${path} holds ${names} (--job NAME plays it all the same)`
        : `${path} holds no Job named ${wanted.name}; it holds ${names}`,
    );
  }
  if (!wanted.force) for (const object of chosen) refuseRefused(object);
  return chosen;
}

function chooseObjects(
  objects: readonly AnalysedObject[],
  name: string | undefined,
  scenario: Scenario,
): AnalysedObject[] {
  if (name !== undefined) return objects.filter((object) => object.name === name);
  const { kind, name: meant } = scenario.for ?? {};
  return objects.filter((object) => (kind ?? object.kind) === object.kind && (meant ?? object.name) === object.name);
}

/** The first thing for which the API server would refuse an object, or null. */
export function refusalOf(object: AnalysedObject): string | null {
  if (object.accepted) return null;
  const first = object.findings.find(({ severity, unreached }) => severity === 'error' && unreached !== true);
  return first === undefined ? 'it is not valid' : `${fieldNamed(object, first.path)}: ${first.message}`;
}

function refuseRefused(object: AnalysedObject): void {
  const refusal = refusalOf(object);
  if (refusal === null) return;
  throw new CommandError(
    `the API server would refuse ${object.kind} ${object.name === '' ? 'without a name' : object.name}: ${refusal} (--force simulates it all the same)`,
  );
}

/** Reads a scenario; a scenario with problems ends the command. */
export async function scenarioFrom(path: string | undefined, io: Io): Promise<Scenario> {
  if (path === undefined) return parseScenario(null).scenario;
  const documents = readDocuments(await readText(path, io));
  const broken = documents.flatMap(({ problems }) => problems)[0];
  if (broken !== undefined) throw new CommandError(`the scenario ${path} cannot be read: ${broken.message}`);
  const data = dataOf(documents[0]?.root ?? null);
  // A recorded run: simulate what happened.
  const recording = readRecording(data);
  const { scenario, problems } = parseScenario(recording === null ? data : scenarioOf(recording.timeline));
  if (problems.length === 0) return scenario;
  const more = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  throw new CommandError(`the scenario ${path} is wrong: ${problems[0]!.message}${more}`);
}

/** A whole number of an option. */
export function wholeOption(name: string, text: string, least: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(number) || number < least)
    throw new CommandError(`--${name} ${text}: it must be a whole number of ${least} or more`);
  return number;
}

/** The minor version of `--kubernetes-version 1.30`; the newest known one where none is given. */
export function minorOption(version: string | undefined): number {
  if (version === undefined) return NEWEST_MINOR;
  const match = /^v?1\.(\d+)(?:\.\d+)?$/.exec(version);
  const minor = match === null ? NaN : Number(match[1]);
  if (minor >= OLDEST_MINOR && minor <= NEWEST_MINOR) return minor;
  throw new CommandError(`unknown Kubernetes version ${version}: 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR} are known`);
}

/** A length of time of an option, in seconds. */
export function secondsOption(name: string, text: string): number {
  const seconds = readDuration(text);
  if (seconds === null || seconds < 0)
    throw new CommandError(`--${name} ${text}: it must be a number of seconds, or a duration such as 90s or 2h`);
  return seconds;
}

/** The prices of `--prices cpu=0.03,memory=0.004,gpu=2.5`: of a CPU-hour, a GiB-hour and a GPU-hour. */
export function pricesOption(text: string | undefined): ResourcePrices {
  const prices = (text ?? '').split(',').filter((part) => part !== '');
  return Object.fromEntries(
    prices.map((part) => {
      const [, name = '', amount = ''] = /^\s*([a-z]+)=([0-9]+(?:\.[0-9]+)?)\s*$/.exec(part) ?? [];
      const field = Object.hasOwn(PRICED, name) ? PRICED[name] : undefined;
      if (field === undefined)
        throw new CommandError(`--prices ${part}: it must be like cpu=0.03,memory=0.004,gpu=2.5 (each for an hour)`);
      return [field, Number(amount)];
    }),
  );
}
