import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ManifestAddress, ManifestSummary } from '../../server/src/protocol/protocol.ts';
import type { PanelDeps } from './panel/panel.ts';
import { mayBeManifest } from './wake.ts';

/**
 * The Job at the cursor of the active editor; the only one; or the one that the person picks.
 *
 * @param words what is said where there is none, and what is asked where there are several
 */
export async function chooseManifest(
  deps: Pick<PanelDeps, 'requestManifests'>,
  words: { readonly none: string; readonly which: string },
): Promise<ManifestAddress | undefined> {
  const editor = vscode.window.activeTextEditor;
  const manifests =
    editor !== undefined && mayBeManifest(editor.document)
      ? await deps.requestManifests(editor.document.uri.toString())
      : [];
  if (editor === undefined || manifests.length === 0) {
    void vscode.window.showInformationMessage(words.none);
    return undefined;
  }
  const { line } = editor.selection.active;
  const here = manifests.find(({ range }) => range.start.line <= line && line <= range.end.line);
  if (here !== undefined || manifests.length === 1) return here ?? manifests[0];
  const picked = await vscode.window.showQuickPick(
    manifests.map((manifest) => ({
      label: manifest.name || l10n.t('(no name)'),
      description: describe(manifest),
      manifest,
    })),
    { placeHolder: words.which },
  );
  return picked?.manifest;
}

function describe({ kind, namespace, range }: ManifestSummary): string {
  return l10n.t('{0}{1}, line {2}', kind, namespace === null ? '' : ` in ${namespace}`, range.start.line + 1);
}

/** True when a command's argument says where a manifest is. */
export function isAddress(value: unknown): value is ManifestAddress {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, document, item } = value as Partial<Record<keyof ManifestAddress, unknown>>;
  return typeof uri === 'string' && typeof document === 'number' && (item === null || typeof item === 'number');
}
