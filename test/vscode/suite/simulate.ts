import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { stage, withPage } from '../stage.ts';
import { seenInEveryTheme } from '../themes.ts';
import { closeAll, jobwright, openExample, replace } from '../workspace.ts';

/** The panel's own account of its picture, once `wanted` accepts it. */
async function drawn(what: string, wanted: (pods: number, outcome: string | undefined) => boolean): Promise<string> {
  const { panel } = await jobwright();
  return eventually(what, () => {
    const summary = panel.lastSummary;
    return summary !== null && wanted(summary.pods, summary.end?.outcome)
      ? `${summary.end?.outcome ?? ''} ${summary.end?.reason ?? ''}`
      : null;
  });
}

suite('simulate', () => {
  teardown(closeAll);

  test('the code lens above a Job offers it', async () => {
    const { document } = await openExample('indexed.yaml');
    const titles = await eventually('code lenses', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return lenses.length > 0 ? lenses.map(({ command }) => command?.title ?? '') : null;
    });
    assert.isTrue(
      titles.some((title) => title.includes('Simulate')),
      titles.join(', '),
    );
  });

  test('a panel shows the final condition with its reason', async () => {
    await openExample('fixed-completion-count.yaml');
    await vscode.commands.executeCommand('jobwright.simulate');
    assert.equal(await drawn('ten pods', (pods) => pods === 10), 'Complete CompletionsReached');
  });

  test('it follows the document as it is edited', async () => {
    const editor = await openExample('indexed.yaml');
    await vscode.commands.executeCommand('jobwright.simulate');
    await drawn('five pods', (pods) => pods === 5);
    await replace(editor, 'completions: 5', 'completions: 8');
    await drawn('eight pods', (pods, outcome) => pods === 8 && outcome === 'Complete');
  });

  test('a CronJob is shown with its runs', async function () {
    await openExample('nightly-report.yaml');
    await vscode.commands.executeCommand('jobwright.simulate');
    const { panel } = await jobwright();
    const runs = await eventually('runs', () => panel.lastSummary?.runs ?? null);
    assert.equal(runs, 12);
    await withPage(this, async () => {
      assert.lengthOf(await stage.panelText('.calendar-item'), 7);
      await seenInEveryTheme('cron-nightly');
    });
  });

  test('a calendar shows a CronJob’s runs, and the day on which clocks change', async function () {
    await withPage(this, async () => {
      const { document } = await openExample('nightly-report.yaml');
      const file = document.uri.with({ path: document.uri.path.replace(/\.yaml$/, '.jobwright.yaml') });
      // Each runs into the next; one fails.
      const scenario =
        "start: '2026-03-26T00:00:00Z'\ndefault: { run: 90m }\npods: [{ match: { run: 1 }, exitCode: 3 }]\n";
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(scenario));
      try {
        await vscode.commands.executeCommand('jobwright.simulate');
        const changes = await eventually('the change of the clocks', async () => {
          const texts = await stage.panelText('.clock-change');
          return texts.length > 0 ? texts.join() : null;
        });
        assert.match(changes, /Sun 29 Mar.*go forward by 1 h, from 02:00 to 03:00/);
        assert.deepEqual(await stage.panelText('.calendar-head .badge'), ['23 h']);
        await stage.panelPress('.calendar-item', 'ArrowRight');
        await seenInEveryTheme('cron');
        const chosen = (): Promise<string | null> =>
          stage.panelText('.calendar-item.chosen').then(([text]) => text ?? null);
        const second = await eventually('the second run', chosen);
        await stage.panelPress('.calendar-item.chosen', 'Enter');
        await eventually('its own timeline', async () => ((await stage.panelText('.slider')).length > 0 ? true : null));
        await stage.panelClick('.back button');
        assert.equal(await eventually('the calendar, where it was', chosen), second);
        await stage.panelPress('.calendar-item.chosen', 'c');
        await eventually('the timeline', async () =>
          (await stage.panelText('.cron-rows li')).length > 0 ? true : null,
        );
        const { panel } = await jobwright();
        await eventually('what is kept', () => (panel.lastState?.view?.runs?.as === 'timeline' ? true : null));
        await stage.panelPress('.cron-toolbar button', '?');
        const keys = await eventually('the keys', async () => {
          const texts = await stage.panelText('dialog[open] kbd');
          return texts.length > 0 ? texts : null;
        });
        assert.include(keys, 'Ctrl+Z');
        assert.notInclude(keys, 'Space');
      } finally {
        await vscode.workspace.fs.delete(file);
      }
    });
  });

  test('a scenario file beside the manifest counts, also before it is saved', async () => {
    const { document } = await openExample('backoff-and-deadline.yaml');
    const file = document.uri.with({ path: document.uri.path.replace(/\.yaml$/, '.jobwright.yaml') });
    try {
      await vscode.commands.executeCommand('jobwright.simulate');
      await drawn('the plain end', (_, outcome) => outcome === 'Complete');
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('default: { exitCode: 3 }\n'));
      await drawn('the end by the file', (_, outcome) => outcome === 'Failed');
      const scenario = await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.One });
      await replace(scenario, 'exitCode: 3', 'exitCode: 0');
      await drawn('the end by the unsaved text', (_, outcome) => outcome === 'Complete');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    } finally {
      await vscode.workspace.fs.delete(file);
    }
    await drawn('the plain end again', (_, outcome) => outcome === 'Complete');
  });

  test('a person sees it, in every kind of theme', async function () {
    await withPage(this, async () => {
      await openExample('fixed-completion-count.yaml');
      await vscode.commands.executeCommand('jobwright.simulate');
      await drawn('ten pods', (pods) => pods === 10);
      await seenInEveryTheme('simulate');
    });
  });
});
