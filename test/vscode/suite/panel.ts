import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { stage, withPage } from '../stage.ts';
import { closeAll, jobwright, openExample, replace } from '../workspace.ts';

/** Simulates an example; resolves with its editor once the panel has drawn so many pods. */
async function simulated(example: string, pods: number): Promise<vscode.TextEditor> {
  const editor = await openExample(example);
  await vscode.commands.executeCommand('jobwright.simulate');
  await drawnWith(pods);
  return editor;
}

async function drawnWith(pods: number): Promise<void> {
  const { panel } = await jobwright();
  await eventually(`${pods} pods`, () => (panel.lastSummary?.pods === pods ? true : null));
}

suite('the panel as a person plays with it', () => {
  teardown(closeAll);

  test('the lifecycle is lit where the Job is, and marks the field at the cursor', async function () {
    await withPage(this, async () => {
      const editor = await simulated('backoff-and-deadline.yaml', 100);
      await stage.panelClick('#tab-Lifecycle');
      const lit = await eventually('a lit station', async () => {
        const texts = await stage.panelText('.station.lit .station-label');
        return texts.length > 0 ? texts : null;
      });
      assert.deepEqual(lit, ['Complete']);
      await stage.screenshot('lifecycle');
      const at = editor.document.positionAt(editor.document.getText().indexOf('backoffLimit:') + 3);
      editor.selection = new vscode.Selection(at, at);
      await eventually('the marked station', async () => {
        const [marked] = await stage.panelText('.station.marked .station-label');
        return marked === 'Limit exceeded?' ? marked : null;
      });
      const serious = (await stage.panelAccessibility()).filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      assert.deepEqual(serious, []);
    });
  });

  test('a pod’s fate and an action at the playhead change the run, and can be taken back', async function () {
    await withPage(this, async () => {
      await simulated('fixed-completion-count.yaml', 10);
      await stage.panelPress('.slider', 'Home');
      await stage.panelPress('.slider', 'ArrowDown');
      await stage.panelClick('.fate button:has-text("fails with exit code")');
      await drawnWith(11);
      await stage.panelClick('.fate button:has-text("scales parallelism")');
      const chips = await eventually('two chips', async () => {
        const texts = await stage.panelText('.chip');
        return texts.length === 2 ? texts : null;
      });
      assert.match(chips.join(' '), /fails with exit code 42.*scale to/s);
      await stage.screenshot('playing');
      await stage.panelClick('.scenario button:has-text("Reset")');
      await drawnWith(10);
    });
  });

  test('a pinned run is held against the edited one', async function () {
    await withPage(this, async () => {
      const editor = await simulated('indexed.yaml', 5);
      await stage.panelClick('.toolbar button:has-text("Pin")');
      await replace(editor, 'completions: 5', 'completions: 8');
      await drawnWith(8);
      const differing = await eventually('what differs', async () => {
        const texts = await stage.panelText('.comparison .differs');
        return texts.length > 0 ? texts : null;
      });
      assert.include(differing, '≠ 8');
      await stage.screenshot('compare');
    });
  });
});
