import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Asks where to save a file; the first workspace folder is offered. Undefined when the person gave up. */
export async function askWhere(
  name: string,
  title: string,
  kind: string,
  ending: string,
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title,
    filters: { [kind]: [ending.replace(/^\./, '')] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** Writes a text or bytes; false after a message on why it could not be written. */
export async function writeFile(uri: vscode.Uri, content: string | Uint8Array): Promise<boolean> {
  try {
    await vscode.workspace.fs.writeFile(uri, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(l10n.t('{0} could not be written: {1}', uri.path.split('/').at(-1) ?? '', why));
    return false;
  }
}
