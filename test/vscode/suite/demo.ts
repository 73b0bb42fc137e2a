import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { NoPageError, stage } from '../stage.ts';
import { closeAll, jobwright } from '../workspace.ts';

suite('the demo', () => {
  teardown(closeAll);

  test('a Job is watched without a cluster, to its end, with logs', async () => {
    const { panel } = await jobwright();
    await vscode.commands.executeCommand('jobwright.watchDemo', { example: true, speed: 20 });
    await eventually('pods of the demo', () => ((panel.lastSummary?.pods ?? 0) >= 4 ? true : null));
    const where = { context: 'demo, no cluster', namespace: 'demo', name: 'resize-photos' };
    await vscode.commands.executeCommand('jobwright.showLogs', where);
    const document = await eventually('the log', () => {
      const open = vscode.window.activeTextEditor?.document;
      return open?.uri.scheme === 'jobwright-log' && open.getText().includes('photos done') ? open : null;
    });
    assert.match(document.getText(), /^\[resize-photos-\d+-\w+\] part \d+: started/m);
    const end = await eventually('the end', () => panel.lastSummary?.end);
    assert.equal(`${end.outcome} ${end.reason}`, 'Failed FailedIndexes');
    try {
      await vscode.commands.executeCommand('jobwright.jobs.focus');
      const rows = (): Promise<readonly (string | null)[]> =>
        stage.attributes('.pane-body .monaco-list-row', 'aria-label');
      const row = (text: string): Promise<true> =>
        eventually(`the row ${text}`, async () =>
          (await rows()).some((label) => label?.includes(text)) ? true : null,
        );
      await row('demo, no cluster');
      await stage.click('.pane-body .monaco-list-row .monaco-icon-label', 'demo, no cluster');
      await row('resize-photos, Failed · ');
      await vscode.commands.executeCommand('workbench.view.explorer');
      await stage.screenshot('demo');
    } catch (error) {
      if (!(error instanceof NoPageError)) throw error;
    }
  });
});
