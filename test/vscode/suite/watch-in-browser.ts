import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { stage } from '../stage.ts';
import { closeAll, openExample } from '../workspace.ts';

suite('watch in a browser', () => {
  teardown(closeAll);

  test('this is the web worker host, without Node', () => {
    assert.isFalse('process' in globalThis && 'pid' in process);
  });

  /** What the workbench tells, once it says `word`: it shows no toasts under test, but lists them all the same. */
  function told(word: string): Promise<string> {
    return eventually(`an explanation with ${word}`, async () => {
      await vscode.commands.executeCommand('notifications.showList');
      const text = (await stage.text('.notifications-center')).join('\n');
      return text.includes(word) ? text : null;
    });
  }

  test('the command explains why not', async () => {
    await openExample('indexed.yaml');
    void vscode.commands.executeCommand('jobwright.watch');
    assert.match(await told('browser'), /desktop/i);
  });

  test('so does each that would change a cluster', async () => {
    await openExample('indexed.yaml');
    void vscode.commands.executeCommand('jobwright.apply');
    assert.match(await told('Changing a Job'), /browser cannot open/);
  });
});
