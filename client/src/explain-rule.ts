import * as vscode from 'vscode';
import { anchorOf, docsOf } from '../../server/core/validation/rules.ts';

const EXPLAIN = 'jobwright.explainRule';

/** Registers the command that shows the page of a rule, which comes with the extension. */
export function registerExplainRule({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand(EXPLAIN, async (rule?: unknown) => {
    const page = vscode.Uri.joinPath(extensionUri, 'docs', 'rules.md');
    const place = typeof rule === 'string' ? page.with({ fragment: anchorOf(rule) }) : page;
    try {
      await vscode.commands.executeCommand('markdown.showPreview', place);
    } catch {
      // Without VS Code's own Markdown extension the published page has to do.
      await vscode.env.openExternal(vscode.Uri.parse(docsOf(typeof rule === 'string' ? rule : '')));
    }
  });
}

/** The same finding, its code leading to the page that comes with the extension instead of the published one. */
export function withLocalPage(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const { code } = diagnostic;
  if (typeof code !== 'object') return diagnostic;
  const target = vscode.Uri.parse(`command:${EXPLAIN}?${encodeURIComponent(JSON.stringify([code.value]))}`);
  diagnostic.code = { value: code.value, target };
  return diagnostic;
}
