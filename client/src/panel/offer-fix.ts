import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Fix } from '../../../server/core/manifest/edit.ts';
import type { ManifestAddress } from '../../../server/src/protocol/protocol.ts';
import type { PanelDeps } from './panel.ts';

/** Offers to mend a manifest by what a live Job taught; the change is the editor's own, and undone as any. */
export async function offerFix(
  deps: Pick<PanelDeps, 'requestEdits'>,
  address: ManifestAddress,
  { title, edits }: Fix,
): Promise<void> {
  if ((await deps.requestEdits(address, edits)).length === 0) return;
  const change = l10n.t('Change the Manifest');
  if ((await vscode.window.showInformationMessage(`${title}?`, change)) !== change) return;
  // The text may have been edited meanwhile.
  const changes = await deps.requestEdits(address, edits);
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of changes) {
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    edit.replace(vscode.Uri.parse(address.uri), place, newText);
  }
  await vscode.workspace.applyEdit(edit);
}
