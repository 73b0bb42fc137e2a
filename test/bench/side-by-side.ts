import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { jobOf65Lines, streamOfJobs } from './job-text.ts';
import { peakMegabytes, startServer, type Server } from './language-server.ts';
import { figuresOf, line } from './measure.ts';

const schemas = fileURLToPath(new URL('../conformance/schema/batch-v1.json', import.meta.url));
const setup = new URL('../../scripts/setup/yaml-language-server.mjs', import.meta.url).href;
const bundle = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));

/** One of the two servers, and what was measured of it, in ms and MB. */
interface Contender {
  readonly name: string;
  readonly start: () => Promise<Server>;
  readonly times: Readonly<Record<Task, number[]>>;
  readonly memory: Readonly<Record<'one' | 'many', number[]>>;
}

/** What both are asked, in the order in which it is printed. */
const TASKS = {
  first: 'server start to first diagnostics',
  key: 'keystroke to diagnostics',
  open: '3,000 documents: open to first diagnostics',
  hover: '3,000 documents: hover meanwhile',
  keyOfMany: '3,000 documents: keystroke to diagnostics',
};
type Task = keyof typeof TASKS;

/**
 * The same texts in Jobwright and in Red Hat's YAML language server, which has the API's own schema of a Job in a local
 * file. The two take turns, so that the machine is as busy for both.
 */
export async function benchSideBySide(): Promise<void> {
  const { installYamlLanguageServer } = (await import(setup)) as {
    installYamlLanguageServer: () => Promise<string | null>;
  };
  const script = await installYamlLanguageServer();
  if (script === null) {
    console.log('yaml-language-server beside it: skipped, it could not be fetched');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-bench-'));
  try {
    const { components } = JSON.parse(readFileSync(schemas, 'utf8')) as { components: unknown };
    const schema = join(folder, 'job.json');
    writeFileSync(schema, JSON.stringify({ $ref: '#/components/schemas/io.k8s.api.batch.v1.Job', components }));
    const yaml = {
      validate: true,
      schemaStore: { enable: false },
      schemas: { [pathToFileURL(schema).href]: '*.yaml' },
    };
    const ours = contender('jobwright', () => startServer(process.execPath, [bundle, '--stdio']));
    const theirs = contender('yaml-language-server', () =>
      startServer(process.execPath, [script, '--stdio'], { yaml }),
    );
    for (let round = 0; round < 5; round++) for (const each of [ours, theirs]) await measureOne(each);
    for (let round = 0; round < 3; round++) for (const each of [ours, theirs]) await measureMany(each);
    report(ours, theirs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function contender(name: string, start: () => Promise<Server>): Contender {
  const times = { first: [], key: [], open: [], hover: [], keyOfMany: [] };
  return { name, start, times, memory: { one: [], many: [] } };
}

async function measureOne({ start, times, memory }: Contender): Promise<void> {
  const text = withMistake(jobOf65Lines());
  const started = performance.now();
  const server = await start();
  const first = shown(server);
  await server.open(URI, text);
  await first;
  times.first.push(performance.now() - started);
  times.key.push(...(await typingTimes(server, text, 20)));
  memory.one.push(peakMegabytes(server.process.pid!));
  await server.stop();
}

/** Seconds for each keystroke of the one make it few. */
const KEYSTROKES = 4;

async function measureMany({ start, times, memory }: Contender): Promise<void> {
  const text = withMistake(streamOfJobs(3000));
  const server = await start();
  const first = shown(server);
  const started = performance.now();
  await server.open(URI, text, { first: 0, last: 60 });
  const hovered = server.hover(URI, 5, 5).then(() => times.hover.push(performance.now() - started));
  await first;
  times.open.push(performance.now() - started);
  await hovered;
  times.keyOfMany.push(...(await typingTimes(server, text, KEYSTROKES)));
  memory.many.push(peakMegabytes(server.process.pid!));
  await server.stop();
}

const URI = 'file:///jobs.yaml';
const TYPED_AFTER = '  completions: 12';

/** A text for a number in the first Job, so that both have something to say. */
function withMistake(text: string): string {
  return text.replace('backoffLimitPerIndex: ', 'backoffLimitPerIndex: x');
}

function shown(server: Server): Promise<unknown> {
  return server.published(({ uri, diagnostics }) => uri === URI && diagnostics.length > 0);
}

/** A letter makes a number a text and is taken away again; ms until the answer to each. */
async function typingTimes(server: Server, text: string, keystrokes: number): Promise<number[]> {
  const at = text.split('\n').findIndex((one) => one.includes('completions: 12'));
  const from = TYPED_AFTER.length;
  const times: number[] = [];
  for (let key = 0; key < keystrokes; key++) {
    const insert = key % 2 === 0;
    const answered = server.published(({ uri, version = key + 2 }) => uri === URI && version === key + 2);
    const typed = performance.now();
    await server.change(URI, key + 2, { line: at, from, to: insert ? from : from + 1, text: insert ? 'x' : '' });
    await answered;
    times.push(performance.now() - typed);
  }
  return times;
}

function report(ours: Contender, theirs: Contender): void {
  for (const [task, name] of Object.entries(TASKS) as [Task, string][]) {
    console.log(name);
    for (const each of [ours, theirs]) console.log(line(`  ${each.name}`, figuresOf(each.times[task])));
    const ahead = figuresOf(theirs.times[task]).median / figuresOf(ours.times[task]).median;
    console.log(`  ${ahead.toFixed(1)} times as fast`);
  }
  for (const size of ['one', 'many'] as const) {
    const [our, their] = [ours, theirs].map(({ memory }) => `${Math.max(...memory[size]).toFixed(0)} MB`);
    console.log(`memory with ${size === 'one' ? 'one document' : '3,000 documents'}: ${our!} beside ${their!}`);
  }
}
