import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FromPanel } from '../../../server/src/protocol/panel.ts';
import { fileNameFor } from '../recording/recording-name.ts';
import { askWhere, writeFile } from '../recording/save-file.ts';

type Exported = Extract<FromPanel, { readonly type: 'export' }>;

const FILES = {
  svg: { title: l10n.t('Save as SVG'), kind: l10n.t('SVG picture'), ending: '.svg' },
  png: { title: l10n.t('Save as PNG'), kind: l10n.t('PNG picture'), ending: '.png' },
  trace: { title: l10n.t('Save as JSON'), kind: l10n.t('JSON trace'), ending: '.json' },
} as const;

/** Puts an exported run where it belongs: Markdown on the clipboard, the rest into a file. `to`: which, when known. */
export async function saveExport({ format, name, text }: Exported, to?: vscode.Uri): Promise<void> {
  if (format === 'markdown') {
    await vscode.env.clipboard.writeText(text);
    void vscode.window.setStatusBarMessage(l10n.t('{0} was copied as Markdown.', name), 5000);
    return;
  }
  const { title, kind, ending } = FILES[format];
  const uri = to ?? (await askWhere(fileNameFor(name, ending), title, kind, ending));
  if (uri !== undefined && (await writeFile(uri, format === 'png' ? fromBase64(text) : text)))
    void vscode.window.setStatusBarMessage(l10n.t('{0} was saved.', name), 5000);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
}
