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

/** Writes a text; false after a message on why it could not be written. */
export async function writeText(uri: vscode.Uri, text: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`${uri.path.split('/').at(-1) ?? ''} could not be written: ${why}`);
    return false;
  }
}
