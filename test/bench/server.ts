import { spawn } from 'node:child_process';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { jobOf65Lines, streamOfJobs } from './job-text.ts';
import { peakMegabytes, residentMegabytes, startServer, type Server } from './language-server.ts';
import { figuresOf, line, measure, type Figures } from './measure.ts';

const bundle = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));
const start = (): Promise<Server> => startServer(process.execPath, [bundle, '--stdio']);

/** Keystroke to diagnostics, start to first diagnostics, and how both hold on 3,000 documents. */
export async function benchServer(): Promise<void> {
  await benchOneJob();
  await benchStream();
}

async function benchOneJob(): Promise<void> {
  const text = jobOf65Lines();
  console.log(`Job of ${text.split('\n').length - 1} lines`);
  const cold: number[] = [];
  for (let run = 0; run < 7; run++) {
    const started = performance.now();
    const server = await start();
    const shown = server.published(({ uri }) => uri === 'file:///cold.yaml');
    await server.open('file:///cold.yaml', text);
    await shown;
    cold.push(performance.now() - started);
    await server.stop();
  }
  console.log(line('server start to first diagnostics', figuresOf(cold)));

  const server = await start();
  const judged = server.judged('file:///one.yaml', 1);
  await server.open('file:///one.yaml', text);
  await judged;
  console.log(line('keystroke to diagnostics', await typing(server, 'file:///one.yaml', text, 200)));
  console.log(line('hover', await hovering(server, 'file:///one.yaml', text, 200)));
  console.log(line('completion of fields', await completing(server, 'file:///one.yaml', text, 200)));
  console.log(memory(server));
  await server.stop();
}

/**
 * The parser in a process of its own and the server in one of its own take turns, so that both are as cold and the
 * machine is as busy for both. The questions of a person who does not wait are asked of a further server: they cost it time.
 */
async function benchStream(): Promise<void> {
  const jobs = streamOfJobs(3000);
  // The only mistake stands where the person looks.
  const mistake = jobs.indexOf('restartPolicy: Never', jobs.indexOf('nightly-index-757'));
  const text = `${jobs.slice(0, mistake)}restartPolicy: Maybe${jobs.slice(mistake + 'restartPolicy: Never'.length)}`;
  console.log(`\nstream of 3,000 documents, ${text.split('\n').length.toLocaleString('en')} lines`);
  const parser: number[] = [];
  const seen: number[] = [];
  const all: number[] = [];
  const keys: number[] = [];
  const hovers: number[] = [];
  const completions: number[] = [];
  let last = '';
  for (let run = 0; run < 5; run++) {
    parser.push(await parserAlone(text));
    const quiet = await openStream(text);
    seen.push(await quiet.seen);
    all.push(await quiet.all);
    keys.push(...(await typingTimes(quiet.server, STREAM, text, 20)));
    last = memory(quiet.server);
    await quiet.server.stop();

    const asked = await openStream(text);
    const state = { done: false };
    const ends = asked.all.then(() => (state.done = true));
    await asked.seen;
    while (!state.done) {
      hovers.push((await hovering(asked.server, STREAM, text, 1)).max);
      completions.push((await completing(asked.server, STREAM, text, 1)).max);
    }
    await ends;
    await asked.server.stop();
  }
  console.log(line('the yaml parser alone, as cold as the server', figuresOf(parser)));
  console.log(line('open to diagnostics of the visible lines', figuresOf(seen)));
  console.log(line('open to all diagnostics', figuresOf(all)));
  console.log(`  ${(figuresOf(all).median / figuresOf(parser).median).toFixed(2)}x the parser alone`);
  console.log(line('hover meanwhile', figuresOf(hovers)));
  console.log(line('completion meanwhile', figuresOf(completions)));
  console.log(line('keystroke to diagnostics', figuresOf(keys)));
  console.log(last);
}

const STREAM = 'file:///many.yaml';

/** Opens a stream in a server of its own; ms until the visible lines and until all documents have their diagnostics. */
async function openStream(text: string): Promise<{ server: Server; seen: Promise<number>; all: Promise<number> }> {
  const server = await start();
  const started = performance.now();
  const since = (): number => performance.now() - started;
  const seen = server.published(({ diagnostics }) => diagnostics.length > 0).then(since);
  const all = server.judged(STREAM, 1).then(since);
  await server.open(STREAM, text, { first: 50_000, last: 50_060 });
  return { server, seen, all };
}

/** Ms that the yaml parser needs for a text, in a process that has parsed nothing before. */
async function parserAlone(text: string): Promise<number> {
  const script = `import { parseAllDocuments } from 'yaml'; import { text } from 'node:stream/consumers';
    const input = await text(process.stdin); const started = performance.now();
    parseAllDocuments(input, { uniqueKeys: false }); console.log(performance.now() - started);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(text);
  return Number(await textOf(child.stdout));
}

function memory({ process: { pid } }: Server): string {
  const now = residentMegabytes(pid!).toFixed(0);
  return `${'memory of the server'.padEnd(58)} ${now} MB, at most ${peakMegabytes(pid!).toFixed(0)} MB`;
}

async function typing(server: Server, uri: string, text: string, keystrokes: number): Promise<Figures> {
  return figuresOf(await typingTimes(server, uri, text, keystrokes));
}

/** Types a digit after `completions: 12` and takes it away again, over and over; ms until the last answer to each. */
async function typingTimes(server: Server, uri: string, text: string, keystrokes: number): Promise<number[]> {
  const at = text.split('\n').findIndex((one) => one.includes('completions: 12'));
  const from = '  completions: 12'.length;
  const times: number[] = [];
  for (let key = 0; key < keystrokes; key++) {
    const insert = key % 2 === 0;
    const judged = server.judged(uri, key + 2);
    const started = performance.now();
    await server.change(uri, key + 2, { line: at, from, to: insert ? from : from + 1, text: insert ? '0' : '' });
    await judged;
    times.push(performance.now() - started);
  }
  return times;
}

/** In the name of a field of the Job's spec: all its fields are offered. */
function completing(server: Server, uri: string, text: string, times: number): Promise<Figures> {
  return measure(times, () => server.complete(uri, fieldLine(text), 5), 0);
}

function hovering(server: Server, uri: string, text: string, times: number): Promise<Figures> {
  return measure(times, () => server.hover(uri, fieldLine(text), 5), 0);
}

function fieldLine(text: string): number {
  return text
    .slice(0, 4000)
    .split('\n')
    .findIndex((one) => one.includes('backoffLimitPerIndex'));
}
