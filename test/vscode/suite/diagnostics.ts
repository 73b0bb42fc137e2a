import { assert } from 'chai';
import * as vscode from 'vscode';
import { closeAll, codeOf, diagnosticsOf, openExample, replace } from '../workspace.ts';

suite('diagnostics', () => {
  teardown(closeAll);

  test('the mistakes of an example are underlined where they are', async () => {
    const { document } = await openExample('mistakes.yaml');
    const diagnostics = await diagnosticsOf(document.uri, (found) => found.length >= 4);
    const errors = diagnostics.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    const marked = errors.map((error) => `${codeOf(error)} ${document.getText(error.range)}`);
    assert.includeMembers(marked, ['api/invalid OnFailure', 'api/invalid 0', 'api/invalid FailIndex']);
    assert.include(
      errors.map(codeOf),
      'api/required',
      'Indexed without completions is named: ' + JSON.stringify(marked),
    );
    for (const { code } of errors) assert.isObject(code, 'each finding links to its page');
  });

  test('a valid example has no error', async () => {
    const { document } = await openExample('nightly-report.yaml');
    const { document: other } = await openExample('mistakes.yaml');
    await diagnosticsOf(other.uri, (found) => found.length > 0);
    const errors = vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(errors, []);
  });

  test('they follow the text as it is typed, and a quick fix mends them', async () => {
    const editor = await openExample('fixed-completion-count.yaml');
    const { uri } = editor.document;
    await replace(editor, 'restartPolicy: Never', 'restartPolicy: Always');
    const found = await diagnosticsOf(uri, (all) => all.some((one) => codeOf(one) === 'api/required'));
    const { range } = found.find((one) => codeOf(one) === 'api/required')!;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    const fix = actions.find(({ title, edit }) => edit !== undefined && title.includes('Never'))?.edit;
    if (fix === undefined) throw new Error(`no fix among: ${actions.map(({ title }) => title).join(', ')}`);
    await vscode.workspace.applyEdit(fix);
    await diagnosticsOf(uri, (found) => !found.some((one) => codeOf(one) === 'api/required'));
    assert.include(editor.document.getText(), 'restartPolicy: Never');
  });

  test('they go away when the document is closed', async () => {
    const { document } = await openExample('mistakes.yaml');
    await diagnosticsOf(document.uri, (found) => found.length > 0);
    await closeAll();
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await diagnosticsOf(document.uri, (found) => found.length === 0);
    // The editor remembers the language for the tests that open it next.
    await vscode.languages.setTextDocumentLanguage(document, 'yaml');
  });
});
