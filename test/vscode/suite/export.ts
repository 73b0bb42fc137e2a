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

  async function saved(command: string, file: vscode.Uri): Promise<Uint8Array> {
    try {
      await vscode.commands.executeCommand(command, file);
      return await eventually(`the file of ${command}`, async () => {
        try {
          const bytes = await vscode.workspace.fs.readFile(file);
          return bytes.length > 0 ? bytes : null;
        } catch {
          return null;
        }
      });
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  }

  const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

  test('a run is saved as pictures and as a trace', async () => {
    const uri = await simulated();
    const beside = (ending: string): vscode.Uri => uri.with({ path: uri.path.replace(/\.yaml$/, ending) });
    assert.match(textOf(await saved('jobwright.saveRunAsSvg', beside('.svg'))), /^<svg [\s\S]*<\/svg>\n$/);
    const picture = await saved('jobwright.saveRunAsPng', beside('.png'));
    assert.deepEqual([...picture.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    assert.equal(new DataView(picture.buffer, picture.byteOffset).getUint32(16), 2400, 'as wide as for a dense screen');
    const trace = JSON.parse(textOf(await saved('jobwright.saveRunAsJson', beside('.trace.json')))) as {
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
