import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { given } from '../given.ts';
import { NoPageError, stage, withPage } from '../stage.ts';
import { closeAll, jobwright, replace } from '../workspace.ts';

const namespace = 'acting';
const context = 'admin';

const MANIFEST = `apiVersion: batch/v1
kind: Job
metadata:
  name: acted
  namespace: ${namespace}
spec:
  suspend: true
  parallelism: 2
  completions: 4
  completionMode: Indexed
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: worker
          image: busybox
`;

/** A message that the extension showed: its text, what stands below it, and its buttons. */
interface Asked {
  readonly text: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** Answers messages as a person would click: under test a workbench shows no modal ones. */
class Answers {
  readonly asked: Asked[] = [];
  /** Buttons to click, whichever message has them. */
  readonly clicks: string[] = [];
  readonly #original = { ...vscode.window };

  constructor() {
    const answer = (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
      const options = rest.find((each) => typeof each === 'object') as vscode.MessageOptions | undefined;
      const buttons = rest.filter((each) => typeof each === 'string');
      this.asked.push({ text, detail: options?.detail ?? '', buttons });
      const at = this.clicks.findIndex((click) => buttons.includes(click));
      return Promise.resolve(at < 0 ? undefined : this.clicks.splice(at, 1)[0]);
    };
    Object.assign(vscode.window, {
      showWarningMessage: answer,
      showInformationMessage: answer,
      showErrorMessage: answer,
    });
  }

  /** Waits for a message. */
  heard(pattern: RegExp): Promise<Asked> {
    return eventually(
      `a message like ${pattern.source}, not ${this.asked.map(({ text, detail }) => `${text} ${detail}`).join(' | ')}`,
      () => this.asked.findLast(({ text }) => pattern.test(text)),
    );
  }

