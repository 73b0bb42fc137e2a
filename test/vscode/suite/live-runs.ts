import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { given } from '../given.ts';
import { NoPageError, stage } from '../stage.ts';
import { closeAll, jobwright } from '../workspace.ts';

const where = { context: 'admin', namespace: 'kept', name: 'keeper' } as const;

function folder(): vscode.Uri {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (uri === undefined) throw new Error('no folder is open');
  return uri;
}

suite('live runs', () => {
  const written: vscode.Uri[] = [];
  const file = (name: string): vscode.Uri => {
    const uri = vscode.Uri.joinPath(folder(), name);
    written.push(uri);
    return uri;
  };

  suiteSetup(async function () {
    if (given.cluster !== null) this.skip();
    await stage.createJob(
      where.namespace,
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: where.name },
        spec: {
          completions: 2,
          parallelism: 2,
          completionMode: 'Indexed',
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'worker', image: 'busybox', env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }],
            },
          },
        },
      },
      { default: { startup: 0.2, run: 2 } },
    );
  });
  teardown(closeAll);
  suiteTeardown(async () => {
    for (const uri of written) await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
  });

  test('logs of a whole Job are a document that can be searched, with time stamps on demand', async () => {
    await vscode.commands.executeCommand('jobwright.showLogs', where);
    const editor = await eventually('the log', () =>
      vscode.window.activeTextEditor?.document.uri.scheme === 'jobwright-log' ? vscode.window.activeTextEditor : null,
    );
    const { document } = editor;
    await eventually('both ends', () => (document.getText().match(/exits with 0/g)?.length === 2 ? true : null));
    assert.match(document.getText(), /^\[keeper-\d-\w+\] worker starts, index \d/m);
    assert.notMatch(document.getText(), /^\d{4}-/m);
    await vscode.commands.executeCommand('jobwright.toggleLogTimestamps', document.uri);
    await eventually('time stamps', () => (/^\d{4}-\d\d-\d\dT\S+Z \[keeper/m.test(document.getText()) ? true : null));
    try {
      await stage.screenshot('logs');
    } catch (error) {
      if (!(error instanceof NoPageError)) throw error;
    }
  });

  test('a watched run is recorded, opened without the cluster, reported on and simulated', async () => {
    const { panel } = await jobwright();
    await vscode.commands.executeCommand('jobwright.watch', where);
    await eventually('the end', () => panel.lastSummary?.end);
    const recording = file('keeper.jobwright.json');
    await vscode.commands.executeCommand('jobwright.saveRecording', { ...where, file: recording.toString() });
    const report = file('keeper-incident.md');
    await vscode.commands.executeCommand('jobwright.saveIncident', { ...where, file: report.toString() });
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(report));
    assert.match(text, /# Job kept\/keeper[^]*exits with 0/);
    for (const uri of [report, recording])
      assert.notInclude(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), 'hunter2');

    await closeAll();
    await vscode.commands.executeCommand('jobwright.openRecording', recording);
    const summary = await eventually('the recorded run', () => panel.lastSummary);
    assert.equal(summary.pods, 2);
    assert.equal(summary.end?.reason, 'CompletionsReached');
    try {
      await stage.screenshot('recording');
    } catch (error) {
      if (!(error instanceof NoPageError)) throw error;
    }
  });

  test('the plan stands beside what happened where the manifest is open', async function () {
    const manifest = file('keeper.yaml');
    const text = `apiVersion: batch/v1
kind: Job
metadata: { name: keeper, namespace: kept }
spec:
  completions: 3
  parallelism: 3
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: worker, image: busybox }]
`;
    await vscode.workspace.fs.writeFile(manifest, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(manifest));
    const { panel, ready } = await jobwright();
    await ready;
    await vscode.commands.executeCommand('jobwright.watch', where);
    await eventually('the end', () => panel.lastSummary?.end);
    try {
      const rows = await eventually('the plan', async () => {
        const found = await stage.panelText('.plan tbody tr');
        return found.length > 0 ? found : null;
      });
      assert.match(rows.find((row) => row.startsWith('Pods')) ?? '', /3\s*2/);
      assert.isEmpty(
        (await stage.panelAccessibility()).filter(({ impact }) => impact === 'serious' || impact === 'critical'),
      );
      await stage.screenshot('plan');
    } catch (error) {
      if (!(error instanceof NoPageError)) throw error;
    }
  });
});
