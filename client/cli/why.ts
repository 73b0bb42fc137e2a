import { readFile, writeFile } from 'node:fs/promises';
import { diagnose } from '../../server/core/diagnosis/diagnose.ts';
import type { Diagnosis, Evidence } from '../../server/core/diagnosis/diagnosis.ts';
import { readArguments } from './arguments.ts';
import { WHY_OPTIONS } from './command-table.ts';
import { connectTo, jobNameOf, sayProblem, type ClusterChoice } from './cluster-options.ts';
import { decodeText } from './decode-text.ts';
import { CommandError, DONE, type Command, type Io } from './io.ts';
import { plain } from './plain.ts';
import { readWhyInput, type WhyInput } from './why-input.ts';

/** Says why a Job is where it is: from objects, from a recorded run, or live. */
export const run: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, WHY_OPTIONS);
  if (positionals.length > 1) throw new CommandError('why explains one thing at a time: -, a file or job/NAME');
  const [argument = '-'] = positionals;
  const name = jobNameOf(argument);
  if (values.bundle !== undefined && name === null)
    throw new CommandError('--bundle reports on a live Job: job/NAME (a recording is a report already)');
  if (name !== null && values.bundle !== undefined) await saveBundle(name, values.bundle, values, io);
  const inputs = name === null ? await readInputs(argument, io) : [await readLive(name, values, io)];
  const explained = inputs.map((input) => ({ input, findings: diagnose(input) }));
  await io.write(values.format === 'json' ? asJson(explained) : asText(explained));
  return DONE;
};

async function readInputs(argument: string, io: Io): Promise<WhyInput[]> {
  if (argument === '-') {
    const bytes = await io.read();
    return readWhyInput(decodeText(bytes), 'standard input', Date.now());
  }
  let text: string;
  try {
    text = decodeText(await readFile(argument));
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new CommandError(
      code === 'ENOENT'
        ? `${argument}: no such file (a Job of the cluster is job/NAME)`
        : `cannot read ${argument} (${code})`,
    );
  }
  return readWhyInput(text, argument, Date.now());
}

async function readLive(name: string, choice: ClusterChoice, io: Io): Promise<WhyInput> {
  const { readJobView } = await import('../cluster/cluster.ts');
  const { connection, reference } = await connectTo(name, choice, io);
  try {
    const view = await readJobView(connection, reference, new AbortController().signal);
    if (!view.ok) throw new CommandError(sayProblem(view.problem));
    for (const problem of view.value.problems) await io.complain(`jobwright: ${plain(sayProblem(problem))}\n`);
    return { ...view.value.snapshot, timeless: false };
  } finally {
    connection.close();
  }
}

/** Saves all that is known of a live Job: the report to `file`, and the recording beside it. */
async function saveBundle(name: string, file: string, choice: ClusterChoice, io: Io): Promise<void> {
  const { gatherIncident } = await import('../cluster/cluster.ts');
  const { connection, reference } = await connectTo(name, choice, io);
  try {
    const gathered = await gatherIncident(connection, reference, null, [], new AbortController().signal);
    if (!gathered.ok) throw new CommandError(sayProblem(gathered.problem));
    const { markdown, recording, masked } = gathered.value;
    const beside = `${file.replace(/\.(?:md|markdown)$/i, '')}.jobwright.json`;
    try {
      await writeFile(file, markdown);
      await writeFile(beside, `${JSON.stringify(recording, undefined, 1)}\n`);
    } catch (error) {
      throw new CommandError(`cannot write the report (${(error as NodeJS.ErrnoException).code ?? 'unwritable'})`);
    }
    const secrets = masked.length === 1 ? '1 value was' : `${masked.length} values were`;
    await io.complain(`jobwright: saved ${plain(file)} and ${plain(beside)}; ${secrets} masked\n`);
  } finally {
    connection.close();
  }
}

interface Explained {
  readonly input: WhyInput;
  readonly findings: readonly Diagnosis[];
}

function asJson(explained: readonly Explained[]): string {
  const jobs = explained.map(({ input: { job, timeless }, findings }) => ({
    name: job.metadata.name,
    ...(job.metadata.namespace === undefined ? {} : { namespace: job.metadata.namespace }),
    findings: timeless ? withoutTimes(findings) : findings,
  }));
  return `${JSON.stringify({ jobs }, undefined, 2)}\n`;
}

/** A recording without an origin has no moments, only seconds from its beginning. */
function withoutTimes(findings: readonly Diagnosis[]): unknown {
  return JSON.parse(
    JSON.stringify(findings, (key, value: unknown) => (key === 'at' || key === 'until' ? undefined : value)),
  );
}

function asText(explained: readonly Explained[]): string {
  return explained.map(explainJob).join('\n');
}

function explainJob({ input: { job, timeless }, findings }: Explained): string {
  const { namespace, name } = job.metadata;
  const lines = [`Job ${plain(namespace === undefined ? name : `${namespace}/${name}`)}`];
  for (const { severity, summary, evidence, suggestion, field, rule } of findings) {
    lines.push(`  ${severity}: ${plain(summary)}  [${rule}]`);
    for (const piece of evidence) lines.push(`    ${sayEvidence(piece, timeless)}`);
    if (suggestion !== undefined) lines.push(`    -> ${plain(suggestion)}${field === undefined ? '' : ` (${field})`}`);
  }
  return `${lines.join('\n')}\n`;
}

function sayEvidence({ object, field, text, at }: Evidence, timeless: boolean): string {
  const when = at === undefined || timeless ? '' : ` (${at})`;
  return `${plain(object)} ${plain(field)}: ${plain(text)}${when}`;
}
