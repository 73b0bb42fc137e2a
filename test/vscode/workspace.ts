import * as vscode from 'vscode';
import type { JobwrightApi } from '../../client/src/api.ts';
import { eventually } from './eventually.ts';

/** Opens an example in an editor and waits until Jobwright runs. */
export async function openExample(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  const editor = await vscode.window.showTextDocument(document);
  await (
    await jobwright()
  ).ready;
  return editor;
}

/** What the extension offers to other extensions, and to these tests. */
export async function jobwright(): Promise<JobwrightApi> {
  const extension = vscode.extensions.getExtension<JobwrightApi>('jobwright.jobwright');
  if (extension === undefined) throw new Error('Jobwright is not installed');
  return extension.activate();
}

/** Jobwright's diagnostics of a document, once there are any that `wanted` accepts. */
export function diagnosticsOf(
  uri: vscode.Uri,
  wanted: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return eventually(`diagnostics of ${uri.path}`, () => {
    const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Jobwright');
    return wanted(ours) ? ours : null;
  });
}

/** The rule id of a diagnostic, such as `api/required`. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Replaces the first occurrence of `before` in an editor's document. */
export async function replace(editor: vscode.TextEditor, before: string, after: string): Promise<void> {
  const at = editor.document.getText().indexOf(before);
  if (at < 0) throw new Error(`the document does not hold ${before}`);
  const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + before.length));
  if (!(await editor.edit((edit) => edit.replace(range, after)))) throw new Error('the edit was refused');
}

/** Closes every editor and throws their changes away. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor?.document.isDirty === true) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
