import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InlayHint } from 'vscode-languageserver-protocol';
import { startEditor } from './editor.ts';

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
spec:
  completions: 2
  parallelism: 5
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: a, image: b }]
`;
const CRON = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: x
spec:
  schedule: "0 3 * * *" # every night
  timeZone: Europe/Berlin
  jobTemplate:
    spec:
      activeDeadlineSeconds: 5400
      podReplacementPolicy: Failed
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: a, image: b }]
`;

/** Each line with a hint, the hint in ‹› where it stands. */
async function hinted(text: string, inlayHints: object = {}, lines = [0, 1000]): Promise<readonly string[]> {
  const editor = await startEditor({ initializationOptions: { settings: { inlayHints } } });
  try {
    const open = await editor.open(text);
    const hints = await editor.request<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: open.uri },
      range: { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } },
    });
    return hints.map(({ position, label }) => {
      const line = text.split('\n')[position.line]!;
      const said = typeof label === 'string' ? label : '';
      return `${line.slice(0, position.character)}‹${said}›${line.slice(position.character)}`.trim();
    });
  } finally {
    await editor.close();
  }
}

describe('inlay hints', () => {
  test('say what decides and is not written, where it matters', async () => {
    assert.deepEqual(await hinted(JOB), [
      'spec:‹podReplacementPolicy: TerminatingOrFailed›',
      'parallelism: 5‹→ 2›',
      'backoffLimit: 3‹waits up to 1 min 10 s›',
    ]);
    const bare = JOB.replace('  backoffLimit: 3\n', '').replace('parallelism: 5', 'parallelism: 2');
    assert.deepEqual(await hinted(bare), ['spec:‹backoffLimit: 6 · podReplacementPolicy: TerminatingOrFailed›']);
  });

  test('a CronJob’s next run, before its comment, and its Job’s deadline', async () => {
    const [schedule, spec, deadline] = await hinted(CRON);
    assert.match(schedule!, /^schedule: "0 3 \* \* \*"‹next \w{3} \d{4}-\d\d-\d\d 03:00› # every night$/);
    assert.equal(spec, 'spec:‹backoffLimit: 6›');
    assert.match(deadline!, /^activeDeadlineSeconds: 5400‹= 1 h 30 min›$/);
  });

  test('each kind has its switch', async () => {
    assert.deepEqual(await hinted(JOB, { defaults: false, worstCase: false }), []);
    assert.deepEqual(await hinted(CRON, { schedule: false, defaults: false, worstCase: false }), []);
    assert.equal((await hinted(JOB, { defaults: false })).length, 1);
  });

  test('only the lines that are on screen', async () => {
    assert.deepEqual(await hinted(JOB, {}, [6, 6]), ['parallelism: 5‹→ 2›']);
  });

  test('quiet where another controller decides, and in half-typed text', async () => {
    assert.deepEqual(await hinted(JOB.replace('completions: 2', 'managedBy: example.com/x')), []);
    const half = 'apiVersion: batch/v1\nkind: Job\nspec:\n  parallelism: \n  back';
    assert.deepEqual(await hinted(half, { defaults: false }), []);
    assert.deepEqual(await hinted(CRON.replace('0 3', '0 99'), { defaults: false, worstCase: false }), []);
  });
});
