import * as vscode from 'vscode';
import { anchorOf, docsOf } from '../../server/core/validation/rules.ts';

/** The page of all rules, which comes with the extension. */
function pageOf(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'docs', 'rules.md');
}

/** Registers the command that shows the page, at a rule where one is given. */
export function registerExplainRule({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('jobwright.explainRule', async (rule?: unknown) => {
    const page = pageOf(extensionUri);
    const place = typeof rule === 'string' ? page.with({ fragment: anchorOf(rule) }) : page;
    try {
      await vscode.commands.executeCommand('markdown.showPreview', place);
    } catch {
      // Without VS Code's own Markdown extension the published page has to do.
      await vscode.env.openExternal(vscode.Uri.parse(docsOf(typeof rule === 'string' ? rule : '')));
    }
  });
}

/** Lets the code of a finding lead somewhere else. */
export type PageFinder = (diagnostic: vscode.Diagnostic) => vscode.Diagnostic;

/**
 * Lets the code of a finding lead to its heading in the page that comes with the extension. A place in a file is what
 * hovers and the list of problems both open; in a browser, where that is no file, the published page stays.
 */
export async function localPages(extensionUri: vscode.Uri): Promise<PageFinder> {
  const page = pageOf(extensionUri);
  if (/^https?$/.test(page.scheme)) return (diagnostic) => diagnostic;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(page));
  const lines = new Map<string, number>();
  for (const [at, line] of text.split('\n').entries()) {
    const id = /^### `([^`]+)`/.exec(line)?.[1];
    if (id !== undefined) lines.set(id, at + 1);
  }
  return (diagnostic) => {
    const { code } = diagnostic;
    const line = typeof code === 'object' ? lines.get(String(code.value)) : undefined;
    if (typeof code !== 'object' || line === undefined) return diagnostic;
    diagnostic.code = { value: code.value, target: page.with({ fragment: `L${line}` }) };
    return diagnostic;
  };
}
