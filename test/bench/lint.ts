import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedPath } from '../shared.ts';
import { runCommandLine } from './command-line.ts';
import { streamOfJobs } from './job-text.ts';
import { figuresOf, line } from './measure.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** `jobwright lint` as a whole process, over published manifests and over 3,000 documents. */
export async function benchLint(): Promise<void> {
  const published = sharedPath('corpus/real');
  if (published === null) console.log('lint over published manifests: skipped, ../shared is not here');
  else await figures(`lint of ${readdirSync(published).length} published files`, published, 5);

  const folder = mkdtempSync(join(tmpdir(), 'jobwright-bench-'));
  try {
    writeFileSync(join(folder, 'one.yaml'), streamOfJobs(1));
    await figures('lint of one Job of 65 lines, cold', join(folder, 'one.yaml'), 7);
    writeFileSync(join(folder, 'many.yaml'), streamOfJobs(3000));
    await besideTheParser(join(folder, 'many.yaml'), 5);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `lint` and the yaml parser on the same file, each a process for each run, by turns: a busy machine is so for both. */
async function besideTheParser(path: string, runs: number): Promise<void> {
  const linted: number[] = [];
  const parsed: number[] = [];
  let peak = 0;
  for (let run = 0; run < runs; run++) {
    const { ms, megabytes } = await completed(path);
    linted.push(ms);
    peak = Math.max(peak, megabytes);
    parsed.push(await parserAlone(path));
  }
  console.log(`${line('lint of 3,000 documents', figuresOf(linted))}   peak ${peak.toFixed(0)} MB`);
  console.log(line('  the yaml parser alone, as a process too', figuresOf(parsed)));
  console.log(`  ${(figuresOf(linted).median / figuresOf(parsed).median).toFixed(2)}x the parser alone`);
}

/** Ms for a process that reads and parses the file and does nothing else. */
async function parserAlone(path: string): Promise<number> {
  const script = `import { parseAllDocuments } from 'yaml'; import { readFileSync } from 'node:fs';
    parseAllDocuments(readFileSync(${JSON.stringify(path)}, 'utf8'), { uniqueKeys: false });`;
  const started = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return performance.now() - started;
}

/** A run that judged, whatever it found. */
async function completed(path: string): Promise<{ ms: number; megabytes: number }> {
  const { code, ms, megabytes } = await runCommandLine(['lint', '--format', 'json', path]);
  if (code !== 0 && code !== 1) throw new Error(`lint of ${path}: ended with status ${String(code)}`);
  return { ms, megabytes };
}

async function figures(name: string, path: string, runs: number): Promise<void> {
  const times: number[] = [];
  let peak = 0;
  for (let run = 0; run < runs; run++) {
    const { ms, megabytes } = await completed(path);
    times.push(ms);
    peak = Math.max(peak, megabytes);
  }
  console.log(`${line(name, figuresOf(times))}   peak ${peak.toFixed(0)} MB`);
}
