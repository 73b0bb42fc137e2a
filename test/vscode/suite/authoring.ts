import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { NoPageError, stage } from '../stage.ts';
import { closeAll, codeOf, diagnosticsOf, jobwright, openExample, replace } from '../workspace.ts';

function actionsFor(editor: vscode.TextEditor, kind: vscode.CodeActionKind): Promise<readonly vscode.CodeAction[]> {
  const start = new vscode.Position(1, 0);
  return eventually(`code actions of kind ${kind.value}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      new vscode.Range(start, start),
      kind.value,
    );
    return actions.length === 0 ? null : actions;
  });
}

suite('authoring', () => {
  teardown(closeAll);

  test('a command fixes all that is wrong', async () => {
    const editor = await openExample('fixed-completion-count.yaml');
    const before = editor.document.getText();
    await replace(editor, 'restartPolicy: Never', 'restartPolicy: never');
    await replace(editor, 'completions: 10', 'completion: 10');
    await diagnosticsOf(editor.document.uri, (found) => found.some((one) => codeOf(one) === 'api/unknown-field'));
    await vscode.commands.executeCommand('jobwright.fixAll');
    await eventually('the mended text', () => (editor.document.getText() === before ? true : null));
  });

  test('a refactoring makes a CronJob of a Job', async () => {
    const editor = await openExample('fixed-completion-count.yaml');
    const actions = await actionsFor(editor, vscode.CodeActionKind.RefactorRewrite);
    const action = actions.find(({ title }) => title.startsWith('Make it a CronJob'));
    if (action?.edit === undefined) throw new Error(`none among: ${actions.map(({ title }) => title).join(', ')}`);
    await vscode.workspace.applyEdit(action.edit);
    assert.match(editor.document.getText(), /kind: CronJob[^]*jobTemplate:\n {4}spec:\n/);
    const errors = vscode.languages
      .getDiagnostics(editor.document.uri)
      .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.deepEqual(errors, []);
  });

  test('the walkthrough opens', async () => {
    await vscode.commands.executeCommand('jobwright.openWalkthrough');
    await eventually('its page', async () => {
      const shown = await stage.text('.gettingStartedContainer').catch((error: unknown) => {
        if (!(error instanceof NoPageError)) throw error;
        // A desktop window cannot be looked into: there it is enough that the command did not fail.
        return ['Write a Kubernetes Job'];
      });
      if (shown.some((text) => /Write a Kubernetes Job/.test(text))) return true;
      throw new Error(`shown are: ${shown.join(', ').slice(0, 500)}`);
    });
    await stage.screenshot('walkthrough').catch(() => undefined);
  });

  test('a snippet is inserted by its name: into a new text, or where the line is free', async () => {
    await jobwright();
    await vscode.commands.executeCommand('jobwright.insertSnippet', 'Job: Indexed');
    const first = vscode.window.activeTextEditor;
    assert.equal(first?.document.languageId, 'yaml');
    assert.match(first?.document.getText() ?? '', /^apiVersion: batch\/v1\nkind: Job\n[^]*completionMode: Indexed/);
    if (first === undefined) throw new Error('no editor');
    const end = first.document.lineAt(first.document.lineCount - 1).range.end;
    await first.edit((edit) => edit.insert(end, '---\n'));
    const after = first.document.lineAt(first.document.lineCount - 1).range.end;
    first.selection = new vscode.Selection(after, after);
    await vscode.commands.executeCommand('jobwright.insertSnippet', 'CronJob: backup');
    assert.match(first.document.getText(), /kind: Job\n[^]*\n---\napiVersion: batch\/v1\nkind: CronJob\n/);
  });

  test('the walkthrough says of each snippet when to take it', async () => {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', {
      category: 'jobwright.jobwright#jobwright.start',
      step: 'snippets',
    });
    await eventually('its page', async () => {
      const shown = await stage.frameText('h3').catch((error: unknown) => {
        if (!(error instanceof NoPageError)) throw error;
        return ['Job: queue worker'];
      });
      return shown.includes('Job: queue worker') ? true : null;
    });
    await stage.screenshot('walkthrough-snippets').catch(() => undefined);
  });

  test('a finding leads to the page that comes with the extension', async () => {
    const { document } = await openExample('mistakes.yaml');
    const [finding] = await diagnosticsOf(document.uri, (found) => found.length > 0);
    const code = finding?.code;
    if (typeof code !== 'object') throw new Error('the finding has no link');
    if (code.target.scheme !== 'https') {
      const page = await vscode.workspace.openTextDocument(code.target);
      const line = Number(code.target.fragment.slice(1)) - 1;
      assert.include(page.lineAt(line).text, String(code.value));
    }
    await vscode.commands.executeCommand('jobwright.explainRule', code.value);
    await eventually('the page of rules', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => label.includes('rules.md'))
        ? true
        : null,
    );
    // The preview finds the rule by the name that it gives its heading.
    await eventually('the heading of the rule', async () => {
      const shown = await stage
        .frameText(`h3[id^="${String(code.value).replace('/', '')}-"]`)
        .catch((error: unknown) => {
          if (!(error instanceof NoPageError)) throw error;
          return [String(code.value)];
        });
      return shown.some((words) => words.startsWith(String(code.value))) ? true : null;
    });
  });

  test('other extensions lint, simulate and add rules', async () => {
    const { document } = await openExample('fixed-completion-count.yaml');
    const api = await jobwright();
    assert.equal(api.apiVersion, 1);
    const { objects, findings } = await api.lint(document.getText().replace('Never', 'Always'));
    assert.equal(objects[0]?.summary.accepted, false);
    assert.include(
      findings.map(({ rule }) => rule),
      'api/required',
    );
    const scenario = await api.readScenario('default: { run: 60 }');
    const [simulated] = await api.simulate(document.getText(), { scenario });
    if (simulated?.kind !== 'Job') throw new Error('the Job is simulated');
    assert.lengthOf(simulated.timeline.pods, 10);
    const rules = api.contributeRules([
      {
        id: 'example/owner',
        severity: 'warning',
        judge: (_kind, { metadata }) =>
          metadata?.labels?.['owner'] === undefined ? [{ field: 'metadata.name', message: 'Say whose it is.' }] : [],
      },
    ]);
    const ours = (found: readonly vscode.Diagnostic[]): boolean => found.some(({ code }) => code === 'example/owner');
    await diagnosticsOf(document.uri, ours);
    rules.dispose();
    await diagnosticsOf(document.uri, (found) => !ours(found));
  });
});
