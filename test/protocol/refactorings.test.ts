import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startEditor, type Editor } from './editor.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor();
});
after(() => editor.close());

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  completions: 4
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: worker, image: 'worker:1.0' }]
`;
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

describe('code actions', () => {
  test('say their kinds, so that saving may ask for one', () => {
    assert.deepEqual(editor.initialized.capabilities.codeActionProvider, {
      codeActionKinds: ['quickfix', 'source.fixAll.jobwright', 'refactor.extract', 'refactor.rewrite'],
    });
  });

  test('refactorings of the Job at the cursor, also in the second document', async () => {
    const open = await editor.open(`${JOB}---\n${JOB}`);
    const line = JOB.split('\n').length + 1;
    const here = { line, character: 2 };
    const actions = await open.actions({ start: here, end: here }, [], ['refactor']);
    assert.deepEqual(
      actions.map(({ title, kind }) => `${kind}: ${title}`),
      ['refactor.rewrite: Make it Indexed (indexes 0 to 3)', 'refactor.rewrite: Make it a CronJob (every night at 3)'],
    );
    const text = open.apply(actions[0]!);
    assert.equal(
      text,
      `${JOB}---\n${JOB.replace('  completions: 4\n', '  completions: 4\n  completionMode: Indexed\n')}`,
    );
    assert.deepEqual(await open.actions({ start: here, end: here }, [], ['refactor.extract']), []);
    await open.shut();
  });

  test('fix all that is wrong in every document, when asked for by name only', async () => {
    const broken = JOB.replace('Never', 'never').replace('completions', 'completion');
    const open = await editor.open(`${broken}---\n${broken}`);
    for (const only of ['source.fixAll.jobwright', 'source.fixAll', 'source']) {
      const [action, ...others] = await open.actions(START, [], [only]);
      assert.deepEqual(
        [action?.kind, action?.title, others],
        ['source.fixAll.jobwright', 'Fix all that is wrong (4 places)', []],
      );
      assert.equal(open.apply(action!), `${JOB}---\n${JOB}`);
    }
    assert.deepEqual(
      (await open.actions(START)).filter(({ kind }) => kind?.startsWith('source')),
      [],
    );
    assert.deepEqual(await open.actions(START, [], ['source.organizeImports']), []);
    await open.shut();
    const fine = await editor.open(JOB);
    assert.deepEqual(await fine.actions(START, [], ['source.fixAll.jobwright']), []);
    await fine.shut();
  });
});
