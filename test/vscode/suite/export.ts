import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { NoPageError, stage } from '../stage.ts';
import { closeAll, jobwright, openExample } from '../workspace.ts';

const BUTTON = 'nav[aria-label="Export"] button:last-child';

suite('export', () => {
  teardown(closeAll);

  async function simulated(): Promise<vscode.Uri> {
    const { document } = await openExample('fixed-completion-count.yaml');
    await vscode.commands.executeCommand('jobwright.simulate');
    const { panel } = await jobwright();
    await eventually('ten pods', () => (panel.lastSummary?.pods === 10 ? true : null));
    return document.uri;
  }

  async function saved(command: string, file: vscode.Uri): Promise<string> {
    try {
      await vscode.commands.executeCommand(command, file);
      return await eventually(`the file of ${command}`, async () => {
        try {
          const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
          return text.endsWith('\n') ? text : null;
        } catch {
          return null;
        }
      });
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  }

  test('a run is saved as a picture and as a trace', async () => {
    const uri = await simulated();
    const beside = (ending: string): vscode.Uri => uri.with({ path: uri.path.replace(/\.yaml$/, ending) });
    assert.match(await saved('jobwright.saveRunAsSvg', beside('.svg')), /^<svg [\s\S]*<\/svg>\n$/);
    const trace = JSON.parse(await saved('jobwright.saveRunAsJson', beside('.trace.json'))) as {
      pods: unknown[];
      end: { reason: string };
    };
    assert.equal(trace.pods.length, 10);
    assert.equal(trace.end.reason, 'CompletionsReached');
  });

  test('a button copies the run as Markdown', async function () {
    await simulated();
    await vscode.env.clipboard.writeText('');
    try {
      await stage.panelClick(BUTTON);
    } catch (error) {
      if (error instanceof NoPageError) this.skip();
      throw error;
    }
    const text = await eventually('the clipboard', async () => (await vscode.env.clipboard.readText()) || null);
    assert.match(text, /^## Job .*\(simulated\)\n\nCompletes with CompletionsReached/);
    await stage.screenshot('export');
  });
});
