import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
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

/** Each opening in a server of its own: the second one in the same would find warm code. */
async function benchStream(): Promise<void> {
  const jobs = streamOfJobs(3000);
  // The only mistake stands where the person looks.
  const mistake = jobs.indexOf('restartPolicy: Never', jobs.indexOf('nightly-index-757'));
  const text = `${jobs.slice(0, mistake)}restartPolicy: Maybe${jobs.slice(mistake + 'restartPolicy: Never'.length)}`;
  const uri = 'file:///many.yaml';
  const parser = await measure(3, () => parseAllDocuments(text, { uniqueKeys: false }), 0);
  console.log(`\nstream of 3,000 documents, ${text.split('\n').length.toLocaleString('en')} lines`);
  console.log(line('the yaml parser alone', parser));

  const visible = { first: 50_000, last: 50_060 };
  const seen: number[] = [];
  const all: number[] = [];
  const hovers: number[] = [];
  const completions: number[] = [];
  const keys: number[] = [];
  let last = '';
  for (let run = 0; run < 3; run++) {
    const server = await start();
    const inSight = server.published(({ diagnostics }) => diagnostics.length > 0);
    const judged = server.judged(uri, 1);
    const state = { done: false };
    const started = performance.now();
    await server.open(uri, text, visible);
    const ends = judged.then(() => {
      all.push(performance.now() - started);
      state.done = true;
    });
    await inSight;
    seen.push(performance.now() - started);
    while (!state.done) {
      hovers.push((await hovering(server, uri, text, 1)).max);
      completions.push((await completing(server, uri, text, 1)).max);
    }
    await ends;
    keys.push(...(await typingTimes(server, uri, text, 20)));
    last = memory(server);
    await server.stop();
  }
  console.log(line('open to diagnostics of the visible lines', figuresOf(seen)));
  const figures = figuresOf(all);
  console.log(line('open to all diagnostics', figures));
  console.log(`  ${(figures.median / parser.median).toFixed(2)}x the parser alone`);
  console.log(line('hover meanwhile', figuresOf(hovers)));
  console.log(line('completion meanwhile', figuresOf(completions)));
  console.log(line('keystroke to diagnostics', figuresOf(keys)));
  console.log(last);
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
