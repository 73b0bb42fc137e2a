import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { closeAll, diagnosticsOf, jobwright } from '../workspace.ts';

function label({ label: name }: vscode.CompletionItem): string {
  return typeof name === 'string' ? name : name.label;
}

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return items;
}

suite('completion', () => {
  teardown(closeAll);

  test('a snippet for each of the guide\u2019s patterns writes a Job that the API server takes', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: 'kind: Job\n' });
    const editor = await vscode.window.showTextDocument(document);
    await (
      await jobwright()
    ).ready;
    const items = await eventually('snippets', async () => {
      const found = await completions(document, new vscode.Position(1, 0));
      return found.some((item) => label(item).startsWith('job')) ? found : null;
    });
    const snippets = items.filter(
      (item) => item.kind === vscode.CompletionItemKind.Snippet && /^(cron)?job-?/.test(label(item)),
    );
    assert.isAtLeast(snippets.length, 4, items.map(label).join(', '));
    for (const snippet of snippets) {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const { insertText } = snippet;
      const text = insertText instanceof vscode.SnippetString ? insertText : new vscode.SnippetString(insertText ?? '');
      if (!text.value.includes('apiVersion')) continue;
      await editor.insertSnippet(text, whole);
      await diagnosticsOf(
        document.uri,
        (found) => !found.some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      );
    }
  });

  test('fields that may stand here are offered, those present are not', async () => {
    const content = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\nspec:\n  completions: 3\n  \n';
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    await (
      await jobwright()
    ).ready;
    const names = await eventually('fields', async () => {
      const found = (await completions(document, new vscode.Position(6, 2))).map(label);
      return found.includes('parallelism') ? found : null;
    });
    assert.include(names, 'backoffLimit');
    assert.notInclude(names, 'completions');
  });
});
