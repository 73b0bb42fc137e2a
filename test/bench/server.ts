import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { jobOf65Lines, streamOfJobs } from './job-text.ts';
import { residentMegabytes, startServer, type Server } from './language-server.ts';
import { figuresOf, line, measure, time } from './measure.ts';

const bundle = fileURLToPath(new URL('../../dist/server.cjs', import.meta.url));
const start = (): Promise<Server> => startServer(process.execPath, [bundle, '--stdio']);

/** Keystroke to diagnostics, start to first diagnostics, and how both hold on 3,000 documents. */
export async function benchServer(): Promise<void> {
  const text = jobOf65Lines();
  console.log(`Job of ${text.split('\n').length - 1} lines`);

  const cold: number[] = [];
  for (let run = 0; run < 7; run++) {
    const started = performance.now();
    const server = await start();
    await server.open('file:///cold.yaml', text);
    cold.push(performance.now() - started);
    await server.stop();
  }
  console.log(line('server start to first diagnostics', figuresOf(cold)));

  const server = await start();
  await server.open('file:///one.yaml', text);
  console.log(line('keystroke to diagnostics', await typing(server, 'file:///one.yaml', text, 200)));
  console.log(line('hover', await hovering(server, 'file:///one.yaml', text, 200)));
  console.log(`${'memory of the server'.padEnd(58)} ${residentMegabytes(server.process.pid!).toFixed(0)} MB`);

  const stream = streamOfJobs(3000);
  const parser = await measure(3, () => parseAllDocuments(stream, { uniqueKeys: false }), 1);
  console.log(`\nstream of 3,000 documents, ${stream.split('\n').length.toLocaleString('en')} lines`);
  console.log(line('the yaml parser alone', parser));
  const opened = await server.open('file:///many.yaml', stream);
  console.log(
    `${'open to all diagnostics'.padEnd(58)} ${time(opened)}, ${(opened / parser.median).toFixed(2)}x the parser alone`,
  );
  console.log(line('keystroke to diagnostics', await typing(server, 'file:///many.yaml', stream, 30)));
  console.log(line('hover', await hovering(server, 'file:///many.yaml', stream, 30)));
  console.log(`${'memory of the server'.padEnd(58)} ${residentMegabytes(server.process.pid!).toFixed(0)} MB`);
  await server.stop();
}

/** Types a digit after `completions: 12` and takes it away again, over and over. */
async function typing(server: Server, uri: string, text: string, keystrokes: number): ReturnType<typeof measure> {
  const at = text.split('\n').findIndex((one) => one.includes('completions: 12'));
  const end = '  completions: 12'.length;
  const times: number[] = [];
  for (let key = 0; key < keystrokes; key++) {
    const insert = key % 2 === 0;
    times.push(
      await server.change(uri, key + 2, { line: at, from: end, to: insert ? end : end + 1, text: insert ? '0' : '' }),
    );
  }
  return figuresOf(times);
}

async function hovering(server: Server, uri: string, text: string, times: number): ReturnType<typeof measure> {
  const at = text.split('\n').findIndex((one) => one.includes('backoffLimitPerIndex'));
  return measure(times, () => server.hover(uri, at, 5));
}
