import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startEditor, type Editor } from './editor.ts';
import { fixture } from './fixture.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor();
});
after(() => editor.close());

/** Opens a text and compares its errors, as `rule ⟦what is underlined⟧`, with the marks in it. */
async function check(source: string, rules: readonly string[]): Promise<void> {
  const { text, marked } = fixture(source);
  const open = await editor.open(text);
  // A slow machine is shown what is known so far, and the rest a moment later.
  const { diagnostics } = await editor.shown(
    open.uri,
    (shown) => shown.diagnostics.filter(({ severity }) => severity === 1).length >= rules.length,
  );
  const errors = diagnostics.filter(({ severity }) => severity === 1);
  assert.deepEqual(
    errors.map(({ code, range }) => `${String(code)} ⟦${open.at(range)}⟧`),
    rules.map((rule, at) => `${rule} ⟦${marked[at]}⟧`),
  );
  await open.shut();
}

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: one
spec:
  backoffLimit: 3
  activeDeadlineSeconds: 3600
  ttlSecondsAfterFinished: 600
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: worker
          image: busybox:1.37
          resources: { requests: { cpu: 1, memory: 1Gi } }
`;

describe('diagnostics', () => {
  test('a mistake is underlined where it is', () => check(JOB.replace('Never', '⟦Always⟧'), ['api/required']));

  test('an unknown field is underlined at its name', () =>
    check(JOB.replace('backoffLimit', '⟦backofflimit⟧'), ['api/unknown-field']));

  test('of several documents each has its own', () =>
    check(`${JOB}---\n# empty\n---\n${JOB.replace('Never', '⟦Always⟧')}---\n${JOB}`, ['api/required']));

  test('items of a List are judged', () => {
    const indented = JOB.replace('Never', '⟦Always⟧').replaceAll(/^/gm, '    ').trimEnd();
    return check(`apiVersion: v1\nkind: List\nitems:\n  - ${indented.trimStart()}\n`, ['api/required']);
  });

  test('CRLF moves nothing', () => check(JOB.replace('Never', '⟦Always⟧').replaceAll('\n', '\r\n'), ['api/required']));

  test('other kinds, other groups and templates are left alone', async () => {
    for (const text of [
      'kind: Deployment\napiVersion: apps/v1\nspec: [',
      JOB.replace('batch/v1', 'batch.volcano.sh/v1alpha1').replace('Never', 'Always'),
      JOB.replace('name: one', 'name: {{ .Release.Name }}').replace('Never', 'Always'),
      'kind: CronJob\nschedule: "0 3 * * *"\nimage: { tag: 1 }\nresources: {}\n',
      'a: 1\n---\nb: 2\n',
      '',
      '\ufeff',
    ]) {
      const open = await editor.open(text);
      assert.deepEqual(await open.diagnostics(), [], text);
      await open.shut();
    }
  });

  test('each has a code, a source and a page', async () => {
    const open = await editor.open(JOB.replace('Never', 'Always'));
    const [first] = await open.diagnostics();
    assert.equal(first?.source, 'Jobwright');
    assert.match(String(first.code), /^(api|advice)\//);
    assert.match(first.codeDescription?.href ?? '', /^https:\/\//);
    await open.shut();
  });

  test('an edit is answered, also one in the middle of many documents', async () => {
    const open = await editor.open(`${JOB}---\n${JOB}---\n${JOB}`);
    assert.deepEqual(await open.diagnostics(), []);
    const second = open.document.getText().indexOf('Never', JOB.length);
    await open.edit(second, second + 'Never'.length, 'Always');
    const [wrong] = await open.diagnostics();
    assert.equal(open.at(wrong!.range), 'Always');
    await open.edit(0, 0, '# a comment\n# of two lines\n');
    const [moved] = await open.diagnostics();
    assert.equal(open.at(moved!.range), 'Always', 'what did not change moves with its document');
    assert.equal(moved!.range.start.line, wrong!.range.start.line + 2);
    await open.edit(0, open.document.getText().lastIndexOf('---\n'), '');
    assert.deepEqual(await open.diagnostics(), []);
    await open.shut();
  });

  test('they go when the text is closed', async () => {
    const open = await editor.open(JOB.replace('Never', 'Always'));
    assert.notEqual((await open.diagnostics()).length, 0);
    await open.shut();
    await editor.shown(open.uri, ({ diagnostics }) => diagnostics.length === 0);
  });

  test('a tab is named, and what stands around it is still understood', async () => {
    const open = await editor.open(JOB.replace('  backoffLimit: 3', '\tbackoffLimit: 3').replace('Never', 'Always'));
    const codes = (await open.diagnostics()).map(({ code }) => String(code));
    assert.ok(codes.includes('api/syntax'), codes.join());
    assert.ok(codes.includes('api/required'), codes.join());
    await open.shut();
  });

  test('half-typed text names no more than it has to', async () => {
    for (const typed of ['  back', '  backoffLimit', '  backoffLimit:', '  podFailurePolicy:\n    rules:\n      - ']) {
      const open = await editor.open(JOB.replace('  backoffLimit: 3', typed));
      const errors = (await open.diagnostics()).filter(({ severity }) => severity === 1);
      assert.ok(errors.length <= 2, `${typed}: ${JSON.stringify(errors)}`);
      await open.shut();
    }
  });
});

describe('settings', () => {
  test('switched off, nothing is shown; switched on again, it is', async () => {
    const wrong = await editor.open(JOB.replace('Never', 'Always'));
    assert.notEqual((await wrong.diagnostics()).length, 0);
    await editor.notify('workspace/didChangeConfiguration', { settings: { jobwright: { enable: false } } });
    await editor.shown(wrong.uri, ({ diagnostics }) => diagnostics.length === 0);
    await editor.notify('workspace/didChangeConfiguration', { settings: { jobwright: { enable: true } } });
    await editor.shown(wrong.uri, ({ diagnostics }) => diagnostics.length > 0);
    await wrong.shut();
  });

  test('advice can be switched off by itself', async () => {
    const own = await startEditor({
      capabilities: { workspace: { configuration: true } },
      configuration: () => ({ advice: { enable: false } }),
    });
    const open = await own.open(JOB.replace('  activeDeadlineSeconds: 3600\n', '').replace('Never', 'Always'));
    const { diagnostics } = await own.shown(open.uri, ({ diagnostics: shown }) =>
      shown.every(({ code }) => !String(code).startsWith('advice/')),
    );
    assert.ok(diagnostics.some(({ code }) => code === 'api/required'));
    await own.close();
  });
});

describe('a client that asks for diagnostics', () => {
  test('gets them, and from then on nothing unasked', async () => {
    const own = await startEditor({ capabilities: { textDocument: { diagnostic: {} } } });
    assert.ok(own.initialized.capabilities.diagnosticProvider);
    const open = await own.open(JOB.replace('Never', 'Always'));
    await open.diagnostics();
    const report = await own.request<{ items: unknown[] }>('textDocument/diagnostic', {
      textDocument: { uri: open.uri },
    });
    assert.notEqual(report.items.length, 0);
    await own.shown(open.uri, ({ diagnostics }) => diagnostics.length === 0);
    await own.close();
  });

  test('is not invited to when it said that it wants them sent', async () => {
    const own = await startEditor({
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: { diagnostics: 'push' },
    });
    assert.equal(own.initialized.capabilities.diagnosticProvider, undefined);
    await own.close();
  });
});