  restore(): void {
    const { showWarningMessage, showInformationMessage, showErrorMessage } = this.#original;
    Object.assign(vscode.window, { showWarningMessage, showInformationMessage, showErrorMessage });
  }
}

suite('actions', () => {
  let answers: Answers;

  suiteSetup(async function () {
    if (given.cluster !== null) this.skip();
    // Makes the namespace.
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } };
    const spec = { suspend: true, template };
    await stage.createJob(namespace, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'first' }, spec }, {});
  });
  setup(() => {
    answers = new Answers();
  });
  teardown(async () => {
    answers.restore();
    await closeAll();
  });

  async function openManifest(content: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    const editor = await vscode.window.showTextDocument(document);
    // The server waits for a text with a Job.
    const { ready } = await jobwright();
    await ready;
    return editor;
  }

  function apply({ document }: vscode.TextEditor): Thenable<unknown> {
    const address = { uri: document.uri.toString(), document: 0, item: null, context };
    return vscode.commands.executeCommand('jobwright.apply', address);
  }

  test('the open manifest is created, changed with its difference in sight, and put back', async () => {
    const editor = await openManifest(MANIFEST);
    answers.clicks.push('Create');
    await apply(editor);
    const created = await answers.heard(/^Create Job/);
    assert.equal(created.text, 'Create Job acting/acted on admin?');
    assert.match(created.detail, /It is suspended/);
    await answers.heard(/^Job acting\/acted is created on admin\.$/);

    await apply(editor);
    await answers.heard(/is as the manifest says: nothing changes/);

    await replace(editor, 'parallelism: 2', 'parallelism: 3');
    answers.clicks.push('Apply', 'Undo');
    await apply(editor);
    const asked = await answers.heard(/^Apply the manifest/);
    assert.equal(asked.text, 'Apply the manifest to Job acting/acted on admin?');
    assert.include(asked.detail, 'spec.parallelism: 2 → 3');
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.instanceOf(tab?.input, vscode.TabInputTextDiff);
    try {
      await eventually('both sides', async () =>
        (await stage.text('.monaco-diff-editor')).join('').includes('parallelism') ? true : null,
      );
      await stage.screenshot('apply');
    } catch (error) {
      if (!(error instanceof NoPageError)) throw error;
    }
    await answers.heard(/^Job acting\/acted is as it was before on admin\.$/);
  });

  test('all Jobs of a file are applied after one question, each by itself', async () => {
    const [first, second] = ['many-a', 'many-b'].map((name) => MANIFEST.replace('name: acted', `name: ${name}`));
    const editor = await openManifest(`${first}---\n${second}---\n${MANIFEST}`);
    const all = { uri: editor.document.uri.toString(), context };
    answers.clicks.push('Apply');
    await vscode.commands.executeCommand('jobwright.applyAll', all);
    const created = await answers.heard(/^Apply 2 Jobs on admin\?$/);
    assert.match(created.detail, /^Job acting\/many-a[^]*\nJob acting\/many-b[^]*Left out: Job acting\/acted/);
    await answers.heard(/^Apply 2 Jobs on admin: done\.$/);

    await replace(editor, 'parallelism: 2', 'parallelism: 3');
    answers.clicks.push('Apply', 'Undo');
    await vscode.commands.executeCommand('jobwright.applyAll', all);
    const changed = await answers.heard(/^Apply 1 Job on admin\?$/);
    assert.match(changed.detail, /^Job acting\/many-a\n[^]*spec\.parallelism: 2 → 3/);
    await answers.heard(/^Undo for 1 Job on admin: done\.$/);
  });

  test('what may not change leads to a new name, or a new Job', async () => {
    const editor = await openManifest(MANIFEST.replace('completionMode: Indexed', 'completionMode: NonIndexed'));
    await apply(editor);
    const asked = await answers.heard(/cannot be changed like this/);
    assert.include(asked.detail, 'field is immutable');
    assert.deepEqual(asked.buttons, ['Create Under a New Name…', 'Delete and Create…']);
    answers.clicks.push('Delete and Create…', 'Delete and Create');
    await apply(editor);
    await answers.heard(/^Job acting\/acted is created anew on admin\.$/);
  });

  test('a Job is suspended, resumed, scaled and deleted by name', async () => {
    const job = { context, namespace, name: 'acted' };
    answers.clicks.push('Resume', 'Suspend');
    await vscode.commands.executeCommand('jobwright.resume', job);
    await answers.heard(/^Job acting\/acted is resumed on admin\.$/);
    await vscode.commands.executeCommand('jobwright.suspend', job);
    await answers.heard(/^Job acting\/acted is suspended on admin\.$/);
    await vscode.commands.executeCommand('jobwright.suspend', job);
    await answers.heard(/is suspended already/);

    answers.clicks.push('Delete');
    const deleting = vscode.commands.executeCommand('jobwright.delete', job);
    await eventually('the choice of what becomes of its pods', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return answers.asked.some(({ text }) => text.startsWith('Delete Job')) ? true : null;
    });
    await deleting;
    const asked = await answers.heard(/^Delete Job/);
    assert.equal(asked.text, 'Delete Job acting/acted on admin?');
    assert.match(asked.detail, /^Background: [^]*cannot be undone/);
    await answers.heard(/^Job acting\/acted is deleted on admin\.$/);
  });

  test('several Jobs are resumed, suspended and deleted at once; what is left out is named', async () => {
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } };
    for (const [name, suspend] of Object.entries({ one: true, two: true, three: false })) {
      const spec = { suspend, template };
      await stage.createJob(namespace, { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec }, {});
    }
    const rows = ['one', 'two', 'three', 'nobody'].map((name) => ({ kind: 'job', context, namespace, name }));
    answers.clicks.push('Resume', 'Undo');
    await vscode.commands.executeCommand('jobwright.resume', rows[0], rows);
    const asked = await answers.heard(/^Resume 2 Jobs on admin\?$/);
    assert.match(asked.detail, /^Job acting\/one\nJob acting\/two\n/);
    assert.match(asked.detail, /Left out: Job acting\/three is not suspended\.\nLeft out: .*acting\/nobody/);
    await answers.heard(/^Resume 2 Jobs on admin: done\.$/);
    await answers.heard(/^Undo for 2 Jobs on admin: done\.$/);

    answers.clicks.push('Delete');
    const deleting = vscode.commands.executeCommand('jobwright.delete', rows[0], rows.slice(0, 3));
    await eventually('the choice of what becomes of their pods', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return answers.asked.some(({ text }) => text === 'Delete 3 Jobs on admin?') ? true : null;
    });
    await deleting;
    await answers.heard(/^Delete 3 Jobs on admin: done\.$/);
    await vscode.commands.executeCommand('jobwright.suspend', rows[0], rows.slice(0, 2));
    await answers.heard(/^There is no Job acting\/one in this cluster\. There is no Job acting\/two /);
  });

  test('a CronJob is applied, run now and suspended; what would be created can be looked at first', async () => {
    const template = MANIFEST.slice(MANIFEST.indexOf('spec:')).replaceAll(/^(?=.)/gm, '    ');
    const text = `apiVersion: batch/v1
kind: CronJob
metadata: { name: yearly, namespace: ${namespace} }
spec:
  schedule: "0 0 1 1 *"
  concurrencyPolicy: Forbid
  jobTemplate:
${template}`;
    answers.clicks.push('Create');
    await apply(await openManifest(text));
    assert.match((await answers.heard(/^Create CronJob/)).detail, /runs by its schedule/);
    await answers.heard(/^CronJob acting\/yearly is created on admin\.$/);

    const row = { kind: 'cronjob', context, namespace, name: 'yearly', object: null };
    answers.clicks.push('Open as Text');
    await vscode.commands.executeCommand('jobwright.runCronJobNow', row);
    const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(shown, /cronjob\.kubernetes\.io\/instantiate: manual/);

    answers.clicks.push('Run Now', 'Suspend');
    await vscode.commands.executeCommand('jobwright.runCronJobNow', row);
    assert.match((await answers.heard(/^Run CronJob/)).detail, /Forbid does not count it/);
    await answers.heard(/^Job acting\/yearly-manual-\w{5} is created on admin\.$/);
    await vscode.commands.executeCommand('jobwright.suspend', row);
    await answers.heard(/^CronJob acting\/yearly is suspended on admin\.$/);
  });

  test('the reason of a live Job leads to the line of its manifest, and mends it', async function () {
    await withPage(this, async () => {
      const { document } = await openManifest(MANIFEST.replace('name: acted', 'name: first'));
      await vscode.commands.executeCommand('jobwright.watch', { context, namespace, name: 'first' });
      answers.clicks.push('Change the Manifest');
      await eventually('the reason', () => stage.panelClick('.reasons .link').then(() => true));
      await answers.heard(/^Resume the Job\?$/);
      await eventually('the change', () => (document.getText().includes('suspend: false') ? true : null));
    });
  });

  test('who may not is told so, and nothing is asked', async () => {
    await vscode.commands.executeCommand('jobwright.resume', { context: 'job-reader', namespace, name: 'first' });
    await answers.heard(/You may not patch jobs in the namespace "acting"/);
    assert.isFalse(answers.asked.some(({ text }) => text.startsWith('Resume')));
  });
});
