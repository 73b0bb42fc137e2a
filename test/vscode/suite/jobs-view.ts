import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { given } from '../given.ts';
import { stage, withPage } from '../stage.ts';
import { closeAll, jobwright } from '../workspace.ts';

const ROWS = '.pane-body .monaco-list-row';
const NAMESPACE = 'reports';
const PLANS = 'plans';

function job(name: string, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { app: name }, ...metadata },
    spec: {
      completions: 4,
      parallelism: 4,
      ...spec,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
    },
  };
}

suite('the Jobs view', () => {
  suiteSetup(async function () {
    if (given.cluster !== null) this.skip();
    const owner = await stage.createCronJob(NAMESPACE, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: {
        // Far from now, mostly: it must not make a Job of its own while the test counts them.
        schedule: '0 3 1 * *',
        timeZone: 'Europe/Berlin',
        jobTemplate: { spec: (job('x') as { spec: object }).spec },
      },
    });
    const ownerReferences = [
      { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: owner, controller: true },
    ];
    const play = (name: string, more: object): object => ({ for: { kind: 'Job', name }, ...more });
    const quick = { default: { startup: 0.1, run: 1 } };
    await stage.createJob(NAMESPACE, job('nightly-1', {}, { ownerReferences }), play('nightly-1', quick));
    await stage.createJob(NAMESPACE, job('invoices', { suspend: true }), play('invoices', {}));
    await stage.createJob(
      NAMESPACE,
      job('render', { completionMode: 'Indexed', backoffLimitPerIndex: 5 }),
      play('render', {
        default: { startup: 0.1, run: 600 },
        pods: [{ match: { index: 1 }, run: 1, exitCode: 3 }],
      }),
    );
  });
  teardown(closeAll);
  suiteTeardown(async () => {
    await vscode.commands.executeCommand('jobwright.jobs.clearFilter');
    await vscode.commands.executeCommand('workbench.view.explorer');
  });

  /** What a screen reader says of each row. */
  const rows = async (): Promise<string[]> =>
    (await stage.attributes(ROWS, 'aria-label')).map((label) => (label ?? '').trim());
  /** The text of a row, once there is one. */
  const row = (pattern: RegExp): Promise<string> =>
    eventually(`a row ${String(pattern)}`, async () => (await rows()).find((text) => pattern.test(text)) ?? null);
  /** Takes the pointer off the rows: a hover would cover them. */
  const away = async (): Promise<void> => {
    await stage.hover('.part.statusbar');
    await eventually('no hover', async () => ((await stage.text('.workbench-hover')).length === 0 ? true : null));
  };
  const inBothThemes = async (name: string): Promise<void> => {
    const configuration = vscode.workspace.getConfiguration('workbench');
    try {
      for (const theme of ['Default Light Modern', 'Default Dark Modern']) {
        await configuration.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
        const kind = theme.includes('Light') ? 'vs' : 'vs-dark';
        await eventually(`the theme ${theme}`, async () => {
          const classes = await stage.attributes('.monaco-workbench', 'class');
          return classes[0]?.split(' ').includes(kind) === true ? kind : null;
        });
        await stage.screenshot(`${name}-${kind === 'vs' ? 'light' : 'dark'}`);
      }
    } finally {
      await configuration.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
    }
  };
  const open = async (label: string): Promise<void> => {
    await row(new RegExp(`^${label}`));
    await away();
    await stage.click(`${ROWS} .monaco-icon-label`, label);
  };

  /** The view with the namespace of these tests open, whatever was done before. */
  const inView = async (): Promise<void> => {
    await jobwright();
    await vscode.commands.executeCommand('jobwright.jobs.focus');
    await row(/^admin, /);
    for (const [label, below] of [
      ['admin', new RegExp(`^${NAMESPACE}`)],
      [NAMESPACE, /^invoices, /],
    ] as const)
      await eventually(`a row ${String(below)}`, async () => {
        const labels = await rows();
        if (labels.some((text) => below.test(text))) return true;
        const states = await stage.attributes(ROWS, 'aria-expanded');
        if (states[labels.findIndex((text) => text.startsWith(label))] === 'false') await open(label);
        return null;
      });
  };

  test('nothing connects until a context is opened; then its Jobs are there, with their states', async function () {
    await withPage(this, async () => {
      await jobwright();
      await vscode.commands.executeCommand('jobwright.jobs.focus');
      await row(/^admin, current context$/);
      assert.isEmpty((await rows()).filter((text) => /^(?!demo).*connected/.test(text)));
      await open('admin');
      await open(NAMESPACE);
      await row(/^invoices, Suspended · 0\/4 · .* old$/);
      await row(/^nightly, 0 3 1 \* \* · next in .* · /);
      await open('nightly');
      await row(/^nightly-1, Complete · 4\/4 · took .* ago$/);
      await row(/^render, Running · 0\/4 · /);
    });
  });

  test('an open Job shows its indexes and why it waits', async function () {
    await withPage(this, async () => {
      await inView();
      await open('render');
      await row(/^Index 0, Running · /);
      await row(/^Index 1, /);
      await row(/^render, .* · retry in \d+ s/);
      await inBothThemes('jobs-view');
    });
  });

  test('a Job is drawn in the panel from its row', async function () {
    await withPage(this, async () => {
      const { panel } = await jobwright();
      await inView();
      await away();
      await stage.hover(`${ROWS} .monaco-icon-label`, 'render');
      await stage.click(`${ROWS}:hover .action-label[aria-label*="Watch in the Panel"]`);
      await eventually('its pods', () => ((panel.lastSummary?.pods ?? 0) >= 4 ? true : null));
      await eventually('its progress in the status bar', async () => {
        const items = await stage.text('.part.statusbar .statusbar-item');
        return items.some((text) => /render 0\/4/.test(text)) ? true : null;
      });
    });
  });

  test('a message says how a watched Job ended, if asked for', async function () {
    await withPage(this, async () => {
      const settings = vscode.workspace.getConfiguration('jobwright');
      await settings.update('watch.notify', 'ended', vscode.ConfigurationTarget.Global);
      try {
        const play = { for: { kind: 'Job', name: 'quick' }, default: { startup: 0.1, run: 3 } };
        await stage.createJob(PLANS, job('quick'), play);
        await vscode.commands.executeCommand('jobwright.watch', { context: 'admin', namespace: PLANS, name: 'quick' });
        await eventually('the message', async () => {
          await vscode.commands.executeCommand('notifications.showList');
          const texts = (await stage.text('.notifications-center')).join('\n');
          return /Job plans\/quick is complete \(4\/4, took \d+ s\)\./.test(texts) ? true : null;
        });
        await vscode.commands.executeCommand('notifications.clearAll');
      } finally {
        await settings.update('watch.notify', undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });

  test('the CronJobs of a namespace have a calendar', async function () {
    const cronJobs: readonly (readonly [name: string, schedule: string, parallelism: number, more?: object])[] = [
      ['backup', '30 2 * * *', 3, { timeZone: 'Europe/Berlin' }],
      ['invoices', '30 2 * * 1-5', 4, { timeZone: 'Europe/Berlin' }],
      ['clean-up', '0 */6 * * *', 1],
      ['mirror', '0 6,18 * * *', 8, { concurrencyPolicy: 'Forbid' }],
      ['old-report', '0 8 * * *', 2, { suspend: true }],
      ['stand-up', '0 9 * * 1-5', 1, { timeZone: 'Asia/Tokyo' }],
    ];
    for (const [name, schedule, parallelism, more] of cronJobs)
      await stage.createCronJob(PLANS, {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name },
        spec: {
          schedule,
          ...more,
          jobTemplate: { spec: (job(name, { parallelism, completions: parallelism }) as { spec: object }).spec },
        },
      });
    await withPage(this, async () => {
      await inView();
      await vscode.commands.executeCommand('jobwright.jobs.refresh');
      await row(new RegExp(`^${PLANS}`));
      await away();
      await stage.hover(`${ROWS} .monaco-icon-label`, PLANS);
      await stage.click(`${ROWS}:hover .action-label[aria-label*="Calendar of CronJobs"]`);
      const page = await eventually('the page', async () => {
        const [text = ''] = await stage.frameText('main');
        return /Same minute/.test(text) ? text : null;
      });
      assert.match(page, /^CronJobs of plans on admin\s+6 CronJobs, 1 suspended\. In the next 24 hours: /);
      assert.match(page, /backup, invoices|clean-up, mirror/);
      await inBothThemes('calendar');
      const findings = await stage.frameAccessibility('main table.calendar');
      assert.isEmpty(findings.filter(({ impact }) => impact === 'serious' || impact === 'critical'));
      // From the palette, which does not know of which namespace.
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      const shown = vscode.commands.executeCommand('jobwright.jobs.calendar');
      await choose('admin');
      await choose(PLANS);
      await shown;
      await eventually('the page again', async () => ((await stage.frameText('main')).length > 0 ? true : null));
    });
  });

  test('Jobs are filtered by state and labels', async function () {
    await withPage(this, async () => {
      await inView();
      await vscode.commands.executeCommand('jobwright.jobs.filter', {
        states: ['Suspended'],
        selector: 'app=invoices',
      });
      await row(/^reports, 1 of 3 Jobs/);
      await eventually('the others to go', async () =>
        (await rows()).some((text) => text.startsWith('render')) ? null : true,
      );
      await eventually('the filter in words', async () =>
        (await stage.text('.pane-body')).some((text) => text.includes('Suspended, app=invoices: 1 of')) ? true : null,
      );
      await stage.screenshot('jobs-view-filtered');
      await vscode.commands.executeCommand('jobwright.jobs.filter', { states: ['Terminating'] });
      await row(/^None of 3 Jobs is Terminating: show all/);
      await vscode.commands.executeCommand('jobwright.jobs.clearFilter');
      await row(/^render, Running/);
    });
  });

  test('who may only get Jobs, who has one namespace, and a cluster that is down are told what to do', async function () {
    await withPage(this, async () => {
      await inView();
      await vscode.commands.executeCommand('workbench.actions.treeView.jobwright.jobs.collapseAll');
      await open('job-reader');
      await row(/^Show another namespace…/);
      await row(/^You may not list jobs in the namespace/);
      await row(/^Show a Job by its name…/);
      await open('down');
      await row(/The cluster at https:\/\/127\.0\.0\.1:1 cannot be reached/);
      await stage.screenshot('jobs-view-limits');
    });
  });
});

/** Chooses the line of this text in the list of questions. */
async function choose(text: string): Promise<void> {
  const line = '.quick-input-list .monaco-list-row';
  await eventually(`${text} in the list`, async () =>
    (await stage.text(line)).some((each) => each.startsWith(text)) ? true : null,
  );
  await stage.click(line, text);
}
