import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { NoPageError, stage } from '../stage.ts';
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

/** True once a page inside the workbench has the heading; a desktop window cannot be looked into. */
async function headingShown(selector: string, words: string): Promise<true | null> {
  const shown = await stage.frameText(selector).catch((error: unknown) => {
    if (error instanceof NoPageError) return [words];
    throw error;
  });
  return shown.includes(words) ? true : null;
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

  test('its link opens the page that comes with the extension, at the heading', async () => {
    const editor = await openExample('backoff-and-deadline.yaml');
    const words = await hoverOn(editor, 'backoffLimit:');
    const [, command, said] = /\n\[More in the guide\]\(command:([\w.]+)\?([^)]+)\)$/.exec(words) ?? [];
    if (command === undefined || said === undefined) throw new Error(words);
    await vscode.commands.executeCommand(command, ...(JSON.parse(decodeURIComponent(said)) as unknown[]));
    await eventually('the guide', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => label.includes('guide.md'))
        ? true
        : null,
    );
    // The preview names its headings itself: ours has to be the same name.
    await eventually('the heading', () => headingShown('#retries-and-time', 'Retries and time'));
  });
});
