import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startEditor, type Editor } from './editor.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor();
});
after(() => editor.close());

const JOB = `apiVersion: batch/v1
kind: Job
metadata: { name: fine }
spec:
  backoffLimit: 1
  activeDeadlineSeconds: 60
  template:
    spec:
      restartPolicy: Always
      containers:
        - { name: a, image: busybox, resources: { requests: { cpu: 1, memory: 1Gi } } }
`;

function aliasBomb(): string {
  const levels = [`a0: &a0 [x, x, x, x, x, x, x, x, x]`];
  for (let at = 1; at < 12; at++)
    levels.push(`a${at}: &a${at} [${Array.from({ length: 9 }, () => `*a${at - 1}`).join(', ')}]`);
  return `kind: Job\napiVersion: batch/v1\n${levels.join('\n')}\nspec: *a11\n`;
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ['no YAML', 'kind: Job\napiVersion: batch/v1\n"unclosed: [}{\n\u0000\u0001 %%% &\n\t- :::\n'],
  ['ten megabytes of brackets', `apiVersion: batch/v1\nkind: Job\nspec: ${'['.repeat(10_000_000)}`],
  ['an alias bomb', aliasBomb()],
  [
    '40,000 keys',
    `apiVersion: batch/v1\nkind: Job\n${Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n')}\n`,
  ],
  [
    '10,000 anchors',
    `apiVersion: batch/v1\nkind: Job\nx:\n${Array.from({ length: 10_000 }, (_, at) => `  - &n${at} 1`).join('\n')}\n`,
  ],
  ['a long string', `apiVersion: batch/v1\nkind: Job\nx: |\n${'  a line of text\n'.repeat(100_000)}`],
  [
    'a thousand levels',
    `kind: Job\napiVersion: batch/v1\n${Array.from({ length: 1000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')}`,
  ],
  [
    'maps where lists belong',
    'kind: Job\napiVersion: batch/v1\nspec: { template: { spec: { containers: { a: 1 } } } }\n',
  ],
  ['lists where maps belong', 'kind: Job\napiVersion: batch/v1\nmetadata: []\nspec: [1, 2, [3]]\n'],
  ['numbers for everything', 'kind: Job\napiVersion: batch/v1\nmetadata: 1\nspec: 2\n'],
];

for (const [name, text] of HOSTILE) {
  test(`${name}: answered, and others are answered meanwhile`, { timeout: 60_000 }, async (context) => {
    const good = await editor.open(JOB);
    const started = performance.now();
    const bad = await editor.open(text);
    await good.replace('Always', 'Sometimes');
    const shown = await good.diagnostics();
    const others = performance.now() - started;
    assert.ok(shown.some(({ severity }) => severity === 1));
    const diagnostics = await bad.diagnostics();
    context.diagnostic(
      `${text.length} characters: other text after ${others.toFixed(0)} ms, itself after ${(performance.now() - started).toFixed(0)} ms, ${diagnostics.length} diagnostics`,
    );
    assert.notEqual(diagnostics.length, 0, 'it says that something is wrong');
    assert.ok(diagnostics.length <= 200, 'and not more often than it helps');
    // Every feature answers, with something or nothing.
    const middle = Math.min(text.length >> 1, 5000);
    await bad.hover(middle);
    await bad.completions(middle);
    await bad.lenses();
    await bad.symbols();
    await bad.shut();
    await good.shut();
    assert.deepEqual(editor.log, [], 'no handler failed');
  });
}

test('a handler that fails answers with nothing, says so on the log, and the server lives on', async () => {
  const own = await startEditor();
  const open = await own.open(JOB);
  const position = { line: 'x', character: null };
  const answer = await own.request('textDocument/hover', { textDocument: { uri: open.uri }, position });
  assert.equal(answer, null);
  assert.notEqual((await open.diagnostics()).length, 0);
  await own.close();
});

test('a stream of 3,000 documents: hover is answered while it is judged, a keystroke costs one document', async (context) => {
  const own = await startEditor();
  const documents = Array.from({ length: 3000 }, (_, at) =>
    JOB.replace('fine', `job-${at}`).replace('Always', 'Never'),
  );
  const text = documents.join('---\n');
  const started = performance.now();
  const open = await own.open(text);
  const hover = await open.hover(text.indexOf('backoffLimit'));
  const hovered = performance.now() - started;
  assert.ok(hover);
  await open.diagnostics();
  const first = performance.now() - started;
  await own.shown(open.uri, () => own.changes.length > 0);
  const at = text.indexOf('Never', text.length >> 1);
  const typed = performance.now();
  await open.edit(at, at + 'Never'.length, 'Always');
  await own.shown(
    open.uri,
    ({ version, diagnostics }) => version === 2 && diagnostics.some(({ code }) => code === 'api/required'),
  );
  context.diagnostic(
    `${text.length} characters: hover ${hovered.toFixed(0)} ms, first diagnostics ${first.toFixed(0)} ms, keystroke ${(performance.now() - typed).toFixed(0)} ms`,
  );
  await own.close();
});

test('typing is answered at once', async (context) => {
  const open = await editor.open(JOB);
  await open.diagnostics();
  const times: number[] = [];
  const at = JOB.indexOf('60');
  for (let key = 0; key < 40; key++) {
    const started = performance.now();
    await open.edit(at, at + 2, key % 2 === 0 ? '61' : '60');
    await open.diagnostics();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  context.diagnostic(
    `keystroke to diagnostics: median ${times[20]!.toFixed(1)} ms, slowest ${times.at(-1)!.toFixed(1)} ms`,
  );
  await open.shut();
});
