import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { FormerTextChangedNotification } from '../../server/src/protocol/protocol.ts';
import { type Editor, startEditor } from './editor.ts';

const job = (name: string, completions: number): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  completions: ${completions}
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: a
          image: busybox:1.36
`;
const NOW = job('one', 3);
const BEFORE = job('one', 2);

/** An answer that the test gives when it is time. */
function later(): { readonly promise: Promise<string>; readonly resolve: (text: string) => void } {
  let resolve: (text: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The client's side of the question: what was asked, and answers when the test says so. */
interface Commit {
  readonly asked: string[];
  readonly answer: (uri: string) => Promise<string | null>;
}

function commitWith(answer: (uri: string) => string | null | Promise<string | null>): Commit {
  const asked: string[] = [];
  return { asked, answer: async (uri) => (asked.push(uri), answer(uri)) };
}

async function startWith(commit: Commit, { on = true, able = true } = {}): Promise<Editor> {
  const editor = await startEditor({
    initializationOptions: { settings: { compareWithLastCommit: on }, formerText: able },
    formerText: commit.answer,
  });
  after(() => editor.close());
  return editor;
}

const refused = ({ diagnostics }: { diagnostics: readonly Diagnostic[] }): string[] =>
  diagnostics.filter(({ code }) => code === 'api/immutable').map(({ message }) => message as string);
const isRefused = (shown: { diagnostics: readonly Diagnostic[] }): boolean => refused(shown).length > 0;
const isTaken = (shown: { diagnostics: readonly Diagnostic[] }): boolean => !isRefused(shown);

/** Settles when everything that the server was sent before has been handled and judged. */
async function settled(editor: Editor): Promise<void> {
  const other = await editor.open(job('other', 1).replace('Never', 'Always'));
  await editor.shown(other.uri, ({ diagnostics }) => diagnostics.length > 0);
  await other.shut();
}

test('a change since the last commit that an apply would refuse is shown, after everything else', async () => {
  const { promise, resolve } = later();
  const commit = commitWith(() => promise);
  const editor = await startWith(commit);
  const text = await editor.open(NOW.replace('spec:', 'spec:\n  parallelism: 9'));
  const first = await text.diagnostics();
  assert.ok(first.some(({ code }) => code === 'advice/parallelism-capped'));
  assert.deepEqual(refused({ diagnostics: first }), []);
  // Hover does not wait for the answer.
  assert.notEqual(await text.hover(text.document.getText().indexOf('completions')), null);
  resolve(BEFORE);
  const shown = await editor.shown(text.uri, isRefused);
  assert.match(refused(shown).join(), /field is immutable\. Make a new Job/);
  assert.ok(shown.diagnostics.length > first.length);
  const found = shown.diagnostics.find(({ code }) => code === 'api/immutable')!;
  assert.equal(text.at(found.range), '3');

  // What was is remembered while the text is edited.
  await text.replace('completions: 3', 'completions: 2');
  await editor.shown(text.uri, ({ version, diagnostics }) => version === 2 && isTaken({ diagnostics }));
  await text.replace('completions: 2', 'completions: 4');
  await editor.shown(text.uri, ({ version, diagnostics }) => version === 3 && isRefused({ diagnostics }));
  assert.deepEqual(commit.asked, [text.uri]);
});

test('each Job is compared with the one of its name', async () => {
  const commit = commitWith(() => [job('c', 7), job('a', 1), job('b', 2)].join('---\n'));
  const editor = await startWith(commit);
  const text = await editor.open([job('a', 1), job('b', 3), job('new', 4)].join('---\n'));
  const { diagnostics } = await editor.shown(text.uri, isRefused);
  const found = diagnostics.filter(({ code }) => code === 'api/immutable');
  assert.equal(found.length, 1);
  assert.equal(found[0]!.range.start.line, job('a', 1).split('\n').length + 5);
});

test('nothing is asked with the setting off, of a client that cannot answer, or for a text without Jobs', async () => {
  for (const how of [{ on: false }, { able: false }]) {
    const commit = commitWith(() => BEFORE);
    const editor = await startWith(commit, how);
    const text = await editor.open(NOW);
    await text.diagnostics();
    await editor.notify(FormerTextChangedNotification, {});
    await settled(editor);
    assert.deepEqual(commit.asked, []);
  }
  const commit = commitWith(() => BEFORE);
  const editor = await startWith(commit);
  const text = await editor.open(NOW.replace('batch/v1', 'v1').replace('Job', 'Pod'));
  await text.diagnostics();
  await settled(editor);
  assert.ok(!commit.asked.includes(text.uri));
});

test('the setting counts from when it is changed', async () => {
  const commit = commitWith(() => BEFORE);
  const editor = await startWith(commit, { on: false });
  const text = await editor.open(NOW);
  await text.diagnostics();
  const set = (compareWithLastCommit: boolean): Promise<void> =>
    editor.notify('workspace/didChangeConfiguration', { settings: { jobwright: { compareWithLastCommit } } });
  await set(true);
  await editor.shown(text.uri, isRefused);
  await set(false);
  await editor.shown(text.uri, isTaken);
  assert.deepEqual(commit.asked, [text.uri]);
});

test('an editor that asks for diagnostics is told to ask again', async () => {
  const editor = await startEditor({
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { settings: { compareWithLastCommit: true }, formerText: true },
    formerText: () => Promise.resolve(BEFORE),
  });
  after(() => editor.close());
  const { uri } = await editor.open(NOW);
  const pull = (): Promise<{ readonly items: readonly Diagnostic[] }> =>
    editor.request('textDocument/diagnostic', { textDocument: { uri } });
  await pull();
  await editor.refreshed();
  assert.ok(isRefused({ diagnostics: (await pull()).items }));
});

test('after a commit the text is compared with that one', async () => {
  let head = BEFORE;
  const commit = commitWith(() => head);
  const editor = await startWith(commit);
  const text = await editor.open(NOW);
  const same = await editor.open(NOW);
  await editor.shown(text.uri, isRefused);
  await editor.shown(same.uri, isRefused);
  head = NOW;
  await editor.notify(FormerTextChangedNotification, { uri: text.uri });
  await editor.shown(text.uri, isTaken);
  assert.deepEqual(commit.asked, [text.uri, same.uri, text.uri]);
  await editor.notify(FormerTextChangedNotification, {});
  await editor.shown(same.uri, isTaken);
  head = BEFORE;
  await editor.notify(FormerTextChangedNotification, {});
  await editor.shown(text.uri, isRefused);
  // A text that nobody opened is not asked for.
  const before = commit.asked.length;
  await editor.notify(FormerTextChangedNotification, { uri: 'file:///elsewhere.yaml' });
  await settled(editor);
  assert.ok(!commit.asked.slice(before).includes('file:///elsewhere.yaml'));
});

test('of two answers on their way the later question counts', async () => {
  const first = later();
  let questions = 0;
  const commit = commitWith((uri) => (uri.endsWith('raced.yaml') && questions++ === 0 ? first.promise : BEFORE));
  const editor = await startWith(commit);
  const text = await editor.open(NOW, 'file:///raced.yaml');
  await text.diagnostics();
  await editor.notify(FormerTextChangedNotification, {});
  await editor.shown(text.uri, isRefused);
  first.resolve(NOW);
  await settled(editor);
  await text.replace('completions: 3', 'completions: 5');
  assert.ok(isRefused({ diagnostics: await text.diagnostics() }));
});

test('an answer that comes after the text was closed is nobody’s', async () => {
  const late = later();
  let questions = 0;
  const commit = commitWith((uri) => (uri.endsWith('late.yaml') && questions++ === 0 ? late.promise : null));
  const editor = await startWith(commit);
  const text = await editor.open(NOW, 'file:///late.yaml');
  await text.diagnostics();
  await text.shut();
  await editor.shown(text.uri, ({ diagnostics }) => diagnostics.length === 0);
  late.resolve(BEFORE);
  await settled(editor);
  await editor.shown(text.uri, ({ diagnostics }) => diagnostics.length === 0);
  // Opened again, it is asked for again.
  const again = await editor.open(NOW, text.uri);
  assert.ok(isTaken({ diagnostics: await again.diagnostics() }));
  await settled(editor);
  assert.equal(questions, 2);
  assert.deepEqual(editor.log, []);
});

test('a new file, and a client that fails, take nothing from the rest', async () => {
  for (const [name, answer] of [
    ['new', () => null],
    ['failing', () => Promise.reject(new Error('no git here'))],
    ['broken', () => 'kind: Job\nspec: [{\n'],
    ['empty', () => ''],
  ] as const) {
    const commit = commitWith(answer);
    const editor = await startWith(commit);
    const text = await editor.open(NOW.replace('Never', 'Always'), `file:///${name}.yaml`);
    assert.ok(
      (await text.diagnostics()).some(({ code }) => code === 'api/required'),
      name,
    );
    await settled(editor);
    await text.replace('completions: 3', 'completions: 2');
    const diagnostics = await text.diagnostics();
    assert.ok(
      diagnostics.some(({ code }) => code === 'api/required'),
      name,
    );
    assert.deepEqual(refused({ diagnostics }), [], name);
    assert.equal(commit.asked.filter((uri) => uri === text.uri).length, 1, name);
    if (name === 'failing') assert.match(editor.log.join(), /former text: .*no git here/);
    else assert.deepEqual(editor.log, []);
  }
});
