/** What the recorders of Jobs and of CronJobs share: arguments, made scenarios, and what is done with recordings. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { filesOf } from './record-files.ts';
import { runProgram } from './program.ts';
import { stopsControllers, type RecordedScenario, type ScenarioFile } from './trace-scenario.ts';

/** Records each scenario `times` times; `done` gets a scenario's traces as soon as they are complete. */
export type RecordAll<S, T> = (
  scenarios: readonly S[],
  times: number,
  together: number,
  done: (scenario: S, traces: readonly T[]) => Promise<void>,
  log: (line: string) => void,
) => Promise<void>;

export interface Recorder<S, T> {
  readonly usage: string;
  /** Options that make so many scenarios from the seed, and how. */
  readonly makers: Readonly<Record<string, (seed: number) => ScenarioFile>>;
  /** Takes the content of a scenario file; throws an Error that names the file and what is wrong. */
  readonly read: (content: ScenarioFile, file: string) => S;
  readonly record: RecordAll<S, T>;
  /** In what two recordings differ beyond the noise of time. */
  readonly disagreements: (a: T, b: T) => readonly string[];
  /** Seconds for which the recorder of a trace did not get to run; where not given, nobody looked. */
  readonly stalled?: (trace: T) => number;
  /** The text of a recording. */
  readonly write: (trace: T) => string;
}

/** Runs a recorder as a program with these arguments. @returns its exit status */
export async function recordCommand<S extends RecordedScenario, T>(
  { usage, makers, read, record, disagreements, stalled = () => 0, write }: Recorder<S, T>,
  args: readonly string[],
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      compare: { type: 'string' },
      times: { type: 'string', default: '2' },
      together: { type: 'string', default: '24' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
      ...Object.fromEntries(Object.keys(makers).map((name) => [name, { type: 'string' as const, default: '0' }])),
    },
  });
  const numbers: Readonly<Record<string, string | boolean | undefined>> = values;
  const made = Object.entries(makers).flatMap(([name, make]) =>
    Array.from({ length: Number(numbers[name]) }, (_, at) => make(Number(values.seed) * 1000 + at)),
  );
  if (values.help || positionals.length + made.length === 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const files = await filesOf(positionals, /\.ya?ml$/);
  const scenarios: S[] = [];
  for (const file of files) scenarios.push(read(parse(await readFile(file, 'utf8')) as ScenarioFile, file));
  for (const content of made) scenarios.push(read(content, content.name));
  const { out, compare } = values;
  if (out !== undefined) {
    await mkdir(out, { recursive: true });
    for (const content of made) await writeFile(join(out, `${content.name}.yaml`), stringify(content));
  }

  let differing = 0;
  const differ = (name: string, what: string, found: readonly string[]): void => {
    if (found.length === 0) return;
    differing += 1;
    console.log([`${name}: ${what}`, ...found].join('\n  '));
  };
  const done = async ({ name }: S, [first, ...others]: readonly T[]): Promise<void> => {
    if (!first) return;
    const between = others.flatMap((other) => disagreements(first, other));
    const still = Math.max(stalled(first), ...others.map(stalled));
    const excuse = still > 0.5 ? ` (the machine stood still for ${still.toFixed(1)} s meanwhile)` : '';
    differ(name, `recordings differ from each other${excuse}`, between);
    if (compare !== undefined) {
      const before = JSON.parse(await readFile(join(compare, `${name}.json`), 'utf8')) as T;
      differ(name, 'differs from the trace recorded before (new and old)', disagreements(first, before));
    }
    if (out !== undefined && between.length === 0) await writeFile(join(out, `${name}.json`), write(first));
  };
  const log = (line: string): void => console.error(line);
  // Who stops the controllers stops them for all that plays on the same control plane.
  const sociable = scenarios.filter((scenario) => !stopsControllers(scenario));
  if (sociable.length > 0) await record(sociable, Number(values.times), Number(values.together), done, log);
  for (const scenario of scenarios.filter(stopsControllers))
    await record([scenario], Number(values.times), 1, done, log);
  console.log(`${scenarios.length} scenarios recorded ${values.times} times each, ${differing} disagreements`);
  return differing === 0 ? 0 : 1;
}

/** Runs a recorder as this process. */
export function runRecorder<S extends RecordedScenario, T>(recorder: Recorder<S, T>): Promise<void> {
  return runProgram(() => recordCommand(recorder, process.argv.slice(2)));
}
