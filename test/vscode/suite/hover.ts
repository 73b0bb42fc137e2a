import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { closeAll, openExample } from '../workspace.ts';

async function hoverOn(editor: vscode.TextEditor, text: string): Promise<string> {
  const position = editor.document.positionAt(editor.document.getText().indexOf(text) + 1);
  return eventually(`a hover on ${text}`, async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      position,
    );
    const words = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
      .join('\n');
    return words === '' ? null : words;
  });
}

suite('hover', () => {
  teardown(closeAll);

  test('parallelism says how many pods run at once in this Job', async () => {
    const editor = await openExample('fixed-completion-count.yaml');
    assert.match(await hoverOn(editor, 'parallelism:'), /\b3\b/);
  });

  test('backoffLimit says how long its retries wait', async () => {
    const editor = await openExample('backoff-and-deadline.yaml');
    const words = await hoverOn(editor, 'backoffLimit:');
    assert.match(words, /10 s/);
    assert.match(words, /20 s/);
    assert.match(words, /40 s/);
  });

  test('a schedule is read in words with its next runs', async () => {
    const editor = await openExample('nightly-report.yaml');
    assert.match(await hoverOn(editor, 'schedule:'), /03:30|3:30/);
  });
});
