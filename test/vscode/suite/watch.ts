import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { given } from '../given.ts';
import { NoPageError, stage } from '../stage.ts';
import { closeAll, jobwright, openExample } from '../workspace.ts';

const job = (name: string): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    completions: 6,
    parallelism: 3,
    completionMode: 'Indexed',
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
  },
});

suite('watch', () => {
  suiteSetup(function () {
    if (given.cluster !== null) this.skip();
  });
  teardown(closeAll);

  test('the panel draws a live Job and keeps up until it is Complete', async () => {
    await stage.createJob('watched', job('live'), { default: { startup: 0.5, run: 2 } });
    await vscode.commands.executeCommand('jobwright.watch', { context: 'admin', namespace: 'watched', name: 'live' });
    const { panel } = await jobwright();
    await eventually('the first pods', () => ((panel.lastSummary?.pods ?? 0) >= 3 ? true : null));
    const end = await eventually('the end', () => panel.lastSummary?.end);
    assert.equal(`${end.outcome} ${end.reason}`, 'Complete CompletionsReached');
    assert.equal(panel.lastSummary?.pods, 6);
    try {
      await stage.screenshot('watch-complete');
    } catch (error) {
      if (!(error instanceof NoPageError)) throw error;
    }
  });

  test('a Job that is deleted while watched says so', async () => {
    await stage.createJob('watched', job('doomed'), { default: { startup: 0.5, run: 60 } });
    await vscode.commands.executeCommand('jobwright.watch', { context: 'admin', namespace: 'watched', name: 'doomed' });
    const { panel } = await jobwright();
    await eventually('running pods', () =>
      panel.lastSummary?.pods === 3 && panel.lastSummary.end === null ? true : null,
    );
    await stage.deleteJob('watched', 'doomed');
    const end = await eventually('the end', () => panel.lastSummary?.end);
    assert.equal(end.outcome, 'Deleted');
  });

  test('the open manifest\u2019s own Job is offered first, and missing rights are said in words', async function () {
    await openExample('indexed.yaml');
    try {
      await stage.text('body');
    } catch (error) {
      if (error instanceof NoPageError) this.skip();
      throw error;
    }
    void vscode.commands.executeCommand('jobwright.watch', { context: 'stranger', namespace: 'watched', name: 'live' });
    const words = await eventually('a message about rights', async () => {
      // The workbench under test shows no toasts; its list of notifications holds them all the same.
      await vscode.commands.executeCommand('notifications.showList');
      const texts = [...(await stage.panelText('body')), ...(await stage.text('.notifications-center'))].join('\n');
      return /forbidden|right|not allowed|may not/i.test(texts) ? texts : null;
    });
    assert.match(words, /jobs/i);
  });
});
