import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { startEditor, type Editor, type Text } from './editor.ts';

let editor: Editor;
let opened = 0;
before(async () => {
  editor = await startEditor();
});
after(() => editor.close());

/** Opens a scenario; the cursor is where `|` stands. */
async function scenario(marked: string): Promise<{ readonly text: Text; readonly at: number }> {
  const at = marked.indexOf('|');
  return { text: await editor.open(marked.replace('|', ''), `file:///${++opened}.jobwright.yaml`), at };
}

async function labels(marked: string): Promise<readonly string[]> {
  const { text, at } = await scenario(marked);
  return (await text.completions(at)).map(({ label }) => label);
}

describe('a scenario file', () => {
  test('says what is wrong where it is', async () => {
    const { text } = await scenario(
      'default: { run: -3s }\npods:\n  - match: { index: x }\n    exitCod: 3\nactions:\n  - { at: 1 }\n',
    );
    const shown = (await text.diagnostics()).map(({ message, range }) => ({
      where: text.at(range),
      says: typeof message === 'string' ? message : message.value,
    }));
    assert.deepEqual(
      shown.map(({ where }) => where),
      ['x', '3', 'at'],
    );
    assert.match(shown[1]!.says, /exitCod.*exitCode/);
  });

  test('is outlined by its rules and actions', async () => {
    const { text } = await scenario(
      'default: { run: 3s }\npods:\n  - match: { index: 4 }\n    exitCode: 42\n  - run: -1\nactions:\n  - { at: 20, suspend: true }\n',
    );
    const outline = (await text.symbols()).map(({ name, detail, children }) => [
      name,
      detail,
      ...(children ?? []).map((child) => `${child.name}: ${child.detail ?? ''}`),
    ]);
    assert.deepEqual(outline, [
      ['default', 'run 3s'],
      ['pods', '', 'match index 4: exitCode 42', 'every pod: run -1'],
      ['actions', '', 'at 20: suspend true'],
    ]);
  });

  test('that is no YAML says so, and a good one says nothing', async () => {
    const broken = await scenario('default: {run: 3\n');
    assert.equal((await broken.text.diagnostics()).length, 1);
    const good = await scenario('default: { run: 3m, failureProbability: 0.1 }\n');
    assert.deepEqual(await good.text.diagnostics(), []);
  });

  test('completes fields where they may stand, and words', async () => {
    assert.ok((await labels('def|')).includes('default'));
    assert.ok((await labels('version: 1\n|\n')).includes('actions'));
    assert.ok(!(await labels('version: 1\n|\n')).includes('version'));
    const pod = await labels('pods:\n  - match: { ordinal: 1 }\n    |\n');
    assert.ok(pod.includes('exitCode') && pod.includes('disrupt') && !pod.includes('match'));
    assert.deepEqual(await labels('default:\n  disrupt: { at: 1, by: no| }\n'), [
      'eviction',
      'preemption',
      'taint',
      'node-loss',
      'node-unreachable',
    ]);
    assert.ok((await labels('default:\n  containers:\n    worker:\n      |\n')).includes('run'));
    assert.ok((await labels('')).length === 0 || (await labels('')).includes('default'));
  });

  test('explains its fields', async () => {
    const { text, at } = await scenario('pods:\n  - exit|Code: 3\n');
    const { contents } = (await text.hover(at)) as Hover;
    assert.match((contents as MarkupContent).value, /^\*\*exitCode\*\*: of the container/);
  });
});
