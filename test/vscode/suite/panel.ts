import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { stage, withPage } from '../stage.ts';
import { seenInEveryTheme, seriousFindings } from '../themes.ts';
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

/** The tab, the stretch of time, the playhead, what rows are and the chosen pod. */
async function shownNow(): Promise<string> {
  const parts = await Promise.all([
    stage.panelText('[role="tab"][aria-selected="true"]'),
    stage.panelAttribute('.overview', 'aria-valuetext'),
    stage.panelAttribute('.slider', 'aria-valuetext'),
    stage.panelText('.details h2'),
  ]);
  return JSON.stringify(parts);
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
      // The focus brings the graph into sight.
      await stage.panelPress('.lifecycle', 'Shift');
      await seenInEveryTheme('lifecycle');
      const at = editor.document.positionAt(editor.document.getText().indexOf('backoffLimit:') + 3);
      editor.selection = new vscode.Selection(at, at);
      await eventually('the marked station', async () => {
        const [marked] = await stage.panelText('.station.marked .station-label');
        return marked === 'Limit exceeded?' ? marked : null;
      });
      assert.deepEqual(await seriousFindings(), []);
    });
  });

  test('a pod’s fate and an action at the playhead change the run, and can be taken back', async function () {
    await withPage(this, async () => {
      await simulated('fixed-completion-count.yaml', 10);
      await stage.panelPress('.slider', 'Home');
      await stage.panelPress('.slider', 'ArrowDown');
      await stage.panelClick('.fate button:has-text("fails with exit code")');
      await drawnWith(11);
      // The panel is narrow: what is changed and what follows are seen together.
      const [chart, fate] = await Promise.all([stage.panelSeen('.chart'), stage.panelSeen('.chosen-pod .fate')]);
      assert.isAbove(Math.min(chart, fate), 0.9, `${chart} of the picture, ${fate} of the editor`);
      await stage.panelClick('.fate button:has-text("scales parallelism")');
      const chips = await eventually('two chips', async () => {
        const texts = await stage.panelText('.chip');
        return texts.length === 2 ? texts : null;
      });
      assert.match(chips.join(' '), /fails with exit code 42.*scale to/s);
      await seenInEveryTheme('playing');
      await stage.panelClick('.scenario button:has-text("Reset")');
      await drawnWith(10);
    });
  });

  test('it plays, pauses and goes from event to event', async function () {
    await withPage(this, async () => {
      await simulated('fixed-completion-count.yaml', 10);
      const now = (): Promise<string> => stage.panelText('.clock b').then(([text]) => text ?? '');
      await stage.panelPress('.slider', 'Home');
      await eventually('the start', async () => ((await now()) === '0 s' ? true : null));
      await stage.panelPress('.slider', 'Space');
      await eventually('a later moment', async () => (/^[1-9]/.test(await now()) ? true : null));
      await stage.panelClick('.toolbar button[aria-label^="Pause"]');
      const paused = await now();
      await stage.panelPress('.slider', 'ArrowRight');
      await eventually('the next event', async () => ((await now()) === paused ? null : true));
      await stage.panelPress('.slider', 'End');
      await eventually('the end', async () => ((await now()) === '22.2 s' ? true : null));
    });
  });

  test('where the editor is to move less, it plays from event to event', async function () {
    await withPage(this, async () => {
      const settings = vscode.workspace.getConfiguration('workbench');
      await settings.update('reduceMotion', 'on', vscode.ConfigurationTarget.Global);
      try {
        await simulated('fixed-completion-count.yaml', 10);
        const { panel } = await jobwright();
        // Where the playhead rested last; gliding it does not rest before the end.
        const after = (before: number): Promise<number> =>
          eventually('another moment', () => {
            const now = panel.lastState?.playhead ?? before;
            return now === before ? null : now;
          });
        await stage.panelPress('.slider', 'Home');
        await eventually('the start', () => (panel.lastState?.playhead === 0 ? true : null));
        const events = [0];
        while (events.length < 5) {
          await stage.panelPress('.slider', 'ArrowRight');
          events.push(await after(events.at(-1)!));
        }
        await stage.panelPress('.slider', 'Home');
        await eventually('the start', () => (panel.lastState?.playhead === 0 ? true : null));
        await stage.panelPress('.slider', ' ');
        const played = [0];
        while (played.length < 3) played.push(await after(played.at(-1)!));
        await stage.panelPress('.slider', ' ');
        assert.includeMembers(events, played);
      } finally {
        await settings.update('reduceMotion', undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });

  test('changes are taken back and made again; “?” shows the keys', async function () {
    await withPage(this, async () => {
      await simulated('fixed-completion-count.yaml', 10);
      await stage.panelPress('.slider', 'Home');
      await stage.panelPress('.slider', 'ArrowDown');
      await stage.panelClick('.fate button:has-text("never finishes")');
      const chips = (count: number) => (): Promise<true | null> =>
        stage.panelText('.chip').then(({ length }) => (length === count ? true : null));
      await eventually('the change', chips(1));
      await stage.panelPress('.slider', 'Control+z');
      await eventually('no change', chips(0));
      await stage.panelPress('.slider', 'Control+Shift+z');
      await eventually('the change again', chips(1));
      await stage.panelPress('.slider', '?');
      const keys = await eventually('the keys', async () => {
        const texts = await stage.panelText('dialog[open] kbd');
        return texts.length > 0 ? texts : null;
      });
      assert.include(keys, 'Ctrl+Z');
      await seenInEveryTheme('keys');
      await stage.panelPress('dialog[open] button', 'Escape');
      await eventually('the keys gone', async () =>
        (await stage.panelText('dialog[open]')).length === 0 ? true : null,
      );
    });
  });

  test('while its scenario file is open, a change is an edit of that text, and the editor’s undo takes it back', async function () {
    await withPage(this, async () => {
      const { document } = await openExample('fixed-completion-count.yaml');
      const file = document.uri.with({ path: document.uri.path.replace(/\.yaml$/, '.jobwright.yaml') });
      const before = '# all of them\ndefault: { run: 6s }\n';
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(before));
      try {
        const scenario = await vscode.workspace.openTextDocument(file);
        await vscode.window.showTextDocument(scenario, { viewColumn: vscode.ViewColumn.One, preview: false });
        await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
        await vscode.commands.executeCommand('jobwright.simulate');
        await drawnWith(10);
        await stage.panelPress('.slider', 'Home');
        await stage.panelPress('.slider', 'ArrowDown');
        await stage.panelClick('.fate button:has-text("fails with exit code")');
        await drawnWith(11);
        assert.isTrue(scenario.isDirty, 'the text is unsaved');
        assert.equal(scenario.getText(), `${before}pods:\n  - match: { ordinal: "0" }\n    exitCode: 42\n`);
        assert.deepEqual(await stage.panelText('.chip'), [], 'nothing is laid over the file');
        await stage.screenshot('open-scenario');
        await stage.panelClick('button[aria-label^="Undo"]');
        await drawnWith(10);
        assert.equal(scenario.getText(), before);
        await stage.panelClick('button[aria-label^="Redo"]');
        await drawnWith(11);
        await vscode.window.showTextDocument(scenario, vscode.ViewColumn.One);
        await vscode.commands.executeCommand('undo');
        await drawnWith(10);
        await vscode.commands.executeCommand('workbench.action.files.revert');
      } finally {
        await vscode.workspace.fs.delete(file);
      }
    });
  });

  test('another scenario file of the folder is chosen, and none', async function () {
    await withPage(this, async () => {
      const { document } = await openExample('fixed-completion-count.yaml');
      const file = vscode.Uri.joinPath(document.uri, '..', 'bad-night.jobwright.yaml');
      await vscode.workspace.fs.writeFile(
        file,
        new TextEncoder().encode('pods: [{ match: { ordinal: 0 }, exitCode: 1 }]\n'),
      );
      try {
        await vscode.commands.executeCommand('jobwright.simulate');
        await drawnWith(10);
        await stage.panelSelect('select[aria-label="Scenario file"]', 'bad-night.jobwright.yaml');
        await drawnWith(11);
        await stage.panelSelect('select[aria-label="Scenario file"]', '');
        await drawnWith(10);
      } finally {
        await vscode.workspace.fs.delete(file);
      }
    });
  });

  test('a panel that was hidden shows what it showed', async function () {
    await withPage(this, async () => {
      await simulated('indexed.yaml', 5);
      await stage.panelClick('#tab-Pods');
      await stage.panelPress('.slider', 'Home');
      await stage.panelPress('.slider', 'ArrowDown');
      await stage.panelPress('.slider', '+');
      await stage.panelSelect('select[aria-label="Rows by"]', 'pod');
      const before = await eventually('what is shown', async () => {
        const now = await shownNow();
        return now.includes('from 0 s') ? now : null;
      });
      const { panel } = await jobwright();
      await eventually('the state at rest', () => (panel.lastState?.view?.rowsBy === 'pod' ? true : null));
      const { uri } = vscode.workspace.workspaceFolders![0]!;
      await vscode.window.showTextDocument(vscode.Uri.joinPath(uri, 'mistakes.yaml'), {
        viewColumn: vscode.ViewColumn.Two,
      });
      await eventually('the panel hidden', async () =>
        (await stage.panelText('.overview')).length === 0 ? true : null,
      );
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await eventually('what is kept', async () => {
        const now = await shownNow();
        assert.equal(now, before);
        return now;
      });
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
      await seenInEveryTheme('compare');
    });
  });
});
