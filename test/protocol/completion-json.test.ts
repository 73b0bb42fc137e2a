import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TextEdit } from 'vscode-languageserver-protocol';
import { startEditor, type Editor } from './editor.ts';

let editor: Editor;
before(async () => {
  const completion = { completionItem: { snippetSupport: true } };
  editor = await startEditor({ capabilities: { textDocument: { completion } } });
});
after(() => editor.close());

/** The text after an item was taken; `‸` is the cursor. */
async function taken(marked: string, label: string): Promise<string> {
  const cursor = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const open = await editor.open(text);
  const items = await open.completions(cursor);
  await open.shut();
  const item = items.find((one) => one.label === label);
  assert.ok(
    item !== undefined,
    `${label} is offered in ${marked}, not only: ${items.map((one) => one.label).join(', ')}`,
  );
  const { range, newText } = item.textEdit as TextEdit;
  const from = open.document.offsetAt(range.start);
  // What an editor filters by has to begin with what it replaces, up to the cursor.
  assert.ok(item.filterText?.startsWith(text.slice(from, cursor)), `${item.filterText} in ${marked}`);
  return text.slice(0, from) + newText + text.slice(open.document.offsetAt(range.end));
}

/** A Job in JSON, line by line, with such lines in its spec. */
const job = (spec: string): string =>
  `{\n  "apiVersion": "batch/v1",\n  "kind": "Job",\n  "spec": {\n${spec}\n  }\n}\n`;
const line = '{"apiVersion":"batch/v1","kind":"Job","spec":';

describe('completion in JSON', () => {
  test('a name comes with both quotes, whichever are there', async () => {
    for (const typed of ['‸', '"‸"', '"par‸"', 'par‸', '"‸', '"par‸']) {
      const whole = await taken(job(`    "completions": 3,\n    ${typed}`), 'parallelism');
      assert.deepEqual((JSON.parse(whole.replace(': \n', ': 2\n')) as { spec: object }).spec, {
        completions: 3,
        parallelism: 2,
      });
      assert.equal(await taken(`${line}{${typed}}}`, 'parallelism'), `${line}{"parallelism": }}`);
    }
    assert.match(await taken(job('    "‸",\n    "completions": 3'), 'suspend'), /^ {4}"suspend": ,$/m);
    assert.match(await taken(job('    "paral‸": 3'), 'parallelism'), /^ {4}"parallelism": 3$/m);
    assert.match(
      await taken(job('    "template": { "metadata": { "annotations": { "‸" } } }'), 'helm.sh/hook'),
      /{ "helm.sh\/hook": {2}}/,
    );
    // Nothing is closed yet.
    assert.equal(await taken(`${line}{"comp‸`, 'completions'), `${line}{"completions": `);
  });

  test('a value is a text where it has to be one', async () => {
    for (const typed of ['‸', '"‸"', '"Ind‸"'])
      for (const [before, after] of [
        ['"completionMode": ', '\n  }'],
        ['"completionMode":', ',\n    "completions": 3\n  }'],
      ] as const) {
        const text = job(`    ${before}${typed}`).replace('\n  }', after);
        const { spec } = JSON.parse(await taken(text, 'Indexed')) as { spec: { completionMode: string } };
        assert.equal(spec.completionMode, 'Indexed');
      }
    assert.match(await taken(job('    "suspend": ‸'), 'true'), /"suspend": true$/m);
  });

  test('a name in quotes is one in YAML, too', async () => {
    const yaml = 'apiVersion: batch/v1\nkind: Job\nspec:\n  ';
    assert.equal(await taken(`${yaml}"comp‸"\n`, 'completions'), `${yaml}"completions": \n`);
    assert.equal(await taken(`${yaml}"temp‸\n`, 'template'), `${yaml}"template":\n    \n`);
    assert.equal(
      await taken('apiVersion: batch/v1\nkind: Job\nspec: {"comp‸"}\n', 'completions'),
      'apiVersion: batch/v1\nkind: Job\nspec: {"completions": }\n',
    );
  });
});
