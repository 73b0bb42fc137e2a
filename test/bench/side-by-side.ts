import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { jobOf65Lines, streamOfJobs } from './job-text.ts';
import { peakMegabytes, startServer, type Server } from './language-server.ts';
import { figuresOf, line } from './measure.ts';

const schemas = fileURLToPath(new URL('../conformance/schema/batch-v1.json', import.meta.url));
const setup = new URL('../../scripts/setup/yaml-language-server.mjs', import.meta.url).href;

/** The same Job in Red Hat's YAML language server, with the API's own schema of a Job in a local file. */
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
    await benchOne(script, yaml);
    await benchMany(script, yaml);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchOne(script: string, yaml: object): Promise<void> {
  const server = await startServer(process.execPath, [script, '--stdio'], { yaml });
  const uri = 'file:///one.yaml';
  const text = jobOf65Lines();
  const first = server.published((params) => params.uri === uri);
  const started = performance.now();
  await server.open(uri, text);
  await first;
  console.log(line('yaml-language-server: open to first diagnostics', figuresOf([performance.now() - started])));
  const times = await typingTimes(server, uri, text, 30);
  console.log(line('yaml-language-server: keystroke to diagnostics', figuresOf(times)));
  console.log(memoryOf(server));
  await server.stop();
}

/** It takes seconds for each keystroke, so there are few. */
const KEYSTROKES = 4;

async function benchMany(script: string, yaml: object): Promise<void> {
  const text = streamOfJobs(3000);
  const uri = 'file:///many.yaml';
  const server = await startServer(process.execPath, [script, '--stdio'], { yaml });
  const first = server.published((params) => params.uri === uri);
  const started = performance.now();
  await server.open(uri, text);
  const hovered = server.hover(uri, 5, 5).then(() => performance.now() - started);
  await first;
  console.log(line('yaml-language-server: 3,000 documents, open', figuresOf([performance.now() - started])));
  console.log(line('yaml-language-server: 3,000 documents, hover meanwhile', figuresOf([await hovered])));
  const times = await typingTimes(server, uri, text, KEYSTROKES);
  console.log(line('yaml-language-server: 3,000 documents, keystroke', figuresOf(times)));
  console.log(memoryOf(server));
  await server.stop();
}

/** A letter makes a number a string and is taken away again; ms until the answer to each. */
async function typingTimes(server: Server, uri: string, text: string, keystrokes: number): Promise<number[]> {
  const at = text.split('\n').findIndex((one) => one.includes('completions: 12'));
  const from = '  completions: 12'.length;
  const times: number[] = [];
  let wrong = 0;
  for (let key = 0; key < keystrokes; key++) {
    const insert = key % 2 === 0;
    const shown = server.published((params) => params.uri === uri);
    const typed = performance.now();
    await server.change(uri, key + 2, { line: at, from, to: insert ? from : from + 1, text: insert ? 'x' : '' });
    if ((await shown).diagnostics.length > 0) wrong++;
    times.push(performance.now() - typed);
  }
  if (wrong === 0) console.log('  it said nothing of a string for a number: the schema was not used');
  return times;
}

function memoryOf(server: Server): string {
  return `${'yaml-language-server: memory'.padEnd(58)} ${peakMegabytes(server.process.pid!).toFixed(0)} MB`;
}
