import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);
/** The suite names it; without one there is nothing to test. */
const program = process.env.JOBWRIGHT_NEOVIM ?? '';

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: fold
  annotations: { note: "é😀", wrong: 1 }
spec:
  completions: 2
  parallelism: 5
  template:
    spec:
      containers:
        - name: fold
          image: example.com/fold:1.0
`;

interface Answer {
  readonly version: number;
  readonly diagnostics: readonly {
    readonly line: number;
    readonly byte: number;
    readonly code: string;
    readonly message: string;
  }[];
  readonly hover?: string;
}

/** The code block of the page on editors that begins with this comment. */
function fromPage(comment: string): string {
  const page = readFileSync(join(root, 'docs/editors.md'), 'utf8');
  const block = page.split('```lua\n').find((part) => part.startsWith(comment));
  assert.ok(block !== undefined, `docs/editors.md has a block "${comment}"`);
  return block.split('\n```')[0]!;
}

describe('a real Neovim, configured as docs/editors.md says', { skip: program === '' ? 'needs Neovim' : false }, () => {
  let folder: string;
  let answer: Answer;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jobwright-neovim-'));
    const { stdout } = await run(program, ['--version']);
    const minor = Number(/^NVIM v0\.(\d+)/.exec(stdout)?.[1]);
    const comment = `-- Jobwright, Neovim ${minor >= 11 ? '0.11 and later' : '0.7 to 0.10'}`;
    writeFileSync(join(folder, 'init.lua'), `vim.cmd('filetype on')\n${fromPage(comment)}\n`);
    writeFileSync(join(folder, 'job.yaml'), JOB);
    const command = join(folder, 'jobwright');
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.mjs')}" "$@"\n`);
    chmodSync(command, 0o755);
    const file = join(folder, 'answer.json');
    await run(
      program,
      [
        '--headless',
        ...['-u', join(folder, 'init.lua'), '-i', 'NONE', '-n', join(folder, 'job.yaml')],
        ...['-c', `luafile ${join(root, 'test/neovim/read.lua')}`],
      ],
      {
        cwd: folder,
        timeout: 60_000,
        env: {
          ...process.env,
          PATH: `${folder}:${process.env.PATH ?? ''}`,
          HOME: folder,
          XDG_STATE_HOME: folder,
          JOBWRIGHT_ANSWER: file,
        },
      },
    );
    answer = JSON.parse(readFileSync(file, 'utf8')) as Answer;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('shows the verdict where it belongs, also behind other letters than ASCII', () => {
    const required = answer.diagnostics.find(({ code }) => code === 'api/required');
    assert.match(required?.message ?? '', /valid values: "OnFailure", "Never"/);
    const line = JOB.split('\n')[4]!;
    const wrong = answer.diagnostics.find((one) => one.line === 4);
    assert.equal(wrong?.byte, Buffer.byteLength(line.slice(0, line.indexOf('1 }'))));
  });

  test('explains with this Job’s numbers', () => {
    assert.match(answer.hover ?? '', /parallelism/);
    assert.match(answer.hover ?? '', /Up to 2 pods at once, not 5/);
  });
});
