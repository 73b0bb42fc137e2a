import * as vscode from 'vscode';

/** Registers the command that writes what a report needs into a new text. Nothing is sent: a person reads it first. */
export function registerIssueReport({ extension }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('jobwright.reportIssue', async () => {
    const manifest = extension.packageJSON as {
      readonly version?: unknown;
      readonly bugs?: { readonly url?: unknown };
    };
    const lines = [
      `# ${vscode.l10n.t('Jobwright: what goes wrong')}`,
      '',
      vscode.l10n.t(
        'What did you do, what happened, and what did you expect? A small manifest that shows it helps most.',
      ),
      '',
      '```yaml',
      '```',
      '',
      `| | |`,
      `| --- | --- |`,
      `| Jobwright | ${String(manifest.version)} |`,
      `| VS Code | ${vscode.version} (${vscode.env.appHost}, ${vscode.env.uiKind === vscode.UIKind.Web ? 'browser' : 'desktop'}) |`,
      `| ${vscode.l10n.t('Remote')} | ${vscode.env.remoteName === undefined ? 'no' : 'yes'} |`,
      `| ${vscode.l10n.t('Trusted workspace')} | ${vscode.workspace.isTrusted ? 'yes' : 'no'} |`,
      `| ${vscode.l10n.t('Settings')} | ${settings()} |`,
      '',
      vscode.l10n.t(
        'Names, paths, manifests and clusters are left out on purpose. The output *Jobwright* may help, too: read it before you add it.',
      ),
      '',
    ];
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: lines.join('\n') });
    await vscode.window.showTextDocument(document);
  });
}

/** Settings that say nothing about a person or a project: which are changed, and switches and numbers as they are. */
function settings(): string {
  const section = vscode.workspace.getConfiguration('jobwright');
  const names = ['enable', 'advice.enable', 'kubernetesVersion', 'severity', 'compareWithLastCommit', 'yamlExtension'];
  const said = names.flatMap((name) => {
    const found = section.inspect<unknown>(name);
    const value = section.get<unknown>(name);
    if (JSON.stringify(value) === JSON.stringify(found?.defaultValue)) return [];
    return `${name}: ${typeof value === 'object' ? vscode.l10n.t('changed') : JSON.stringify(value)}`;
  });
  return said.length === 0 ? vscode.l10n.t('as they come') : said.join(', ');
}
