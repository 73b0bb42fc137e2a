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

  /** What the workbench tells, once it speaks of `pattern`: it shows no toasts under test, but lists them all the same. */
  function told(pattern: RegExp): Promise<string> {
    return eventually(`a message about ${pattern.source}`, async () => {
      await vscode.commands.executeCommand('notifications.showList');
      const texts = [...(await stage.panelText('body')), ...(await stage.text('.notifications-center'))].join('\n');
      return pattern.test(texts) ? texts : null;
    });
  }

  async function skipWithoutPage(context: Mocha.Context): Promise<void> {
    try {
      await stage.text('body');
    } catch (error) {
      if (error instanceof NoPageError) context.skip();
      throw error;
    }
  }

  test('missing rights are said in words', async function () {
    await skipWithoutPage(this);
    void vscode.commands.executeCommand('jobwright.watch', { context: 'stranger', namespace: 'watched', name: 'live' });
    assert.match(await told(/forbidden|right|not allowed|may not/i), /jobs/i);
  });

  test('a cluster that is down is said so', async function () {
    await skipWithoutPage(this);
    void vscode.commands.executeCommand('jobwright.watch', { context: 'down', namespace: 'watched', name: 'live' });
    await told(/127\.0\.0\.1:1\b/);
  });

  test('the open manifest\u2019s own Job is offered first', async function () {
    await skipWithoutPage(this);
    await openExample('indexed.yaml');
    await stage.createJob('watched', job('indexed-processor'), { default: { startup: 0.5, run: 60 } });
    void vscode.commands.executeCommand('jobwright.watch', { context: 'admin', namespace: 'watched' });
    const offered = await eventually('the choice of Jobs', async () => {
      const rows = await stage.text('.quick-input-list .monaco-list-row');
      return rows.length > 1 ? rows : null;
    });
    assert.include(offered[0] ?? '', 'indexed-processor');
    await stage.press('Enter');
    const { panel } = await jobwright();
    await eventually('its pods', () => (panel.lastSummary?.pods === 3 ? true : null));
  });
});
