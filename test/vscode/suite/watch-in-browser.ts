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

  test('the command explains why not', async () => {
    await openExample('indexed.yaml');
    void vscode.commands.executeCommand('jobwright.watch');
    const words = await eventually('the explanation', async () => {
      await vscode.commands.executeCommand('notifications.showList');
      const text = (await stage.text('.notifications-center')).join('\n');
      return text.includes('browser') ? text : null;
    });
    assert.match(words, /desktop/i);
  });
});
