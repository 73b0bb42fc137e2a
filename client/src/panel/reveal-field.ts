import * as vscode from 'vscode';
import type { ManifestAddress } from '../../../server/src/protocol/protocol.ts';
import { mayHoldJobs } from '../wake.ts';
import type { PanelDeps } from './panel.ts';
import { fieldAndParents } from './same-manifest.ts';

/** Shows a field of a manifest, or what it is in where the field itself is not written. `column`: of the panel. */
export async function revealField(
  deps: Pick<PanelDeps, 'requestFieldRanges'>,
  address: ManifestAddress,
  field: string,
  column: vscode.ViewColumn | undefined,
): Promise<void> {
  const fields = fieldAndParents(field);
  const ranges = await deps.requestFieldRanges(address, fields);
  const found = fields.map((path) => ranges[path]).find((range) => range !== undefined);
  const editor = await showManifest(address.uri, column);
  if (found === undefined) return;
  const range = new vscode.Range(found.start.line, found.start.character, found.end.line, found.end.character);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Shows a manifest beside the panel, not over it. */
export async function showManifest(address: string, column: vscode.ViewColumn | undefined): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.parse(address);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const beside = column === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  return vscode.window.showTextDocument(uri, { viewColumn: shown?.viewColumn ?? beside });
}

/** The Job of this name in an open text; null where none is open. */
export async function openManifest(
  name: string,
  deps: Pick<PanelDeps, 'requestManifests'>,
): Promise<ManifestAddress | null> {
  for (const document of vscode.workspace.textDocuments) {
    if (!mayHoldJobs(document)) continue;
    const { uri } = document;
    const manifests = await deps.requestManifests(uri.toString()).catch(() => []);
    const found = manifests.find((manifest) => manifest.kind === 'Job' && manifest.name === name);
    if (found !== undefined) return { uri: uri.toString(), document: found.document, item: found.item };
  }
  return null;
}
