import * as vscode from 'vscode';
import type { PanelParts } from './html.ts';

/** Reads the panel's bundles; rejects where the extension's files are not there. */
export async function readPanelParts(extensionUri: vscode.Uri): Promise<PanelParts> {
  const read = async (file: string): Promise<string> =>
    new TextDecoder().decode(
      await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', file)),
    );
  const texts = [read('panel.js'), read('panel.css'), read('simulator-worker.js')] as const;
  const [script, style, simulator] = await Promise.all(texts);
  return { script, style, simulator };
}
